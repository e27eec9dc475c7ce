"""Raw table rows to a grid: parts of one figure joined, columns found, rows as lines of text.

Both HTML tables and plain-text tables come here as cells with a position interval (raw column numbers, or
character positions); what the position means does not matter, only which cells overlap.
"""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from pipeline.reading.characters import is_figure
from pipeline.reading.drafts import Draft, RawCell
from pipeline.reading.model import Cell, Grid

_CURRENCY = re.compile(r"\(?\s*(?:US|C|A|HK|NT|R|S)?[$€£¥]\s*\(?|\(|(?:USD|EUR|GBP|CHF|CAD)")
_CLOSING = re.compile(r"\)?\s*(?:%|\)|\)\s*%)|pts?\.?")
_BETWEEN = re.compile(r"[-‐‑–—]|to", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NOTE = re.compile(r"\(?(?:\d|[a-z])\)|\*{1,3}|[†‡]")


def table_draft(rows: list[list[RawCell]], header_rows: int | None = None) -> Draft:
    """Lay rows out as lines with tabs between cells; empty rows must have been left out.

    Args:
        rows: the rows' non-empty cells, in order.
        header_rows: how many of them are column heads, where the source says so.
    """
    rows = [join_figure_parts(row) for row in rows]
    heads = count_header_rows(rows) if header_rows is None else header_rows
    rows = _join_ranges(rows, heads)
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
            joined[-1] = _one(before, "" if before.text.endswith("(") else " ", cell)
        elif (
            before is not None
            and len(joined) > 1
            and _CLOSING.fullmatch(cell.text)
            and _ends_in_figure(before.text)
        ):
            joined[-1] = _one(before, "", cell)
        elif before is not None and len(joined) > 1 and _NOTE.fullmatch(cell.text) and is_figure(before.text):
            joined[-1] = _one(before, " ", cell)
        else:
            joined.append(cell)
    return joined


def _join_ranges(rows: list[list[RawCell]], heads: int) -> list[list[RawCell]]:
    """`5.0` | `–` | `6.0` as one cell, where every row with two figures is made up of such ranges.

    Elsewhere a dash stands for nil: "5.0 | – | 5.0" is cash, nothing non-cash, and their total.
    """
    body = rows[heads:]
    parted = [[place for place in range(1, len(row) - 1) if _parts_range(row, place)] for row in body]
    several = [places for row, places in zip(body, parted, strict=True) if _count_figures(row) > 1]
    if not several or not all(several):
        return rows
    return [*rows[:heads], *(_joined(row, set(places)) for row, places in zip(body, parted, strict=True))]


def _joined(row: list[RawCell], places: set[int]) -> list[RawCell]:
    cells: list[RawCell] = []
    for place, cell in enumerate(row):
        if place in places or place - 1 in places:
            cells[-1] = _one(cells[-1], " ", cell)
        else:
            cells.append(cell)
    return cells


def _parts_range(row: list[RawCell], place: int) -> bool:
    if _BETWEEN.fullmatch(row[place].text) is None:
        return False
    low, high = (_NUMBER.search(row[at].text) for at in (place - 1, place + 1))
    if low is None or high is None or not (is_figure(row[place - 1].text) and is_figure(row[place + 1].text)):
        return False
    return float(low.group().replace(",", "")) < float(high.group().replace(",", ""))


def _count_figures(row: list[RawCell]) -> int:
    return sum(is_figure(cell.text) and _NUMBER.search(cell.text) is not None for cell in row)


def _one(before: RawCell, space: str, cell: RawCell) -> RawCell:
    return RawCell(before.start, cell.end, f"{before.text}{space}{cell.text}", before.is_header)


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
    """A lone label above the first figures ("Cash charges:") titles rows, once there are column heads."""
    heads = first_figures
    while heads > 1 and len(rows[heads - 1]) == 1 and any(len(row) > 1 for row in rows[: heads - 1]):
        left = min(cell.start for row in rows[:heads] for cell in row)
        if rows[heads - 1][0].start > left and not rows[heads - 1][0].text.endswith(":"):
            break
        heads -= 1
    return heads


def _columns(rows: list[list[RawCell]], heads: int) -> list[tuple[int, int]]:
    """The column intervals, in order: cells that overlap share a column, wide cells span several."""
    body = _intervals([], [cell for row in rows[heads:] for cell in row])
    head_cells = [cell for row in rows[:heads] for cell in row]
    columns = _intervals(list(body), head_cells)
    return _merge_heads(columns, body, head_cells) if body else columns


def _intervals(columns: list[tuple[int, int]], cells: list[RawCell]) -> list[tuple[int, int]]:
    """Add the cells' intervals, narrow ones first; one that touches two columns adds nothing."""
    for cell in sorted(cells, key=lambda cell: (cell.end - cell.start, cell.start)):
        first, last = _overlapping(columns, cell.start, cell.end)
        if last - first == 1:
            start, end = columns[first]
            columns[first] = (min(start, cell.start), max(end, cell.end))
        elif first == last:
            columns.insert(first, (cell.start, cell.end))
    return columns


def _overlapping(columns: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The range of the columns (apart and in order) that the interval touches."""
    first = bisect_right(columns, start, key=itemgetter(1))
    return first, max(first, bisect_left(columns, end, key=itemgetter(0)))


def _merge_heads(
    columns: list[tuple[int, int]], body: list[tuple[int, int]], head_cells: list[RawCell]
) -> list[tuple[int, int]]:
    """A column with a head only, beside one without any: the head stands a little off its figures."""
    with_body: set[int] = set()
    for start, end in body:
        with_body.update(range(*_overlapping(columns, start, end)))
    with_head: set[int] = set()
    for cell in head_cells:
        with_head.update(range(*_overlapping(columns, cell.start, cell.end)))
    merged = columns[:1]
    before = 0
    for at in range(1, len(columns)):
        head_first = before not in with_body and at in with_body and at not in with_head
        head_last = before in with_body and before not in with_head and at not in with_body
        if before and (head_first or head_last):
            merged[-1] = (merged[-1][0], columns[at][1])
            with_body.add(at)
            with_head.add(at)
        else:
            merged.append(columns[at])
        before = at
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
    first, last = _overlapping(columns, cell.start, cell.end)
    if last - first < 2:
        return first, max(last, first + 1)
    shared = {
        at: min(columns[at][1], cell.end) - max(columns[at][0], cell.start) for at in range(first, last)
    }
    over = [
        at
        for at, common in shared.items()
        if 2 * common >= columns[at][1] - columns[at][0] or 2 * common >= cell.end - cell.start
    ]
    if over:
        return over[0], over[-1] + 1
    most = max(shared, key=lambda at: shared[at])
    return most, most + 1
