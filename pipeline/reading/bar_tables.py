"""Tables of plain text whose cells are parted by bars: `Closing | Into`, as converters of HTML write them."""

import re
from collections.abc import Iterator

from pipeline.reading.characters import MARKER, clean
from pipeline.reading.drafts import Draft, RawCell
from pipeline.reading.grids import table_draft
from pipeline.reading.plain_lines import Line

_ITEM = re.compile(r"items?\s+(?:no\.?\s*)?\d|section\s+\d", re.IGNORECASE)
_RULE_CELL = re.compile(r":?-{2,}:?")


def find_bar_tables(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """The line ranges [first, end) that are tables.

    It takes two rows of two cells or more. An item heading and a list entry with bars are no rows.
    """
    first = wide = 0
    for at, line in enumerate(lines):
        cells = _cells(line) if "|" in line.text else None
        if cells is None or (cells and (_ITEM.match(cells[0].text) or MARKER.fullmatch(cells[0].text))):
            if wide >= 2:
                yield first, at
            first, wide = at + 1, 0
        else:
            wide += len(cells) > 1
    if wide >= 2:
        yield first, len(lines)


def bar_table_draft(lines: list[Line]) -> Draft:
    """The grid of such lines; rows of dashes below the heads are left out."""
    draft = table_draft([row for line in lines if (row := _cells(line))])
    draft.page_break_before = lines[0].page_break_before
    return draft


def _cells(line: Line) -> list[RawCell]:
    text = line.text.strip().removeprefix("|").removesuffix("|")
    return [
        RawCell(at, at + 1, words)
        for at, cell in enumerate(text.split("|"))
        if (words := clean(cell)) and not _RULE_CELL.fullmatch(words)
    ]
