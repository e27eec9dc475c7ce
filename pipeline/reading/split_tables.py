"""Tables that were filed as one `<table>` a row: put together again."""

from pipeline.reading.characters import MARKER, is_figure
from pipeline.reading.drafts import Draft, RawCell
from pipeline.reading.grids import table_draft

_LONGEST_CELL = 160


def join_split_tables(drafts: list[Draft]) -> list[Draft]:
    """Runs of tables of one row, two of them with figures in the same place or more, as one table each."""
    joined: list[Draft] = []
    run: list[Draft] = []
    for draft in drafts:
        if draft.lone_row is not None and _fits(draft.lone_row):
            run.append(draft)
            continue
        if run:
            joined.extend(_joined(run))
            run = []
        joined.append(draft)
    return [*joined, *_joined(run)] if run else joined


def _fits(row: list[RawCell]) -> bool:
    """A row of a table of figures, or its heads; no list entry, no paragraph laid out as a table."""
    return MARKER.fullmatch(row[0].text) is None and all(len(cell.text) <= _LONGEST_CELL for cell in row)


def _joined(run: list[Draft]) -> list[Draft]:
    rows = [draft.lone_row or [] for draft in run]
    figures = [at for at, row in enumerate(rows) if any(is_figure(cell.text) for cell in row[1:])]
    if len(figures) < 2:
        return run
    first = figures[0]
    while first and rows[first - 1][0].start > rows[figures[0]][0].start:
        first -= 1  # heads: nothing stands above the row titles
    last = figures[-1] + 1
    if any(len(row) == 1 and len(row[0].text) > _LONGEST_CELL // 2 for row in rows[first:last]):
        return run
    table = table_draft(rows[first:last])
    table.page_break_before = run[first].page_break_before
    return [*run[:first], table, *run[last:]]
