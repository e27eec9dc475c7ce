"""Blocks on their way to a DocumentText: each with its own text, joined once the document is complete."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.reading.model import Block, BlockKind, Cell, DocumentText, Grid


@dataclass(slots=True)
class RawCell:
    """A cell's text and the interval [start, end) that it takes in its row."""

    start: int
    end: int
    text: str
    is_header: bool = False


@dataclass(slots=True)
class Draft:
    """A block's text; the spans of its grid are relative to it."""

    kind: BlockKind
    text: str
    grid: Grid | None = None
    page_break_before: bool = False
    lone_row: list[RawCell] | None = None
    """The cells of a table that has this one row only."""


def assemble(drafts: Iterable[Draft]) -> DocumentText:
    """Put drafts together, parted by one line feed."""
    blocks: list[Block] = []
    texts: list[str] = []
    at = 0
    for draft in drafts:
        end = at + len(draft.text)
        blocks.append(Block(draft.kind, at, end, shift_grid(draft.grid, at) if draft.grid else None))
        texts.append(draft.text)
        at = end + 1
    return DocumentText("\n".join(texts), tuple(blocks))


def shift_grid(grid: Grid, by: int) -> Grid:
    """The grid with all its spans moved."""
    if not by:
        return grid
    return Grid(
        tuple(
            Cell(cell.row, cell.column, cell.end_column, cell.start + by, cell.end + by)
            for cell in grid.cells
        ),
        tuple((start + by, end + by) for start, end in grid.row_spans),
        grid.header_rows,
    )
