"""A table's rows of totals and the rows that they sum."""

from collections.abc import Sequence

from pipeline.charges.grid_layout import TableGrid
from pipeline.charges.readings import ChargeDraft

_PORTIONS = ("cash_portion", "noncash_portion")


def link_rows(grid: TableGrid, drafts: list[ChargeDraft]) -> None:
    """Give each row the total below it as parent, and what follows; drop totals that state nothing new.

    Args:
        grid: the table.
        drafts: its charges in reading order.
    """
    totals = [draft for draft in drafts if draft.role == "total"]
    for earlier in totals[:-1]:
        if _is_part_of(earlier, totals[-1]):
            earlier.role, earlier.reasons["role"] = "subtotal", "row.total_above_total"
    _group_by_settlement(grid, drafts)
    rows = [draft for draft in drafts if draft.reasons.get("role") != "row.total"]
    kinds = {draft.category for draft in rows}
    if len(rows) > 1 and len(kinds) == 1 and not kinds & {"other", "unstated"}:
        for draft in drafts:
            if draft.reasons.get("category") == "category.total_row":
                draft.category, draft.reasons["category"] = rows[0].category, "category.all_rows"
    total: ChargeDraft | None = None
    for draft in (*reversed(drafts), *drafts):
        if draft.role == "total":
            total = draft
        elif draft.parent is None and draft.role != "revision_prior":
            draft.parent = total


def _is_part_of(part: ChargeDraft, total: ChargeDraft) -> bool:
    """True for a row of totals above a larger one in the same column."""
    return (
        part.currency == total.currency
        and part.reasons.get("column") == total.reasons.get("column")
        and part.high is not None
        and total.high is not None
        and part.high < total.high
    )


def _group_by_settlement(grid: TableGrid, drafts: Sequence[ChargeDraft]) -> None:
    """Rows above "Total non-cash charges" are its parts; a sum of one type is of that type."""
    group: list[ChargeDraft] = []
    for draft in drafts:
        by_row = grid.column_at(draft.mention.figure.start).role not in ("cash", "noncash")
        if draft.reasons.get("role") != "row.total":
            group.append(draft)
            continue
        if draft.role in _PORTIONS and by_row:
            for part in group:
                if part.settlement == "unstated":
                    part.settlement, part.reasons["settlement"] = draft.settlement, "row.total"
                if part.settlement == draft.settlement and part.parent is None:
                    part.parent = draft
        _name_sum_of_one(draft, group)
        if by_row:
            group = []


def _name_sum_of_one(total: ChargeDraft, rows: Sequence[ChargeDraft]) -> None:
    """A portion in a row of totals that one row alone makes up has its type."""
    of_portion = [row for row in rows if row.settlement == total.settlement]
    if total.role in _PORTIONS and len(of_portion) == 1 and of_portion[0].amount == total.amount:
        total.category, total.reasons["category"] = of_portion[0].category, "category.only_row"
