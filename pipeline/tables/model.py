"""What a table declaration is made of: columns, checks, the table itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ColumnType = Literal[
    "text",
    "text_list",
    "integer",
    "money",
    "percent",
    "boolean",
    "date",
    "timestamp",
    "span_list",
    "registrant_list",
]
"""money: decimal(18,2) in units of `currency`; percent: decimal(7,4); timestamp: UTC, microseconds;
span_list: list of (start, end); registrant_list: list of (cik, name)."""

Severity = Literal["reject", "warn"]
"""reject: the row was misread and goes to rejected_rows; warn: the disclosure is odd, the row stays."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its type, what it means, and what it may hold."""

    name: str
    type: ColumnType
    description: str
    required: bool = False
    vocabulary: tuple[str, ...] = ()
    pattern: str | None = None
    """A regular expression that the whole value matches, without capturing groups."""
    made_from: tuple[str, ...] = ()
    """table.column of what it is made from, where that is neither the same name nor the sections' text."""


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One check of a table's rows: an expectation of Great Expectations and what it guards.

    `expectation` is the class's name in great_expectations.expectations; `arguments` are its arguments. A
    check of something that no single expectation knows names a `derived` boolean column, which the table's
    module in `expectations` computes from the staged tables before the suite runs.
    """

    id: str
    sentence: str
    severity: Severity
    expectation: str
    arguments: Mapping[str, Any]
    derived: str | None = None
    columns: tuple[str, ...] = ()
    """The columns that the check looks at; `rejected_rows` quotes them."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table, or of the same one, where none of them is null."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...] = ()

    @property
    def target_columns(self) -> tuple[str, ...]:
        """The columns of that table; of the same names where nothing else is said."""
        return self.to or self.columns


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A published table: one row is `grain`; `key` identifies it within the whole table."""

    name: str
    grain: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()
    references: tuple[Reference, ...] = ()
    sources: tuple[str, ...] = ()
    """Names of the tables (or raw inputs) that its rows are made from."""
    partitioned: bool = True
    """One file a month of filing; an unpartitioned table is rebuilt from all months."""
    sort_by: tuple[str, ...] = field(default=())
    """The order of rows in the file; the key where nothing else is said."""

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def order(self) -> tuple[str, ...]:
        return self.sort_by or self.key

    def column(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name!r}")
