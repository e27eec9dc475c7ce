"""Sections to rows of the table `sections` and back; the layout of a text as compact JSON."""

import json
from collections.abc import Mapping
from typing import Any, get_args

from pipeline.reading.model import Block, BlockKind, Cell, Grid, Section

_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)


def layout_to_json(section: Section) -> str:
    """The blocks as a JSON list of `[kind, start, end]`, a table with `[header_rows, row_spans, cells]`.

    A cell is `[row, column, end_column, start, end]`.
    """
    return json.dumps([_block_to_list(block) for block in section.blocks], separators=(",", ":"))


def _block_to_list(block: Block) -> list[Any]:
    values: list[Any] = [block.kind, block.start, block.end]
    if block.grid is not None:
        cells = [[cell.row, cell.column, cell.end_column, cell.start, cell.end] for cell in block.grid.cells]
        values.append([block.grid.header_rows, list(block.grid.row_spans), cells])
    return values


def blocks_from_json(layout: str) -> tuple[Block, ...]:
    """The blocks that `layout_to_json` wrote."""
    blocks: list[Block] = []
    for kind, start, end, *table in json.loads(layout):
        grid = None
        if table:
            header_rows, row_spans, cells = table[0]
            grid = Grid(
                tuple(Cell(*cell) for cell in cells),
                tuple((row_start, row_end) for row_start, row_end in row_spans),
                header_rows,
            )
        blocks.append(Block(_KINDS[_KINDS.index(kind)], start, end, grid))
    return tuple(blocks)


def section_to_row(section: Section, accession_number: str, reader_version: str) -> dict[str, Any]:
    """The section as a row of `sections`."""
    return {
        "accession_number": accession_number,
        "document_sequence": section.document_sequence,
        "section_ordinal": section.section_ordinal,
        "item": section.item,
        "document_type": section.document_type,
        "document_name": section.document_name,
        "title": section.title,
        "text": section.text,
        "char_count": len(section.text),
        "incorporates": list(section.incorporates),
        "layout": layout_to_json(section),
        "reader_version": reader_version,
    }


def section_from_row(row: Mapping[str, Any]) -> Section:
    """The section that a row of `sections` holds."""
    return Section(
        item=row["item"],
        title=row["title"] or "",
        document_sequence=row["document_sequence"],
        section_ordinal=row["section_ordinal"],
        document_type=row["document_type"],
        document_name=row["document_name"],
        text=row["text"],
        blocks=blocks_from_json(row["layout"]),
        incorporates=tuple(row["incorporates"]),
    )
