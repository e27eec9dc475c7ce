"""What the page of a filing is made from, whether it was read from disk just now or published.

Here belong the data of one filing and loading it from the database; how it is worded and drawn does not.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from pipeline.reading.layout import section_from_row
from pipeline.reading.model import Section
from pipeline.tables.registry import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = Mapping[str, Any]

_AT_ONCE = 400
"""Filings whose rows are held at the same time."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that failed checks, whole; `checks` are the ids of those that it failed."""

    table_name: str
    row_key: str
    checks: tuple[str, ...]
    row: Row
    """As it was staged: money as Decimal and dates as dates, as far as they can be read."""


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """What one filing states of a plan. `plan` is None where it states nothing of it."""

    accession_number: str
    form_type: str
    filed_date: dt.date
    effect: str
    """`original`, or the amendment's effect."""
    plan: Row | None
    charges: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """A plan that was amended: the original's version first, then each amendment's, oldest first."""

    plan_ordinal: int
    versions: tuple[PlanVersion, ...]


@dataclass(frozen=True, slots=True)
class FilingView:
    """A filing with all that was read from it: rows have the columns of their tables."""

    filing: Row
    sections: tuple[Section, ...]
    plans: Sequence[Row]
    charges: Sequence[Row]
    share_figures: Sequence[Row]
    headcount_figures: Sequence[Row]
    mentions: Sequence[Row]
    rejected: tuple[RejectedRow, ...] = ()
    histories: tuple[PlanHistory, ...] = ()
    is_judged: bool = True
    """False for a file read from disk: no check has looked at its rows."""
    notes: tuple[str, ...] = ()
    """Sentences on what was odd in reading it; known for a file from disk only."""


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file from disk that could not be read at all, and why."""

    source: str
    problem: str


def views(
    connection: "DuckDBPyConnection", accession_numbers: Iterable[str] | None = None
) -> Iterator[FilingView]:
    """The published filings, oldest first, or those of the numbers in their order.

    Args:
        connection: the database, as `open_database` gives it.
        accession_numbers: which filings; without it all. Those that are not in the database are passed over.
    """
    if accession_numbers is None:
        sql = "SELECT accession_number FROM filings ORDER BY filed_date, accession_number"
        found = connection.execute(sql).fetchall()
        accession_numbers = [number for (number,) in found]
    wanted = list(accession_numbers)
    links = _Links(_rows(connection, "SELECT * FROM amendments ORDER BY ALL"))
    for start in range(0, len(wanted), _AT_ONCE):
        yield from _chunk(connection, wanted[start : start + _AT_ONCE], links)


class _Links:
    """The rows of `amendments`, by the original of each filing that takes part in one."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._by_original: dict[str, list[Row]] = defaultdict(list)
        self._originals: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            original, amendment = row["original_accession_number"], row["amendment_accession_number"]
            self._by_original[original].append(row)
            self._originals[original].add(original)
            self._originals[amendment].add(original)

    def of(self, accession_number: str) -> dict[str, list[Row]]:
        """Original to its amendments' rows, for each original that the filing is or amends."""
        originals = self._originals.get(accession_number, ())
        return {original: self._by_original[original] for original in sorted(originals)}

    def tied_to(self, accession_number: str) -> set[str]:
        """The filing itself and all filings of its histories."""
        tied = {accession_number}
        for original, rows in self.of(accession_number).items():
            tied |= {original, *(row["amendment_accession_number"] for row in rows)}
        return tied


def _chunk(connection: "DuckDBPyConnection", wanted: Sequence[str], links: _Links) -> Iterator[FilingView]:
    tied = sorted({other for number in wanted for other in links.tied_to(number)})
    filings = {row["accession_number"]: row for row in _of(connection, "filings", tied)}
    plans = _by_filing(_of(connection, "exit_plans", tied, "ORDER BY plan_ordinal"))
    charges = _by_filing(_of(connection, "charges", tied, "ORDER BY ordinal"))
    own = {
        name: _by_filing(_of(connection, name, wanted, order))
        for name, order in (
            ("sections", "ORDER BY document_sequence, section_ordinal"),
            ("share_figures", "ORDER BY ordinal"),
            ("headcount_figures", "ORDER BY ordinal"),
            ("mentions", "ORDER BY document_sequence, section_ordinal, char_start, mention_id"),
        )
    }
    rejected = _rejected(connection, wanted)
    for number in wanted:
        if number not in filings:
            continue
        yield FilingView(
            filing=filings[number],
            sections=tuple(section_from_row(row) for row in own["sections"][number]),
            plans=plans[number],
            charges=charges[number],
            share_figures=own["share_figures"][number],
            headcount_figures=own["headcount_figures"][number],
            mentions=own["mentions"][number],
            rejected=rejected.get(number, ()),
            histories=tuple(_histories(links.of(number), filings, plans, charges)),
        )


def _histories(
    links: Mapping[str, Sequence[Row]],
    filings: Mapping[str, Row],
    plans: Mapping[str, Sequence[Row]],
    charges: Mapping[str, Sequence[Row]],
) -> Iterator[PlanHistory]:
    def version(accession_number: str, plan_ordinal: int | None, effect: str) -> PlanVersion:
        filing = filings[accession_number]
        stated = [plan for plan in plans[accession_number] if plan["plan_ordinal"] == plan_ordinal]
        return PlanVersion(
            accession_number=accession_number,
            form_type=filing["form_type"],
            filed_date=filing["filed_date"],
            effect=effect,
            plan=stated[0] if stated else None,
            charges=tuple(row for row in charges[accession_number] if row["plan_ordinal"] == plan_ordinal),
        )

    def known_at(row: Row) -> tuple[Any, ...]:
        filing = filings[row["amendment_accession_number"]]
        accepted_at = filing["accepted_at"]
        return filing["filed_date"], str(accepted_at or ""), filing["accession_number"]

    for original, rows in links.items():
        for plan_ordinal in sorted({row["plan_ordinal"] for row in rows}):
            of_plan = sorted((row for row in rows if row["plan_ordinal"] == plan_ordinal), key=known_at)
            amended = (
                version(row["amendment_accession_number"], row["amendment_plan_ordinal"], row["effect"])
                for row in of_plan
            )
            yield PlanHistory(plan_ordinal, (version(original, plan_ordinal, "original"), *amended))


def _rejected(
    connection: "DuckDBPyConnection", accession_numbers: Sequence[str]
) -> dict[str, tuple[RejectedRow, ...]]:
    found = connection.execute(
        "SELECT row->>'$.accession_number' AS accession_number, table_name, row_key, "
        "list(expectation ORDER BY expectation), any_value(row) FROM rejected_rows "
        "WHERE accession_number IN (SELECT unnest(?::VARCHAR[])) GROUP BY ALL ORDER BY ALL",
        [list(accession_numbers)],
    ).fetchall()
    rejected: dict[str, list[RejectedRow]] = defaultdict(list)
    for number, table_name, row_key, checks, row in found:
        rejected[number].append(
            RejectedRow(table_name, row_key, tuple(checks), _typed(table_name, json.loads(row)))
        )
    return {number: tuple(rows) for number, rows in rejected.items()}


def _typed(table_name: str, row: dict[str, Any]) -> Row:
    """Money and dates as such again; what cannot be read stays as it is: a misread row may hold anything."""
    for column in TABLES[table_name].columns:
        value = row.get(column.name)
        if isinstance(value, str):
            try:
                if column.type in ("money", "percent"):
                    row[column.name] = Decimal(value)
                elif column.type == "date":
                    row[column.name] = dt.date.fromisoformat(value)
            except (InvalidOperation, ValueError):
                continue
    return row


def _of(
    connection: "DuckDBPyConnection", table: str, accession_numbers: Sequence[str], order: str = ""
) -> list[dict[str, Any]]:
    sql = f"SELECT * FROM {table} WHERE accession_number IN (SELECT unnest(?::VARCHAR[])) {order}"
    return _rows(connection, sql, [list(accession_numbers)])


def _rows(connection: "DuckDBPyConnection", sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _by_filing(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["accession_number"]].append(row)
    return grouped
