"""A data table's columns and rows, with units, periods and amounts, before it is known what they mean."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.charges.categories import category_of
from pipeline.charges.grid_words import (
    BALANCE_ROW,
    TOTAL_ROW,
    CellAmount,
    bound_of,
    column_role,
    currency_named,
    currency_of_head,
    parse_cell,
    unit_of,
)
from pipeline.charges.passages import Span, TablePassage, note_mark
from pipeline.charges.readings import Mention
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
    currency: str | None = None
    bound: str = ""
    """`low` or `high` where it and the column beside it state ranges."""


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
    def note_marks(self) -> tuple[str, ...]:
        """The marks of footnotes behind its label: "Severance (1)"."""
        return tuple(note_mark(match.group()) for match in _MARK.finditer(self.label))

    @property
    def is_total(self) -> bool:
        """True for "Total ..." and for a row of amounts without a label, as stands under a ruled line."""
        return not self.label or bool(TOTAL_ROW.regex.search(self.label))


class TableGrid:
    """The table with its heads and caption understood."""

    def __init__(self, table: TablePassage, fiscal: FiscalCalendar, near: dt.date | None, dollar: str):
        self.table, self.fiscal, self.near, self.dollar = table, fiscal, near, dollar
        self.text = table.section.text
        grid = table.grid
        self.header_rows = _header_rows(table, self.text)
        self.header_spans = tuple(grid.row_spans[: self.header_rows])
        header_text = "\n".join(self.text[start:end] for start, end in self.header_spans)
        self.caption = f"{table.lead_in_text}\n{header_text}"
        stated = unit_of(header_text) or unit_of(self._unit_rows()) or unit_of(table.lead_in_text)
        self.unit = stated[0] if stated else 1
        self.columns = self._columns()
        # "(in millions of Canadian dollars)" says what a bare "$" in the cells is.
        named = currency_named(f"{header_text}\n{self._unit_rows()}\n{table.lead_in_text}")
        self.dollar = named or dollar
        self.currency = self._first_currency() or self.dollar
        leading = self.text[slice(*table.lead_ins[-1])] if table.lead_ins else ""
        self.introduction = f"{leading if len(leading) > _SENTENCE else table.lead_in_text}\n{header_text}"
        """The sentence right above the table, and its heads."""
        said = self.introduction.lower()
        self.is_estimate = "estimat" in said or "approximate" in said
        self.words: list[Span] = [(c.start, c.end) for c in grid.cells if c.row < self.header_rows]
        """The cells that hold words; those of the rows are added as they are read."""

    def column_at(self, position: int) -> Column:
        """The column of the cell that starts at an offset of the section."""
        return self.columns[self._column_at[position]]

    @cached_property
    def _column_at(self) -> dict[int, int]:
        return {cell.start: cell.column for cell in self.table.grid.cells}

    def names_period(self, row: Row) -> bool:
        """True where the row's label is or has a date or period: "Cumulative through May 28, 2026"."""
        return any(True for _ in find_periods(row.label, self.fiscal, self.near))

    def note_spans(self, row: Row) -> tuple[Span, ...]:
        """Where the row's footnotes stand."""
        return tuple(self.table.notes[mark] for mark in row.note_marks if mark in self.table.notes)

    def note_text(self, row: Row) -> str:
        """The row's footnotes."""
        return " ".join(self.text[slice(*span)] for span in self.note_spans(row))

    def period_of(self, row: Row) -> Period | None:
        """The period that a row's label names."""
        periods = find_periods(row.label, self.fiscal, self.near)
        return next((period for period in periods if period.kind != "day"), None)

    @cached_property
    def heads_differ(self) -> bool:
        """True where the number columns' heads name types of cost that differ: one for all is a caption."""
        return len({category_of(column.head) for column in self.columns.values() if column.head}) > 1

    def _unit_rows(self) -> str:
        """Rows of the body that hold nothing but a unit: "(in millions of Canadian dollars)"."""
        return "\n".join(self.text[slice(*span)].strip() for span in self.unit_spans)

    @cached_property
    def unit_spans(self) -> tuple[Span, ...]:
        """Where those rows stand."""
        return tuple(span for span in self.table.grid.row_spans[self.header_rows :] if self._is_unit(span))

    def _is_unit(self, span: Span) -> bool:
        row = self.text[slice(*span)].strip()
        return bool(unit_of(row)) and len(row) < _SENTENCE * 2 and not any(map(str.isdigit, row))

    def _first_currency(self) -> str | None:
        for cell in self.table.grid.cells:
            if cell.row >= self.header_rows:
                value = parse_cell(self.text[cell.start : cell.end], self.dollar)
                if value is not None and value.currency:
                    return value.currency
        return None

    def _columns(self) -> dict[int, Column]:
        grid = self.table.grid
        columns: dict[int, Column] = {}
        width = max((cell.end_column for cell in grid.cells), default=0)
        for index in range(width):
            parts = [
                self.text[cell.start : cell.end]
                for cell in grid.cells
                if cell.row < self.header_rows and cell.column <= index < cell.end_column
            ]
            head = " ".join(dict.fromkeys(part for part in parts if part))
            bound, bound_rule, rest = bound_of(head)
            role, rule = column_role(rest)
            if bound and role == "plain":
                rule = bound_rule
            years_apart = _YEARS_JOINED.sub(" ", head)
            periods = list(find_periods(years_apart, self.fiscal, self.near)) if head else []
            period = _whole([period for period in periods if period.kind != "day"])
            own = unit_of(head)
            currency = currency_of_head(head, self.dollar)
            if period and role == "plain":
                role, rule = "period", "column.period"
            columns[index] = Column(index, rest, role, rule, period, own[0] if own else None, currency, bound)
        if {"period", "total"} <= {column.role for column in columns.values()}:
            # "Q1 | Q2 | Later quarters | Total": what is no total is a period, whether or not it has dates.
            columns = {
                index: replace(column, role="period", rule="column.beside_periods")
                if column.role == "plain" and column.head
                else column
                for index, column in columns.items()
            }
        return columns

    @cached_property
    def rolls_forward(self) -> bool:
        """True for an accrual's movements: a table that begins or ends with balances."""
        grid = self.table.grid
        labels = [self.text[cell.start : cell.end] for cell in grid.cells if cell.column == 0]
        return any(BALANCE_ROW.regex.search(label) for label in labels)

    @cached_property
    def states_costs(self) -> bool:
        """True where a row's label names a type of cost."""
        grid = self.table.grid
        labels = [self.text[cell.start : cell.end] for cell in grid.cells if cell.column == 0]
        return any(category_of(label) for label in labels)

    def rows(self) -> list[Row]:
        """The rows with amounts, in order."""
        grid, rows, group = self.table.grid, [], ""
        by_row: dict[int, list[Cell]] = {}
        for cell in grid.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for index in range(self.header_rows, len(grid.row_spans)):
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
                    self.words.append((cell.start, cell.end))
                    continue
                if column is not None:
                    amounts.append(self._amount(cell, column, value, grid.row_spans[index]))
            label = " ".join(labels).strip()
            if not amounts:
                group = label or group
                continue
            row = Row(label, group, " ".join(notes), grid.row_spans[index], tuple(amounts))
            rows.append(row)
            if row.is_total:
                group = ""
        return rows

    def _amount(self, cell: Cell, column: Column, value: CellAmount, row_span: Span) -> Amount:
        scale = 1 if value.has_scale or column.role == "headcount" else (column.unit or self.unit)
        low, high = value.low * scale, value.high * scale
        figure = Figure(
            unit="people" if column.role == "headcount" else "money",
            start=cell.start,
            end=cell.end,
            low=None if value.qualifier in ("up to", "less than", "<") else low,
            high=None if value.qualifier in ("at least", ">") else high,
            rule="money.cell",
            currency=None
            if column.role == "headcount"
            else value.currency or column.currency or self.currency,
            is_approximate=self.is_estimate or value.qualifier in ("approximately", "approx.", "about", "~"),
            phrase_start=cell.start,
        )
        return Amount(cell, column, value, Mention(self.table.section, figure, row_span))


_YEARS_JOINED = re.compile(r"(?<=(?:19|20)\d\d)[-–—/](?=(?:19|20)\d\d)")
"""The dash of "2012-2013"; without it the two years are found."""
_PERIOD_CELL = re.compile(
    r"(?:(?:fiscal|FY|Q[1-4]|[1-4]Q)?\s*['’]?)*(?:19|20)\d\d(?:\s*(?:[-–—/]|to|and)\s*(?:(?:19|"
    r"20)?\d\d|beyond|later|thereafter))?"
    r"(?:\s*and (?:beyond|later|thereafter))?|total|thereafter",
    re.IGNORECASE,
)


def _header_rows(table: TablePassage, text: str) -> int:
    """How many rows are heads: years above the amounts ("2011 | 2012-2013 | Total") look like numbers."""
    grid = table.grid
    rows = grid.header_rows
    by_row: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.column > 0:
            by_row.setdefault(cell.row, []).append(text[cell.start : cell.end].strip())
    while rows < len(grid.row_spans) and (cells := [words for words in by_row.get(rows, []) if words]):
        years = sum(any(map(str.isdigit, words)) for words in cells)
        if not years or not all(_PERIOD_CELL.fullmatch(words) for words in cells):
            break
        rows += 1
    return rows


def _whole(periods: Sequence[Period]) -> Period | None:
    """The stretch that a head names: "2012-2013" is both years."""
    if not periods:
        return None
    return replace(periods[0], last_day=periods[-1].last_day, end=periods[-1].end)


_SENTENCE = 40
"""A shorter lead-in is a unit or a title, and the sentence before it says what the table shows."""
_MARK = re.compile(r"\((?:\d{1,2}|[a-z])\)|\*{1,3}|[†‡]")


def _is_year(words: str) -> bool:
    return words.strip().isdigit() and len(words.strip()) == 4 and words.strip()[:2] in ("19", "20")
