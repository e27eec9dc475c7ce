"""HTML tables: data tables as grids, layout tables as what they lay out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.reading.characters import MARKER, is_figure
from pipeline.reading.drafts import Draft, RawCell
from pipeline.reading.grids import join_figure_parts, table_draft

_ITEM = re.compile(r"items?\s*(?:no\.?\s*)?\d", re.IGNORECASE)
_SIGNED = re.compile(r"/s/|^\s*(?:by|name|title|its)\s*:", re.IGNORECASE)
_AMOUNT = re.compile(r"\(?[$€£¥]\s?\(?[\d,.]+\)?|\(?\d{1,3}(?:,\d{3})+\)?|[—–-]")
_LONGEST_DATA_CELL = 260
_MOST_COLUMNS = 1_000


@dataclass(slots=True)
class HtmlCell:
    columns: int
    rows: int
    is_header: bool
    drafts: list[Draft]

    @property
    def text(self) -> str:
        if len(self.drafts) == 1 and self.drafts[0].grid is None:
            return self.drafts[0].text
        return " ".join(draft.text.replace("\n", " ").replace("\t", " ") for draft in self.drafts)


@dataclass(slots=True)
class HtmlTable:
    """A table under way: its rows of cells."""

    rows: list[list[HtmlCell]] = field(default_factory=list)

    def start_row(self) -> None:
        self.rows.append([])

    def start_cell(self, cell: HtmlCell) -> None:
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(cell)


def table_drafts(table: HtmlTable) -> Iterator[Draft]:
    """The table's grid, or, of a layout table, the blocks that it holds."""
    if any(draft.grid for row in table.rows for cell in row for draft in cell.drafts):
        for row in table.rows:
            for cell in row:
                yield from cell.drafts
        return
    table.rows = [parted for row in table.rows for parted in _parted(row)]
    rows = _positioned(table)
    if _is_data(rows):
        first_break = next(
            (d for row in table.rows for c in row for d in c.drafts if d.page_break_before), None
        )
        draft = table_draft(rows)
        draft.page_break_before = first_break is not None
        draft.lone_row = rows[0] if len(rows) == 1 else None
        yield draft
        return
    for row in table.rows:
        drafts = list(_layout_row([cell for cell in row if cell.drafts]))
        if len(rows) == 1 and len(drafts) == 1:
            drafts[0].lone_row = rows[0]
        yield from drafts


def _parted(row: list[HtmlCell]) -> list[list[HtmlCell]]:
    """A row whose cells each hold a column of lines, labels and figures, as one row a line."""
    filled = [cell for cell in row if cell.drafts]
    lines = len(filled[0].drafts) if len(filled) > 1 else 1
    if lines == 1 or any(len(cell.drafts) != lines for cell in filled):
        return [row]
    if any(not is_figure(draft.text) for cell in filled[1:] for draft in cell.drafts[1:]):
        return [row]
    return [
        [HtmlCell(cell.columns, 1, cell.is_header, cell.drafts[at : at + 1]) for cell in row]
        for at in range(lines)
    ]


def _positioned(table: HtmlTable) -> list[list[RawCell]]:
    """The non-empty cells of each row with their raw column numbers, row and column spans resolved."""
    taken: dict[int, int] = {}  # raw column -> rows that it is still taken for
    rows: list[list[RawCell]] = []
    for row in table.rows:
        column = 0
        cells: list[RawCell] = []
        begun: dict[int, int] = {}
        for cell in row:
            while taken.get(column, 0) > 0:
                column += 1
            end = column + cell.columns
            text = cell.text
            if text:
                emphasised = cell.is_header or all(draft.kind == "heading" for draft in cell.drafts)
                cells.append(RawCell(column, end, text, emphasised))
            if cell.rows > 1 and end <= _MOST_COLUMNS:
                begun.update(dict.fromkeys(range(column, end), cell.rows))
            column = end
        taken = {at: left - 1 for at, left in taken.items() if left > 1}
        taken.update({at: rows_spanned - 1 for at, rows_spanned in begun.items()})
        if cells:
            rows.append(cells)
    return rows


def _is_data(rows: list[list[RawCell]]) -> bool:
    """Whether the rows hold data: figures in columns, or short texts that pair up."""
    wide = [row for row in rows if len(row) > 1]
    if len(rows) == 1:
        return sum(_AMOUNT.fullmatch(cell.text) is not None for cell in join_figure_parts(rows[0])[1:]) >= 2
    if not wide:
        return False
    longest = 0
    figures = 0
    for row in rows:
        for position, cell in enumerate(row):
            longest = max(longest, len(cell.text))
            if position and is_figure(cell.text):
                figures += 1
            if _SIGNED.search(cell.text) or (len(rows) < 40 and _ITEM.match(cell.text)):
                return False
    if figures >= 2 or (figures and len(wide) == len(rows)):
        return longest <= _LONGEST_DATA_CELL * 4
    if 2 * sum(MARKER.fullmatch(row[0].text) is not None for row in rows) >= len(rows):
        return False
    return len(wide) >= 2 and len(wide) * 3 >= len(rows) * 2 and longest <= _LONGEST_DATA_CELL


def _layout_row(cells: list[HtmlCell]) -> Iterator[Draft]:
    if not cells:
        return
    first = cells[0]
    if len(cells) == 1:
        yield from first.drafts
        return
    if len(first.drafts) == 1 and MARKER.fullmatch(first.text) and len(first.text) <= 6:
        entry = cells[1].drafts[0]
        following = " ".join(cell.text for cell in cells[2:])
        text = " ".join(
            filter(None, (first.text, entry.text, following if len(cells[1].drafts) == 1 else ""))
        )
        yield Draft("list_entry", text, page_break_before=first.drafts[0].page_break_before)
        yield from cells[1].drafts[1:]
        if len(cells[1].drafts) > 1:
            for cell in cells[2:]:
                yield from cell.drafts
        return
    if _ITEM.match(first.text) or all(len(cell.drafts) == 1 for cell in cells):
        heads = all(draft.kind == "heading" for cell in cells for draft in cell.drafts)
        yield Draft(
            "heading" if heads else "paragraph",
            " ".join(cell.text for cell in cells),
            page_break_before=first.drafts[0].page_break_before,
        )
        return
    for cell in cells:
        yield from cell.drafts
