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

from pipeline.tables.arrow import rows_to_arrow
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.amendments import linking_version
from pipeline.warehouse.month_sync import (
    Months,
    Progress,
    bring_up_to_date,
    linked_amendments,
    refuse_nothing,
)
from pipeline.warehouse.postgres_connection import Connection, be_the_only_load
from pipeline.warehouse.postgres_rows import copy_month, copy_table, delete_month
from pipeline.warehouse.postgres_schema import make_change, needed_change
from pipeline.warehouse.postgres_tables import identifier, postgres_tables
from pipeline.warehouse.published import WholeMonth


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: months by what became of them, rows by table as they are now, schema changes."""

    months: Months
    rows: Mapping[str, int]
    schema_changes: tuple[str, ...]


def load_postgres(
    home: UPath,
    connection: Connection,
    schema: str,
    progress: Progress = lambda month, done, of: None,
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
    refuse_nothing(home)
    connection.execute(f"SET search_path TO {identifier(schema)}".encode())
    change = needed_change(connection, schema)

    def replace(month: str, whole: WholeMonth, digest: str) -> None:
        _replace_month(connection, month, whole, digest)

    with connection.transaction() if change.kind == "columns" else nullcontext():
        with connection.transaction():
            make_change(connection, schema, change)
        months = bring_up_to_date(home, _known_records(connection), replace, progress)
        _finish(connection, home, months)
    if months.loaded or months.removed:
        for table in postgres_tables():
            connection.execute(f"ANALYZE {identifier(table.name)}".encode())
    return LoadReport(months, {name: _count(connection, name) for name in TABLES}, change.sentences)


def _known_records(connection: Connection) -> dict[str, str]:
    """Month to the digest of the record that was loaded."""
    rows = connection.execute("SELECT filed_month, record_sha256 FROM published_months").fetchall()
    return {str(month): str(digest) for month, digest in rows}


def _count(connection: Connection, name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {identifier(name)}".encode()).fetchone()
    return int(str(found[0])) if found else 0


def _replace_month(connection: Connection, month: str, whole: WholeMonth, digest: str) -> None:
    """Replace a month's rows, in a transaction of their own."""
    tables = whole.tables()
    with connection.transaction():
        for name in MONTHLY_TABLES:
            delete_month(connection, TABLES[name], month)
            copy_month(connection, TABLES[name], tables[name], month)
        connection.execute(
            "INSERT INTO published_months (filed_month, record_sha256, loaded_at) VALUES (%s, %s, now()) "
            "ON CONFLICT (filed_month) DO UPDATE SET record_sha256 = excluded.record_sha256, "
            "loaded_at = excluded.loaded_at, linked_by = NULL",
            [month, digest],
        )


def _finish(connection: Connection, home: UPath, months: Months) -> None:
    """What is known of all months, in one transaction: those that are gone, and the amendments."""
    if not months.removed and _is_linked(connection):
        return
    amendments = TABLES["amendments"]
    rows = rows_to_arrow(amendments, linked_amendments(home, months.there))
    with connection.transaction():
        for month in months.removed:
            for name in MONTHLY_TABLES:
                delete_month(connection, TABLES[name], month)
            connection.execute("DELETE FROM published_months WHERE filed_month = %s", [month])
        connection.execute("DELETE FROM amendments")
        copy_table(connection, amendments, rows)
        connection.execute("UPDATE published_months SET linked_by = %s", [linking_version()])


def _is_linked(connection: Connection) -> bool:
    """Whether the amendments are those of just these months, linked by this code."""
    found = connection.execute(
        "SELECT 1 FROM published_months WHERE linked_by IS DISTINCT FROM %s", [linking_version()]
    ).fetchone()
    return found is None
