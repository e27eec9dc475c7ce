"""Reading cost tables: every number cell becomes a mention, and the costs among them drafts."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from pipeline.charges.categories import category_of, category_of_object
from pipeline.charges.charge_role import names_something
from pipeline.charges.charge_status import EXPECTED, INCURRED
from pipeline.charges.grid_layout import Amount, Column, Row, TableGrid
from pipeline.charges.grid_links import link_rows
from pipeline.charges.grid_words import CHARGED_ROW, NO_COST, column_role
from pipeline.charges.kind_of import last_match, matches_in
from pipeline.charges.kinds import CHARGE
from pipeline.charges.passages import Passage, TablePassage
from pipeline.charges.readings import ChargeDraft, HeadcountDraft, Mention, Reading
from pipeline.charges.roles import PRIOR_BEFORE
from pipeline.charges.settlement_rules import AFTER_TAX, CASH, PRETAX
from pipeline.charges.settlements import settle_table
from pipeline.figures.find import find_figures
from pipeline.figures.model import Period
from pipeline.figures.money import shifted
from pipeline.figures.periods import FiscalCalendar

_PARENTHESES = re.compile(r"\([^()]*\)|,?\s*\bnet of\b[^,;()]*", re.IGNORECASE)
"""What a label adds: "Lease exit (net of sublease income)"."""


class TableReader:
    """Reads one table into a Reading."""

    def __init__(self, grid: TableGrid):
        self.grid, self.table = grid, grid.table

    def read(self, reading: Reading) -> None:
        """Add the table's mentions and drafts to `reading`."""
        drafts: list[ChargeDraft] = []
        for row in self.grid.rows():
            drafts.extend(self._read_row(row, reading))
        link_rows(self.grid, drafts)
        reading.charges.extend(drafts)
        reading.mentions.extend(self._in_words())

    def _in_words(self) -> list[Mention]:
        """The figures in heads and labels: they say what the amounts are of, and are none themselves."""
        section, mentions = self.table.section, []
        for start, end in self.grid.words:
            for found in find_figures(section.text[start:end], self.grid.dollar):
                figure = shifted(found, start)
                mention = Mention(section, figure, (start, end))
                mention.is_none_of_ours("other_matter", "kind.in_words_of_table", "context")
                mentions.append(mention)
        return mentions

    def _kind(self, row: Row) -> tuple[str, str]:
        for text in (_PARENTHESES.sub(" ", row.label), row.label, row.group):
            if rule := last_match(text):
                return rule.says, rule.id
            if category_of(text):
                return CHARGE, "kind.category_named"
        if any(category_of(column.head) for column in self.grid.columns.values()):
            return CHARGE, "kind.category_named@head"
        rules = matches_in(self.grid.caption)
        if charge := next((rule for rule in rules if rule.says == CHARGE), None):
            return CHARGE, charge.id + "@caption"
        if self.grid.states_costs:
            return CHARGE, "kind.row_of_cost_table"
        return (rules[-1].says, rules[-1].id) if rules else ("unclassified", "kind.no_rule")

    def _read_row(self, row: Row, reading: Reading) -> list[ChargeDraft]:
        reading.mentions.extend(amount.mention for amount in row.amounts if not amount.value.is_nil)
        kind, kind_rule = self._kind(row)
        if kind == CHARGE and self.grid.rolls_forward and not CHARGED_ROW.regex.search(row.label):
            kind, kind_rule = "other_matter", "row.moves_accrual"
        stated: list[Amount] = []
        translations: list[tuple[Amount, Amount]] = []
        for amount in row.amounts:
            if amount.value.is_nil and not amount.column.bound:
                continue
            if amount.column.role == "headcount":
                self._headcount(amount, reading)
            elif kind != CHARGE:
                amount.mention.is_none_of_ours(kind, kind_rule)
            elif amount.column.role in NO_COST:
                amount.mention.is_none_of_ours(NO_COST[amount.column.role], amount.column.rule)
            elif original := _translated(amount, stated):
                translations.append((amount, original))
            else:
                stated.append(amount)
        drafts: list[ChargeDraft] = []
        for low, high in _pairs(stated):
            if high is not None:
                drafts.append(self._range(row, low, high, kind_rule))
            elif not low.value.is_nil:
                drafts.append(self._draft(row, low, kind_rule))
        for translation, original in translations:
            translation.mention.translates(original.mention)
        return self._fold(row, drafts)

    def _headcount(self, amount: Amount, reading: Reading) -> None:
        figure = amount.mention.figure
        draft = HeadcountDraft(amount.mention, figure.low, figure.high, None, "unstated")
        draft.reasons["kind"] = amount.column.rule
        amount.mention.states(draft, amount.column.rule)
        reading.headcounts.append(draft)

    def _range(self, row: Row, low: Amount, high: Amount, kind_rule: str) -> ChargeDraft:
        """Low and high columns side by side make one range; a nil low end is zero."""
        draft = self._draft(row, low, kind_rule)
        draft.high = high.mention.figure.high
        draft.figure_span = (low.cell.start, high.cell.end)
        high.mention.relation, high.mention.target, high.mention.rule = "states", draft, "column.high"
        return draft

    def _draft(self, row: Row, amount: Amount, kind_rule: str) -> ChargeDraft:
        figure = amount.mention.figure
        head = amount.column.head
        draft = ChargeDraft(
            amount.mention,
            figure.low,
            figure.high,
            figure.currency or self.grid.currency,
            figure.is_approximate or "estimat" in row.label.lower(),
            evidence=row.span,
            context_spans=(
                *self.table.lead_ins,
                *self.grid.header_spans,
                *self.grid.unit_spans,
                *self.grid.note_spans(row),
            ),
            sentence=self.table.index,
        )
        draft.reasons.update(kind=kind_rule, column=amount.column.rule)
        self._categorise(draft, row, head)
        self._settle(draft, row, amount.column)
        self._assign_role(draft, row, amount.column)
        self._status(draft, row, amount.column)
        if AFTER_TAX.regex.search(row.label) or AFTER_TAX.regex.search(head):
            draft.is_pretax = False
        elif PRETAX.regex.search(self.grid.caption) or PRETAX.regex.search(row.label):
            draft.is_pretax = True
        period = amount.column.period or self.grid.period_of(row)
        if period:
            draft.period_text = self._period_text(period, head if amount.column.period else row.label)
            draft.period_start, draft.period_end = period.first_day, period.last_day
        amount.mention.states(draft, kind_rule)
        return draft

    def _period_text(self, period: Period, words: str) -> str:
        return words[period.start : period.end]

    def _categorise(self, draft: ChargeDraft, row: Row, head: str) -> None:
        group = "" if row.is_total else row.group
        for text in (row.label, head if self.grid.heads_differ else "", row.notes, group):
            if text and (named := category_of(text)):
                draft.category, draft.reasons["category"] = named
                return
        if self.grid.heads_differ and (named := category_of_object(head)):
            draft.category, draft.reasons["category"] = named
            return
        if not row.is_total and (named := category_of(self.grid.note_text(row))):
            draft.category, draft.reasons["category"] = named[0], named[1] + "@note"
            return
        names_nothing = row.is_total or not names_something(row.label)
        if not names_nothing and not self.grid.names_period(row):
            # A row that names something costs that, whether or not it is a type that the rules know.
            named = category_of_object(row.label) or ("other", "category.named_in_table")
            draft.category, draft.reasons["category"] = named

    def _settle(self, draft: ChargeDraft, row: Row, column: Column) -> None:
        for text in (column.head, row.label, row.notes, row.group):
            role, rule = column_role(text) if text else ("plain", "")
            if role in ("cash", "noncash", "mixed"):
                draft.settlement, draft.reasons["settlement"] = role, rule
                return
        if said := next((rule for rule in CASH if rule.regex.search(self.grid.note_text(row))), None):
            draft.settlement, draft.reasons["settlement"] = said.says, f"{said.id}@note"

    def _assign_role(self, draft: ChargeDraft, row: Row, column: Column) -> None:
        is_total_row = row.is_total
        in_period_row = self.grid.period_of(row) is not None and not is_total_row
        bare = draft.category in ("unstated", "mixed")
        if column.role == "prior" or PRIOR_BEFORE[0].regex.search(row.label):
            role = "revision_prior"
        elif (
            (column.role == "period" or column.period or in_period_row)
            and not (column.role == "total" and not in_period_row)
        ) or column.role in ("incurred", "remaining"):
            role = "period_portion"
        elif (
            (is_total_row or bare)
            and draft.settlement in ("cash", "noncash")
            and (column.role in ("cash", "noncash") or "cash" in row.label.lower())
            and bare
        ):
            role = f"{draft.settlement}_portion"
        elif bare and (is_total_row or (column.role == "total" and self.grid.heads_differ)):
            role = "total"
        elif is_total_row and column.role == "plain" and self._row_names_category(row):
            role = "subtotal"
        else:
            role = "component"
        draft.role, draft.reasons["role"] = role, "row.total" if is_total_row else column.rule
        if is_total_row and draft.category == "unstated":
            draft.category, draft.reasons["category"] = "mixed", "category.total_row"

    def _row_names_category(self, row: Row) -> bool:
        return category_of(row.label) is not None

    def _status(self, draft: ChargeDraft, row: Row, column: Column) -> None:
        if column.role == "incurred":
            draft.status, draft.reasons["status"] = "incurred", column.rule
            return
        if self.grid.rolls_forward:
            draft.status, draft.reasons["status"] = "incurred", CHARGED_ROW.id
            return
        introduction = self.grid.introduction
        expected = EXPECTED.regex.search(introduction) or EXPECTED.regex.search(row.label)
        incurred = next((rule for rule in INCURRED if rule.regex.search(introduction)), None)
        if incurred and not expected and column.role != "remaining":
            draft.status, draft.reasons["status"] = "incurred", incurred.id

    def _fold(self, row: Row, drafts: list[ChargeDraft]) -> list[ChargeDraft]:
        """Cash and non-cash cells of a row are portions of its sum; one that is all of it is merged."""
        roles = {id(draft): self.grid.column_at(draft.mention.figure.start).role for draft in drafts}
        wholes = [d for d in drafts if roles[id(d)] == "total"] or [
            d for d in drafts if roles[id(d)] == "plain"
        ][:1]
        parts = [d for d in drafts if roles[id(d)] in ("cash", "noncash", "period", "incurred", "remaining")]
        split = {d.settlement: d for d in parts if roles[id(d)] in ("cash", "noncash")}
        if len(wholes) == 1:
            whole = wholes[0]
            same = [part for part in parts if part.amount == whole.amount]
            for part in same:
                self._merge(whole, part, roles[id(part)])
            parts = [part for part in parts if part not in same]
            drafts = [draft for draft in drafts if draft not in same]
            for part in parts:
                part.parent = whole
            if not same and len(split) == 1 and self._nil_beside(row, "cash") and roles[id(whole)] == "plain":
                whole.settlement = "noncash"
        elif len(split) == 1 and len(parts) == 1 and not wholes:
            return drafts
        if len({d.settlement for d in parts if d in split.values()}) == 2 or (wholes and parts):
            for settlement, part in split.items():
                if part.role == "component" and part in parts:
                    part.role = f"{settlement}_portion"
            if len(split) == 2 and len(wholes) == 1:
                wholes[0].settlement = "mixed"
        return drafts

    def _merge(self, whole: ChargeDraft, part: ChargeDraft, column_role: str) -> None:
        """One amount in the total's column and in a part's: the row's only part."""
        part.mention.relation, part.mention.target, part.mention.rule = (
            "restates",
            whole,
            "relation.only_part_of_row",
        )
        if column_role in ("cash", "noncash"):
            whole.settlement, whole.reasons["settlement"] = (
                part.settlement,
                part.reasons.get("settlement", ""),
            )
            if whole.role == "total" and part.role in ("cash_portion", "noncash_portion"):
                return
        if column_role == "incurred":
            whole.status = part.status
        if part.period_text and whole.period_text is None:
            whole.period_text, whole.period_start, whole.period_end = (
                part.period_text,
                part.period_start,
                part.period_end,
            )

    def _nil_beside(self, row: Row, role: str) -> bool:
        return any(amount.value.is_nil and amount.column.role == role for amount in row.amounts)


def _translated(amount: Amount, stated: Sequence[Amount]) -> Amount | None:
    """The amount beside it that another currency's column states of the same thing."""
    return next(
        (
            other
            for other in stated
            if amount.column.currency
            and other.column.currency
            and amount.column.currency != other.column.currency
            and amount.column.role == other.column.role
        ),
        None,
    )


def _pairs(stated: Sequence[Amount]) -> Iterator[tuple[Amount, Amount | None]]:
    """Each amount, with the high end of its range where the next column holds it."""
    amounts = list(stated)
    while amounts:
        amount = amounts.pop(0)
        following = amounts[0] if amounts else None
        if (
            amount.column.bound == "low"
            and following is not None
            and following.column.bound == "high"
            and (following.column.head, following.column.role) == (amount.column.head, amount.column.role)
            and not (amount.value.is_nil and following.value.is_nil)
        ):
            yield amount, amounts.pop(0)
        else:
            yield amount, None


def read_tables(
    tables: Sequence[TablePassage],
    passages: Sequence[Passage],
    reading: Reading,
    fiscal: FiscalCalendar,
    near: dt.date | None,
    dollar: str,
) -> None:
    """Read every table of a section; `passages` are the section's sentences."""
    by_index = {passage.index: passage for passage in passages}
    for table in tables:
        known = len(reading.charges)
        TableReader(TableGrid(table, fiscal, near, dollar)).read(reading)
        settle_table(table, reading.charges[known:], by_index.get(table.index))
