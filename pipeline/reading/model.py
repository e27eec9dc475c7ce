"""What reading a filing yields: blocks of text, tables as grids, sections, the filing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipeline.edgar.header import Header, Registrant

__all__ = [
    "Block",
    "BlockKind",
    "Cell",
    "DocumentText",
    "FilingReading",
    "Grid",
    "Header",
    "MainPart",
    "PartKind",
    "Registrant",
    "Section",
]

BlockKind = Literal["heading", "paragraph", "list_entry", "table"]
PartKind = Literal["cover", "explanatory_note", "item", "body", "signature", "exhibit_index", "exhibit"]
"""`body` is the text of a main document that has no item heading at all."""


class Cell(NamedTuple):
    """One cell of a table; `row` and `column` count from 0, `end_column` is exclusive (spans resolved)."""

    row: int
    column: int
    end_column: int
    start: int
    end: int
    """The cell's text is the section's (or document's) text[start:end]; empty cells are left out."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A data table. Its rows are lines of the text, its cells parted by tabs."""

    cells: tuple[Cell, ...]
    row_spans: tuple[tuple[int, int], ...]
    """The span of each row's line in the text."""
    header_rows: int
    """How many of the first rows are column heads."""

    def row(self, index: int) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.row == index)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text. Blocks are in reading order, do not overlap, and are parted by one line feed."""

    kind: BlockKind
    start: int
    end: int
    grid: Grid | None = None
    """Present exactly when `kind` is table."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document's visible text, normalised, and its blocks.

    Normalised: no-break and other Unicode spaces as plain spaces, runs of spaces as one, no space at line
    ends, every block on a line of its own (a table: one line a row), paragraphs of hard-wrapped plain text
    unwrapped, invisible characters (U+200B, soft hyphen) dropped. Otherwise the characters are the filing's
    own.
    """

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """An item of the main document, an explanatory note before the items, or an exhibit.

    The unit in which figures are read; all spans are its own. `item` is None for an exhibit and for an
    explanatory note; the latter has the form's type as its `document_type`.
    """

    item: str | None
    title: str
    document_sequence: int
    section_ordinal: int
    document_type: str
    document_name: str | None
    text: str
    blocks: tuple[Block, ...]
    """With spans relative to this section's text. The first block is the heading, where there is one."""
    incorporates: tuple[str, ...] = ()
    """Items ("2.06") and exhibits ("EX-99.1") that it points to for its disclosure."""


@dataclass(frozen=True, slots=True)
class MainPart:
    """A stretch of the main document, and what it is."""

    kind: PartKind
    items: tuple[str, ...]
    """The items that an `item` is the text of; several under one heading."""
    text: str
    """Every block of it, one a line; for an item with the section's banner above the heading."""


@dataclass(frozen=True, slots=True)
class FilingReading:
    """A filing as read: header, sections, and what was odd."""

    header: Header
    primary_document: str | None
    sections: tuple[Section, ...]
    body_items: tuple[str, ...]
    """Item numbers found as headings of the main document, in order."""
    headless: bool = False
    """True where the text has no item heading at all and was read as the item itself."""
    notes: tuple[str, ...] = field(default=())
    """Sentences on what was odd: header and body disagree, document truncated, ..."""
    exhibits: Mapping[str, int] = field(default_factory=dict)
    """Exhibit type ("EX-99.1") to document sequence."""
    parts: tuple[MainPart, ...] = ()
    """The main document from its first word to its last: every block stands in exactly one part."""
