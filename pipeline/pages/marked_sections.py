"""The sections of a filing as they are shown: paragraphs and tables, cut where figures are marked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.pages.figures import Figures, Place
from pipeline.pages.filing_view import FilingView
from pipeline.pages.marks import Mark, MarkedText, Segment
from pipeline.reading.model import Block, Cell, Grid, Section

_NUMERIC = re.compile(r"[\s$€£¥().,%+*~\-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\d]+|n/?[am]", re.IGNORECASE)
_FROM_THE_STRONGEST = ("charges", "shares", "headcounts", "rejected", "context")


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Which blocks of a text are shown: those with a figure, and some around them."""

    short: int
    """Blocks up to which a text is shown as a whole."""
    around: int = 1
    """Blocks before and behind one with a figure."""
    of_items: bool = False
    """Whether an Item 2.05 is shown in part, too."""


OF_EXHIBITS = Excerpts(short=14)
"""Items as a whole; what is long besides, which is a press release, around its figures."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; where figures are marked also how, and which they are."""

    text: str
    kind: str = ""
    """Of the strongest of its figures; empty for plain text."""
    again: bool = False
    keys: tuple[str, ...] = ()
    """All figures that cover it."""
    numbers: tuple[str, ...] = ()
    """Those that start here: they are named behind the words."""
    ids: tuple[str, ...] = ()
    """The places that lists refer to: one for each figure that is stated here for the first time."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    pieces: tuple[Piece, ...]
    span: int
    role: str
    """`head` over a column, `side` before a row, `number`, or `text`."""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A heading, a paragraph, a list entry, a table, or a gap where blocks were left out."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()
    header_rows: int = 0
    left_out: int = 0

    @property
    def has_marks(self) -> bool:
        return any(piece.kind for row in self.rows for cell in row for piece in cell.pieces)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its heading apart from its other blocks."""

    heading: tuple[Piece, ...]
    item: str | None
    document: str
    """Type and name of the document where it is an exhibit."""
    place: Place
    blocks: tuple[ShownBlock, ...]


def marked_sections(
    view: FilingView, figures: Figures, excerpts: Excerpts = OF_EXHIBITS
) -> tuple[ShownSection, ...]:
    """Every Item 2.05, every explanatory note, and every other section that states a figure."""
    marks = _marks(view, figures)
    kinds = {figure.key: figure.kind for figure in (*figures.numbered, *figures.lettered)}
    stated: set[str] = set()
    shown = []
    for section in view.sections:
        found = marks.get((section.document_sequence, section.section_ordinal), [])
        if section.item == "2.05" or found or _is_note(section):
            shown.append(_SectionMaker(section, found, kinds, stated).made(excerpts))
    return tuple(shown)


def _marks(view: FilingView, figures: Figures) -> dict[Place, list[Mark]]:
    marks: dict[Place, list[Mark]] = defaultdict(list)
    own = defaultdict(list)
    for figure in (*figures.numbered, *figures.lettered):
        if figure.place is not None:
            marks[figure.place].append(Mark(*figure.span, figure.key))
            own[figure.place, figure.key].append(figure.span)
    for row in view.mentions:
        key = figures.keys.get(row["target_id"] or "")
        place = (row["document_sequence"], row["section_ordinal"])
        start, end = row["char_start"], row["char_end"]
        if key and not any(start < last and end > first for first, last in own[place, key]):
            marks[place].append(Mark(start, end, key, again=True))
    return marks


def _is_note(section: Section) -> bool:
    """An explanatory note before the items: what an amendment says of itself."""
    return section.item is None and section.document_type.startswith("8-K")


class _SectionMaker:
    def __init__(self, section: Section, marks: Iterable[Mark], kinds: dict[str, str], stated: set[str]):
        self._section = section
        self._marked = MarkedText(section.text, marks)
        self._kinds = kinds
        self._stated = stated

    def made(self, excerpts: Excerpts) -> ShownSection:
        section = self._section
        is_exhibit = section.item is None and not _is_note(section)
        blocks = list(section.blocks) or _lines(section.text)
        if blocks and blocks[0].kind == "heading":
            heading = self._pieces(blocks[0].start, blocks[0].end)
            blocks = blocks[1:]
        else:
            heading = (Piece(section.title or section.document_type),)
        return ShownSection(
            heading=heading,
            item=section.item,
            document=" ".join((section.document_type, section.document_name or "")) if is_exhibit else "",
            place=(section.document_sequence, section.section_ordinal),
            blocks=tuple(self._blocks(blocks, excerpts)),
        )

    def _blocks(self, blocks: list[Block], excerpts: Excerpts) -> Iterator[ShownBlock]:
        wanted = self._wanted(blocks, excerpts)
        left_out = 0
        for block, is_wanted in zip(blocks, wanted, strict=True):
            if not is_wanted:
                left_out += 1
                continue
            if left_out:
                yield ShownBlock("gap", left_out=left_out)
                left_out = 0
            if block.grid is None:
                yield ShownBlock(block.kind, self._pieces(block.start, block.end))
            else:
                yield ShownBlock(
                    "table", rows=tuple(self._rows(block.grid)), header_rows=block.grid.header_rows
                )
        if left_out:
            yield ShownBlock("gap", left_out=left_out)

    def _wanted(self, blocks: list[Block], excerpts: Excerpts) -> list[bool]:
        is_whole = self._section.item == "2.05" and not excerpts.of_items
        if is_whole or len(blocks) <= excerpts.short:
            return [True] * len(blocks)
        wanted = [False] * len(blocks)
        for index, block in enumerate(blocks):
            if self._marked.has_marks(block.start, block.end):
                first, last = max(index - excerpts.around, 0), min(index + excerpts.around, len(blocks) - 1)
                for near in range(first, last + 1):
                    wanted[near] = True
        return wanted

    def _rows(self, grid: Grid) -> Iterator[tuple[ShownCell, ...]]:
        used = sorted({cell.column for cell in grid.cells})
        position = {column: index for index, column in enumerate(used)}
        by_row: dict[int, list[Cell]] = defaultdict(list)
        for cell in grid.cells:
            by_row[cell.row].append(cell)
        for number in range(len(grid.row_spans)):
            cells: list[ShownCell] = []
            next_free = 0
            for cell in sorted(by_row[number], key=lambda found: found.column):
                first = position[cell.column]
                if first > next_free:
                    cells.append(ShownCell((), first - next_free, "text"))
                span = max(sum(1 for column in used if cell.column <= column < cell.end_column), 1)
                cells.append(self._cell(cell, span, number < grid.header_rows))
                next_free = first + span
            if next_free < len(used):
                cells.append(ShownCell((), len(used) - next_free, "text"))
            yield tuple(cells)

    def _cell(self, cell: Cell, span: int, is_head: bool) -> ShownCell:
        is_number = bool(_NUMERIC.fullmatch(self._section.text[cell.start : cell.end]))
        if is_head:
            role = "head"
        elif is_number:
            role = "number"
        else:
            role = "side" if cell.column == 0 else "text"
        return ShownCell(self._pieces(cell.start, cell.end), span, role)

    def _pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        return tuple(self._piece(segment) for segment in self._marked.segments(start, end))

    def _piece(self, segment: Segment) -> Piece:
        if not segment.marks:
            return Piece(segment.text)
        keys = tuple(dict.fromkeys(mark.key for mark in segment.marks))
        kind = min((self._kinds[key] for key in keys), key=_FROM_THE_STRONGEST.index)
        numbers = tuple(dict.fromkeys(mark.key for mark in segment.opens))
        first = tuple(key for key in numbers if key not in self._stated)
        self._stated.update(first)
        return Piece(
            text=segment.text,
            kind=kind,
            again=all(mark.again for mark in segment.marks),
            keys=keys,
            numbers=numbers,
            ids=first,
        )


def _lines(text: str) -> list[Block]:
    """A block for each line of a text whose layout is not known."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", start, start + len(line)))
        start += len(line) + 1
    return blocks
