"""Grids as rows of plain tuples, for comparing."""

from pipeline.reading.model import Block, DocumentText


def rows(document: DocumentText, block: Block | None = None) -> list[list[tuple[int, str]]]:
    """Column and text of each cell, row by row, of the document's only table (or the given one)."""
    if block is None:
        (block,) = (each for each in document.blocks if each.grid)
    assert block.grid is not None
    return [
        [(cell.column, document.text[cell.start : cell.end]) for cell in block.grid.row(number)]
        for number in range(len(block.grid.row_spans))
    ]


def kinds(document: DocumentText) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
