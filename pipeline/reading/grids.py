"""Raw table rows to a grid: parts of one figure joined, columns found, rows as lines of text.

Both HTML tables and plain-text tables come here as cells with a position interval (raw column numbers, or character
positions); what the position means does not matter, only which cells overlap.
"""

import re
from dataclasses import dataclass

from pipeline.reading.characters import is_figure
from pipeline.reading.drafts import Draft
from pipeline.reading.model import Cell, Grid

_CURRENCY = re.compile(r"\(?\s*(?:US|C|A|HK|NT|R|S)?[$€£¥]\s*\(?|\(|(?:USD|EUR|GBP|CHF|CAD)")
_CLOSING = re.compile(r"\)?\s*(?:%|\)|\)\s*%)|pts?\.?")
_NOTE = re.compile(r"\(?(?:\d|[a-z])\)|\*{1,3}|[†‡]")


@dataclass(slots=True)
class RawCell:
    """A cell's text and the interval [start, end) that it takes in its row."""

    start: int
    end: int
    text: str
    is_header: bool = False


def table_draft(rows: list[list[RawCell]], header_rows: int | None = None) -> Draft:
    """Lay rows out as lines with tabs between cells; empty rows must have been left out.

    Args:
        rows: the rows' non-empty cells, in order.
        header_rows: how many of them are column heads, where the source says so.
    """
    rows = [join_figure_parts(row) for row in rows]
    heads = count_header_rows(rows) if header_rows is None else header_rows
    columns = _columns(rows, heads)
    cells: list[Cell] = []
    lines: list[str] = []
    row_spans: list[tuple[int, int]] = []
    at = 0
    for number, row in enumerate(rows):
        begin = at
        texts: list[str] = []
        for first, last, text in _placed(row, columns):
            if texts:
                at += 1
            cells.append(Cell(number, first, last, at, at + len(text)))
            at += len(text)
            texts.append(text)
        lines.append("\t".join(texts))
        row_spans.append((begin, at))
        at += 1
    return Draft("table", "\n".join(lines), Grid(tuple(cells), tuple(row_spans), heads))


def join_figure_parts(row: list[RawCell]) -> list[RawCell]:
    """`$` | `(1,275` | `)` as one cell "$ (1,275)"; also `%`, and a footnote mark after a figure."""
    joined: list[RawCell] = []
    for cell in row:
        before = joined[-1] if joined else None
        if before is not None and _CURRENCY.fullmatch(before.text):
            before.text = f"{before.text}{'' if before.text.endswith('(') else ' '}{cell.text}"
            before.end = cell.end
        elif (
            before is not None
            and len(joined) > 1
            and _CLOSING.fullmatch(cell.text)
            and _ends_in_figure(before.text)
        ):
            before.text += cell.text
            before.end = cell.end
        elif before is not None and len(joined) > 1 and _NOTE.fullmatch(cell.text) and is_figure(before.text):
            before.text += f" {cell.text}"
            before.end = cell.end
        else:
            joined.append(RawCell(cell.start, cell.end, cell.text, cell.is_header))
    return joined


def _ends_in_figure(text: str) -> bool:
    return text[-1].isdigit() or text[-1] in "—–-."


def count_header_rows(rows: list[list[RawCell]]) -> int:
    """Rows before the first one with a figure outside the first column; without figures, marked head rows."""
    if not rows:
        return 0
    for number, row in enumerate(rows):
        figures = [cell for cell in row if is_figure(cell.text)]
        if figures and not (figures == row[:1] and len(row) > 1):
            return _without_row_title(rows, number)
    marked = 0
    while marked < len(rows) - 1 and all(cell.is_header for cell in rows[marked]):
        marked += 1
    return marked


def _without_row_title(rows: list[list[RawCell]], first_figures: int) -> int:
    """A lone label above the first figures ("Cash charges:") heads rows, not columns, once there are heads."""
    heads = first_figures
    while heads > 1 and len(rows[heads - 1]) == 1 and any(len(row) > 1 for row in rows[: heads - 1]):
        left = min(cell.start for row in rows[:heads] for cell in row)
        if rows[heads - 1][0].start > left and not rows[heads - 1][0].text.endswith(":"):
            break
        heads -= 1
    return heads


def _columns(rows: list[list[RawCell]], heads: int) -> list[tuple[int, int]]:
    """The column intervals: cells of the body that overlap share a column; wide cells span several."""
    columns: list[tuple[int, int]] = []
    for cell in sorted(
        (cell for row in rows[heads:] for cell in row), key=lambda c: (c.end - c.start, c.start)
    ):
        columns = _with_interval(columns, cell.start, cell.end)
    headed = list(columns)
    for cell in sorted(
        (cell for row in rows[:heads] for cell in row), key=lambda c: (c.end - c.start, c.start)
    ):
        headed = _with_interval(headed, cell.start, cell.end)
    return _merge_heads(headed, columns, rows[:heads])


def _with_interval(columns: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    over = [column for column in columns if column[0] < end and start < column[1]]
    if len(over) > 1:
        return columns
    if over:
        kept = [column for column in columns if column != over[0]]
        return sorted([*kept, (min(start, over[0][0]), max(end, over[0][1]))])
    return sorted([*columns, (start, end)])


def _merge_heads(
    columns: list[tuple[int, int]], body: list[tuple[int, int]], head_rows: list[list[RawCell]]
) -> list[tuple[int, int]]:
    """A column with nothing but a head beside a column with none: the head stands a little off its figures."""
    if not body:
        return columns

    def has_body(column: tuple[int, int]) -> bool:
        return any(column[0] < end and start < column[1] for start, end in body)

    def has_head(column: tuple[int, int]) -> bool:
        return any(column[0] < cell.end and cell.start < column[1] for row in head_rows for cell in row)

    merged: list[tuple[int, int]] = []
    for column in columns:
        if merged and len(merged) > 1:
            before = merged[-1]
            off = not has_body(before) and has_body(column) and not has_head(column)
            late = has_body(before) and not has_head(before) and not has_body(column)
            if off or late:
                merged[-1] = (before[0], column[1])
                continue
        merged.append(column)
    return merged


def _placed(row: list[RawCell], columns: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """First column, end column and text of each cell; two cells that fall on one column become one."""
    placed: list[tuple[int, int, str]] = []
    for cell in row:
        first, last = _column_span(cell, columns)
        if placed and first < placed[-1][1]:
            before_first, before_last, before_text = placed[-1]
            if first <= before_first:
                placed[-1] = (before_first, max(last, before_last), f"{before_text} {cell.text}")
                continue
            placed[-1] = (before_first, first, before_text)
        placed.append((first, last, cell.text))
    return placed


def _column_span(cell: RawCell, columns: list[tuple[int, int]]) -> tuple[int, int]:
    """The columns that a cell covers by half or more, or else the one that it covers most."""
    shared = [min(end, cell.end) - max(start, cell.start) for start, end in columns]
    width = cell.end - cell.start
    over = [
        at
        for at, ((start, end), common) in enumerate(zip(columns, shared, strict=True))
        if common > 0 and (2 * common >= end - start or 2 * common >= width)
    ]
    if over:
        return over[0], over[-1] + 1
    most = max(range(len(columns)), key=shared.__getitem__)
    return most, most + 1
