"""The published tables into a schema of a PostgreSQL database, which others read meanwhile.

A month is replaced in one transaction over all its tables. What is known of all months (which amendment
belongs to which filing, which months there are no longer) follows in one transaction at the end. Months whose
record is the one that was loaded are passed over, so that a load that was killed goes on, and one without
news is quick. Rows are deleted and not truncated: a reader's snapshot stays what it was.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import sha256
from pipeline.tables.arrow import rows_to_arrow
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.amendments import (
    LINKED_TABLES,
    FiledPlans,
    amendment_rows,
    linking_version,
    what_linking_needs,
)
from pipeline.warehouse.postgres_connection import Connection, be_the_only_load
from pipeline.warehouse.postgres_rows import copy_month, copy_table, delete_month
from pipeline.warehouse.postgres_schema import make_change, needed_change
from pipeline.warehouse.postgres_tables import identifier, postgres_tables
from pipeline.warehouse.published import WholeMonth, whole_month
from pipeline.warehouse.records import recorded_months, warehouse_folder

_AMENDMENTS = TABLES["amendments"]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: months by what became of them, rows by table as they are now, schema changes."""

    loaded: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    torn: tuple[str, ...]
    rows: Mapping[str, int]
    schema_changes: tuple[str, ...]


def load_postgres(
    home: UPath,
    connection: Connection,
    schema: str,
    progress: Callable[[str, int, int], None] = lambda month, done, of: None,
    waiting: Callable[[], None] = lambda: None,
) -> LoadReport:
    """Make the schema hold what is published in the home.

    Args:
        home: the home; it is only read.
        connection: in autocommit mode, to the database.
        schema: its name; made where there is none.
        progress: told of each month, and how many of how many are done.
        waiting: called where another load is under way, before it is waited for.

    Raises:
        StorageError: nothing is published in the home, or a file has another schema, or the schema holds
            something that is not ours.
        psycopg.Error: the database refused something; see `in_plain_words`.
    """
    be_the_only_load(connection, schema, waiting)
    months = recorded_months(home)
    if not any(whole_month(home, month) for month in months):
        raise StorageError(
            f"Nothing is published in {warehouse_folder(home)}, and nothing was changed in the database; run "
            "`exit-charges materialize` first, or set EXIT_CHARGES_HOME to the home that is meant."
        )
    connection.execute(f"SET search_path TO {identifier(schema)}".encode())
    change = needed_change(connection, schema)
    with connection.transaction() if change.kind == "columns" else nullcontext():
        with connection.transaction():
            make_change(connection, schema, change)
        load = _Load(connection, _known_records(connection))
        for done, month in enumerate(months):
            progress(month, done, len(months))
            load.month(month, whole_month(home, month))
        load.finish(home)
    if load.loaded or load.removed:
        for table in postgres_tables():
            connection.execute(f"ANALYZE {identifier(table.name)}".encode())
    return LoadReport(
        loaded=tuple(load.loaded),
        unchanged=tuple(load.unchanged),
        removed=tuple(load.removed),
        torn=tuple(load.torn),
        rows={name: _count(connection, name) for name in TABLES},
        schema_changes=change.sentences,
    )


def _known_records(connection: Connection) -> dict[str, str]:
    """Month to the digest of the record that was loaded."""
    rows = connection.execute("SELECT filed_month, record_sha256 FROM published_months").fetchall()
    return {str(month): str(digest) for month, digest in rows}


def _count(connection: Connection, name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {identifier(name)}".encode()).fetchone()
    return int(str(found[0])) if found else 0


class _Load:
    """A load under way: what became of the months so far."""

    def __init__(self, connection: Connection, known: Mapping[str, str]) -> None:
        self._connection = connection
        self._known = known
        self.loaded: list[str] = []
        self.unchanged: list[str] = []
        self.removed: list[str] = []
        self.torn: list[str] = []

    def month(self, month: str, whole: WholeMonth | None) -> None:
        """Replace a month's rows, in a transaction of their own, where they are not those of its record."""
        if whole is None:
            self.torn.append(month)
            return
        digest = sha256(whole.record.to_json())
        if self._known.get(month) == digest:
            self.unchanged.append(month)
            return
        tables = whole.tables()
        with self._connection.transaction():
            for name in MONTHLY_TABLES:
                delete_month(self._connection, TABLES[name], month)
                copy_month(self._connection, TABLES[name], tables[name], month)
            self._connection.execute(
                "INSERT INTO published_months (filed_month, record_sha256, loaded_at) VALUES (%s, %s, now()) "
                "ON CONFLICT (filed_month) DO UPDATE SET record_sha256 = excluded.record_sha256, "
                "loaded_at = excluded.loaded_at, linked_by = NULL",
                [month, digest],
            )
        self.loaded.append(month)

    def finish(self, home: UPath) -> None:
        """What is known of all months, in one transaction: those that are gone, and the amendments."""
        there = {*self.loaded, *self.unchanged}
        self.removed = sorted(self._known.keys() - there)
        if not self.removed and self._is_linked():
            return
        amendments = amendment_rows(_filed_plans(home, there))
        by_key = {tuple(row[name] for name in _AMENDMENTS.key): row for row in amendments}
        with self._connection.transaction():
            for month in self.removed:
                for name in MONTHLY_TABLES:
                    delete_month(self._connection, TABLES[name], month)
                self._connection.execute("DELETE FROM published_months WHERE filed_month = %s", [month])
            self._connection.execute("DELETE FROM amendments")
            copy_table(self._connection, _AMENDMENTS, rows_to_arrow(_AMENDMENTS, by_key.values()))
            self._connection.execute("UPDATE published_months SET linked_by = %s", [linking_version()])

    def _is_linked(self) -> bool:
        """Whether the amendments are those of just these months, linked by this code."""
        found = self._connection.execute(
            "SELECT 1 FROM published_months WHERE linked_by IS DISTINCT FROM %s", [linking_version()]
        ).fetchone()
        return found is None


def _filed_plans(home: UPath, months: set[str]) -> list[FiledPlans]:
    linked: list[FiledPlans] = []
    for month in sorted(months):
        whole = whole_month(home, month)
        if whole is not None:
            linked.extend(what_linking_needs(whole.tables(LINKED_TABLES)))
    return linked
