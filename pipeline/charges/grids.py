"""Reading cost tables: every number cell becomes a mention, and the costs among them drafts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.charges.categories import category_of, category_of_object
from pipeline.charges.grid_words import TOTAL_ROW, CellAmount, column_role, parse_cell, unit_of
from pipeline.charges.kind_of import last_match, matches_in
from pipeline.charges.kinds import CHARGE
from pipeline.charges.passages import Span, TablePassage
from pipeline.charges.readings import ChargeDraft, HeadcountDraft, Mention, Reading
from pipeline.charges.roles import AFTER_TAX, EXPECTED, GENERIC_COST, INCURRED, PRETAX, PRIOR_BEFORE
from pipeline.figures.model import Figure, Period
from pipeline.figures.periods import FiscalCalendar, find_periods
from pipeline.reading.model import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A number column: its head, what that makes of the amounts, its period if it names one."""

    index: int
    head: str
    role: str
    rule: str
    period: Period | None
    unit: int | None


@dataclass(frozen=True, slots=True)
class Amount:
    cell: Cell
    column: Column
    value: CellAmount
    mention: Mention


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    group: str
    """The label-only row above it ("Cash charges:")."""
    notes: str
    """Words behind the amounts ("Non-cash")."""
    span: Span
    amounts: tuple[Amount, ...]

    @property
    def is_total(self) -> bool:
        """True for "Total ..." and for a row of amounts without a label, as stands under a ruled line."""
        return not self.label or bool(TOTAL_ROW.regex.search(self.label))


class TableReader:
    """Reads one table into a Reading."""

    def __init__(self, table: TablePassage, fiscal: FiscalCalendar, near: dt.date | None, dollar: str):
        self.table, self.fiscal, self.near, self.dollar = table, fiscal, near, dollar
        self.text = table.section.text
        grid = table.grid
        self.header_spans = tuple(grid.row_spans[: grid.header_rows])
        header_text = "\n".join(self.text[start:end] for start, end in self.header_spans)
        self.lead = table.lead_in_text
        self.caption = f"{self.lead}\n{header_text}"
        stated = unit_of(header_text) or unit_of(self.lead)
        self.unit = stated[0] if stated else 1
        self.columns = self._columns()
        self.currency = next(
            (cell.currency for row in self._number_rows() for cell in row if cell.currency), self.dollar
        )
        self._column_at = {cell.start: cell.column for cell in grid.cells}
        self.is_estimate = "estimat" in self.caption.lower() or "approximate" in self.caption.lower()

    def _number_rows(self) -> list[list[CellAmount]]:
        rows: dict[int, list[CellAmount]] = {}
        for cell in self.table.grid.cells:
            if cell.row >= self.table.grid.header_rows and (
                value := parse_cell(self.text[cell.start : cell.end], self.dollar)
            ):
                rows.setdefault(cell.row, []).append(value)
        return list(rows.values())

    def _columns(self) -> dict[int, Column]:
        grid = self.table.grid
        columns: dict[int, Column] = {}
        width = max((cell.end_column for cell in grid.cells), default=0)
        for index in range(width):
            parts = [
                self.text[cell.start : cell.end]
                for cell in grid.cells
                if cell.row < grid.header_rows and cell.column <= index < cell.end_column
            ]
            head = " ".join(dict.fromkeys(part for part in parts if part))
            role, rule = column_role(head)
            periods = list(find_periods(head, self.fiscal, self.near)) if head else []
            period = periods[0] if periods and periods[0].kind != "day" else None
            own = unit_of(head)
            if period and role in ("plain", "cash", "noncash") and role == "plain":
                role, rule = "period", "column.period"
            columns[index] = Column(index, head, role, rule, period, own[0] if own else None)
        if {"period", "total"} <= {column.role for column in columns.values()}:
            # "Q1 | Q2 | Later quarters | Total": what is no total is a period, whether or not it has dates.
            columns = {
                index: replace(column, role="period", rule="column.beside_periods")
                if column.role == "plain" and column.head
                else column
                for index, column in columns.items()
            }
        return columns

    def read(self, reading: Reading) -> None:
        """Add the table's mentions and drafts to `reading`."""
        drafts: list[ChargeDraft] = []
        for row in self._rows(reading):
            drafts.extend(self._read_row(row, reading))
        self._link(drafts)
        reading.charges.extend(drafts)

    def _rows(self, reading: Reading) -> list[Row]:
        grid, rows, group = self.table.grid, [], ""
        by_row: dict[int, list[Cell]] = {}
        for cell in grid.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for index in range(grid.header_rows, len(grid.row_spans)):
            cells = by_row.get(index, [])
            labels: list[str] = []
            notes: list[str] = []
            amounts: list[Amount] = []
            for cell in cells:
                words = self.text[cell.start : cell.end]
                value = parse_cell(words, self.dollar)
                column = self.columns.get(cell.column)
                if value is None or (not amounts and not labels and cell.column == 0 and _is_year(words)):
                    (notes if amounts else labels).append(words)
                    continue
                if column is not None:
                    amounts.append(self._amount(cell, column, value, grid.row_spans[index]))
            label = " ".join(labels).strip()
            if not amounts:
                group = label or group
                continue
            reading.mentions.extend(a.mention for a in amounts if not a.value.is_nil)
            rows.append(Row(label, group, " ".join(notes), grid.row_spans[index], tuple(amounts)))
        return rows

    def _amount(self, cell: Cell, column: Column, value: CellAmount, row_span: Span) -> Amount:
        scale = 1 if value.has_scale else (column.unit or self.unit)
        low, high = value.low * scale, value.high * scale
        figure = Figure(
            unit="people" if column.role == "headcount" else "money",
            start=cell.start,
            end=cell.end,
            low=None if value.qualifier in ("up to", "less than", "<") else low,
            high=None if value.qualifier in ("at least", ">") else high,
            rule="money.cell",
            currency=None if column.role == "headcount" else value.currency or self.currency,
            is_approximate=self.is_estimate or value.qualifier in ("approximately", "approx.", "about", "~"),
            phrase_start=cell.start,
        )
        return Amount(cell, column, value, Mention(self.table.section, figure, row_span))

    def _kind(self, row: Row) -> tuple[str, str]:
        for text in (row.label, row.group):
            if rule := last_match(text):
                return rule.says, rule.id
            if category_of(text):
                return CHARGE, "kind.category_named"
        if any(category_of(column.head) for column in self.columns.values()):
            return CHARGE, "kind.category_named@head"
        rules = matches_in(self.caption)
        if charge := next((rule for rule in rules if rule.says == CHARGE), None):
            return CHARGE, charge.id + "@caption"
        if self.table_states_costs:
            return CHARGE, "kind.row_of_cost_table"
        return (rules[-1].says, rules[-1].id) if rules else ("unclassified", "kind.no_rule")

    @cached_property
    def table_states_costs(self) -> bool:
        """True where another row's label names a type of cost."""
        grid = self.table.grid
        labels = [self.text[cell.start : cell.end] for cell in grid.cells if cell.column == 0]
        return any(category_of(label) for label in labels)

    def _read_row(self, row: Row, reading: Reading) -> list[ChargeDraft]:
        kind, kind_rule = self._kind(row)
        stated: list[Amount] = []
        for amount in row.amounts:
            if amount.value.is_nil and amount.column.role not in ("low", "high"):
                continue
            if amount.column.role == "headcount":
                self._headcount(amount, reading)
            elif kind != CHARGE or amount.column.role == "other":
                other = kind if kind != CHARGE else "saving"
                amount.mention.is_none_of_ours(other, kind_rule if kind != CHARGE else amount.column.rule)
            else:
                stated.append(amount)
        drafts = self._ranges(row, stated, kind_rule) or [
            self._draft(row, amount, kind_rule) for amount in stated
        ]
        return self._fold(row, drafts)

    def _headcount(self, amount: Amount, reading: Reading) -> None:
        figure = amount.mention.figure
        draft = HeadcountDraft(amount.mention, figure.low, figure.high, None, "unstated")
        draft.reasons["kind"] = amount.column.rule
        amount.mention.states(draft, amount.column.rule)
        reading.headcounts.append(draft)

    def _ranges(self, row: Row, stated: Sequence[Amount], kind_rule: str) -> list[ChargeDraft]:
        """Low and high columns side by side make one range."""
        by_role = {amount.column.role: amount for amount in stated}
        if not {"low", "high"} <= set(by_role):
            return []
        if by_role["low"].value.is_nil and by_role["high"].value.is_nil:
            return []
        low, high = by_role["low"], by_role["high"]
        rest = [amount for amount in stated if amount not in (low, high) and not amount.value.is_nil]
        draft = self._draft(row, low, kind_rule)
        draft.high = high.mention.figure.high
        draft.figure_span = (low.cell.start, high.cell.end)
        draft.mention.figure = replace(low.mention.figure, end=low.cell.end)
        high.mention.relation, high.mention.target, high.mention.rule = "states", draft, "column.high"
        return [draft, *(self._draft(row, amount, kind_rule) for amount in rest)]

    def _draft(self, row: Row, amount: Amount, kind_rule: str) -> ChargeDraft:
        figure = amount.mention.figure
        head = amount.column.head
        draft = ChargeDraft(
            amount.mention,
            figure.low,
            figure.high,
            figure.currency or self.currency,
            figure.is_approximate or "estimat" in row.label.lower(),
            evidence=row.span,
            context_spans=(*self.table.lead_ins, *self.header_spans),
            sentence=self.table.index,
        )
        draft.reasons.update(kind=kind_rule, column=amount.column.rule)
        self._categorise(draft, row, head)
        self._settle(draft, row, amount.column)
        self._assign_role(draft, row, amount.column)
        self._status(draft, row, amount.column)
        if AFTER_TAX.regex.search(row.label) or AFTER_TAX.regex.search(head):
            draft.is_pretax = False
        elif PRETAX.regex.search(self.caption) or PRETAX.regex.search(row.label):
            draft.is_pretax = True
        period = amount.column.period or self._row_period(row)
        if period:
            draft.period_text = self._period_text(period, head if amount.column.period else row.label)
            draft.period_start, draft.period_end = period.first_day, period.last_day
        amount.mention.states(draft, kind_rule)
        return draft

    def _period_text(self, period: Period, words: str) -> str:
        return words[period.start : period.end]

    def _row_period(self, row: Row) -> Period | None:
        periods = [
            period for period in find_periods(row.label, self.fiscal, self.near) if period.kind != "day"
        ]
        return periods[0] if periods else None

    def _categorise(self, draft: ChargeDraft, row: Row, head: str) -> None:
        group = "" if row.is_total else row.group
        for text in (row.label, head, row.notes, group):
            if text and (named := category_of(text)):
                draft.category, draft.reasons["category"] = named
                return
        names_nothing = row.is_total or GENERIC_COST.regex.search(row.label)
        if not names_nothing and not self._row_period(row):
            # A row that names something costs that, whether or not it is a type that the rules know.
            named = category_of_object(row.label) or ("other", "category.named_in_table")
            draft.category, draft.reasons["category"] = named

    def _settle(self, draft: ChargeDraft, row: Row, column: Column) -> None:
        for text in (column.head, row.label, row.notes, row.group):
            role, rule = column_role(text) if text else ("plain", "")
            both = "non-cash" in text.lower() and "cash/" in text.lower().replace(" ", "")
            if both:
                return
            if role in ("cash", "noncash"):
                draft.settlement, draft.reasons["settlement"] = role, rule
                return

    def _assign_role(self, draft: ChargeDraft, row: Row, column: Column) -> None:
        is_total_row = row.is_total
        in_period_row = self._row_period(row) is not None and not is_total_row
        bare = draft.category in ("unstated", "mixed")
        if column.role == "prior" or PRIOR_BEFORE[0].regex.search(row.label):
            role = "revision_prior"
        elif (
            (column.role == "period" or in_period_row) and not (column.role == "total" and not in_period_row)
        ) or column.role in ("incurred", "remaining"):
            role = "period_portion"
        elif (
            (is_total_row or bare)
            and draft.settlement in ("cash", "noncash")
            and (column.role in ("cash", "noncash") or "cash" in row.label.lower())
            and bare
        ):
            role = f"{draft.settlement}_portion"
        elif is_total_row and bare:
            role = "total"
        elif is_total_row and column.role == "plain" and self._row_names_category(row):
            role = "subtotal"
        else:
            role = "component"
        draft.role, draft.reasons["role"] = role, "row.total" if is_total_row else column.rule
        if role == "total" and draft.category == "unstated":
            draft.category = "mixed"

    def _row_names_category(self, row: Row) -> bool:
        return category_of(row.label) is not None

    def _status(self, draft: ChargeDraft, row: Row, column: Column) -> None:
        if column.role == "incurred":
            draft.status, draft.reasons["status"] = "incurred", column.rule
            return
        expected = EXPECTED.regex.search(self.caption) or EXPECTED.regex.search(row.label)
        incurred = next((rule for rule in INCURRED if rule.regex.search(self.caption)), None)
        if incurred and not expected and column.role != "remaining":
            draft.status, draft.reasons["status"] = "incurred", incurred.id

    def _fold(self, row: Row, drafts: list[ChargeDraft]) -> list[ChargeDraft]:
        """Cash and non-cash cells of a row are portions of its sum; one that is all of it is merged."""
        roles = {id(draft): self._column(draft).role for draft in drafts}
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

    def _column(self, draft: ChargeDraft) -> Column:
        return self.columns[self._column_at[draft.mention.figure.start]]

    def _link(self, drafts: Sequence[ChargeDraft]) -> None:
        """The total row is the parent of the rows above it."""
        total: ChargeDraft | None = None
        for draft in (*reversed(drafts), *drafts):
            if draft.role == "total":
                total = draft
            elif draft.parent is None and draft.role != "revision_prior":
                draft.parent = total


def _is_year(words: str) -> bool:
    return words.strip().isdigit() and len(words.strip()) == 4 and words.strip()[:2] in ("19", "20")


def read_tables(
    tables: Sequence[TablePassage],
    reading: Reading,
    fiscal: FiscalCalendar,
    near: dt.date | None,
    dollar: str,
) -> None:
    """Read every table of a section."""
    for table in tables:
        TableReader(table, fiscal, near, dollar).read(reading)
