"""The DuckDB database: native tables of the complete months and the views, built beside and renamed over."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import (
    beside_prefix,
    local_path,
    move_into_place,
    remove_leftovers,
    sha256,
    upload,
    write_atomically,
)
from pipeline.locks import only_writer
from pipeline.tables.arrow import arrow_schema, rows_to_arrow
from pipeline.tables.model import Table
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.tables.shared_columns import FILED_MONTH
from pipeline.warehouse.amendments import FiledPlans, amendment_rows, what_linking_needs
from pipeline.warehouse.parquet import to_parquet
from pipeline.warehouse.publish import finish_publishing
from pipeline.warehouse.published import each_complete_month
from pipeline.warehouse.records import PART, check_no_foreign_files, warehouse_folder
from pipeline.warehouse.views import quoted, views

UNWRITABLE = (OSError, duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)
"""What comes of a database on a full disk: a failed write, a failed commit, or the call after either."""


PUBLISHED_MONTHS_COMMENT = (
    "a month that was run and published, with or without filings",
    "A month that is not here was not run.",
)
"""The grain of `published_months`, and what else there is to say."""


@dataclass(frozen=True, slots=True)
class DatabaseReport:
    """What a build put into the database: the months, rows by table, and the amendments found."""

    path: UPath
    months: tuple[str, ...]
    rows: dict[str, int]
    amendments: pa.Table


@cache
def schema_version() -> str:
    """Twelve hexadecimal digits of what tables, columns and views a database of this code has."""
    declared = [f"{name} {arrow_schema(table).remove_metadata()}" for name, table in TABLES.items()]
    return sha256("\n".join((*declared, *(view.sql for view in views()))).encode())[:12]


def database_path(home: UPath) -> UPath:
    return warehouse_folder(home) / "exit_charges.duckdb"


def build_database(home: UPath) -> DatabaseReport:
    """Build the database and the `amendments` table from all complete months.

    Readers keep the file that they have open; one that opens the database sees the old one or the new one.

    Raises:
        StorageError: the warehouse cannot be written, or holds a foreign file or one of another schema.
    """
    folder = warehouse_folder(home)
    with only_writer(folder / ".database.lock", "the database"):
        check_no_foreign_files(home)
        finish_publishing(home)
        target = database_path(home)
        remove_leftovers(target)
        local = local_path(target)
        with tempfile.TemporaryDirectory(
            prefix=beside_prefix(target.name),
            dir=None if local is None else local.parent,
            ignore_cleanup_errors=True,
        ) as scratch:
            built = Path(scratch) / target.name
            try:
                report = fill_database(home, built)
                _write_amendments(home, report.amendments)
                if local is None:
                    upload(built, target)
                else:
                    move_into_place(built, local)
            except UNWRITABLE as problem:
                raise StorageError(
                    f"{target} cannot be built ({problem}); free some space or make the folder writable."
                ) from problem
    return replace(report, path=target)


def fill_database(home: UPath, path: Path) -> DatabaseReport:
    """Make a database of all complete months at `path`, where there is none; the home is only read.

    Raises:
        StorageError: the warehouse holds a file of another schema.
        OSError, duckdb.Error: `path` cannot be written, as UNWRITABLE lists.
    """
    months: list[str] = []
    linked: list[FiledPlans] = []
    with duckdb.connect(path) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name in MONTHLY_TABLES:
            _create(connection, TABLES[name])
        for month, tables in each_complete_month(home):
            months.append(month)
            for name in MONTHLY_TABLES:
                _insert(connection, name, tables[name], month)
            linked.extend(what_linking_needs(tables))
        _create_published_months(connection, months)
        amendments = rows_to_arrow(TABLES["amendments"], amendment_rows(linked))
        _create(connection, TABLES["amendments"])
        _insert(connection, "amendments", amendments, None)
        for view in views():
            connection.execute(view.sql)
            connection.execute(view.comment_sql)
        connection.execute(f"CREATE MACRO schema_version() AS {quoted(schema_version())}")
        counts = {name: _count(connection, name) for name in TABLES}
    return DatabaseReport(UPath(path), tuple(months), counts, amendments)


def _write_amendments(home: UPath, amendments: pa.Table) -> None:
    part = warehouse_folder(home) / "amendments" / PART
    remove_leftovers(part)
    write_atomically(part, to_parquet(TABLES["amendments"], amendments))


def _create(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    connection.register("_empty", arrow_schema(table).empty_table())
    month = ", NULL::VARCHAR AS filed_month" if table.partitioned else ""
    connection.execute(f"CREATE TABLE {table.name} AS SELECT *{month} FROM _empty")
    connection.unregister("_empty")
    comment = f"One row: {table.grain}. {table.description}"
    connection.execute(f"COMMENT ON TABLE {table.name} IS {quoted(comment)}")
    for column in table.columns:
        connection.execute(f'COMMENT ON COLUMN {table.name}."{column.name}" IS {quoted(column.description)}')
    if table.partitioned:
        connection.execute(f"COMMENT ON COLUMN {table.name}.filed_month IS {quoted(FILED_MONTH.description)}")


def _create_published_months(connection: duckdb.DuckDBPyConnection, months: Sequence[str]) -> None:
    """A month without filings has no row in any other table, and is known all the same."""
    connection.execute(
        "CREATE TABLE published_months AS SELECT unnest(?::VARCHAR[]) AS filed_month", [months]
    )
    grain, description = PUBLISHED_MONTHS_COMMENT
    connection.execute(f"COMMENT ON TABLE published_months IS {quoted(f'One row: {grain}. {description}')}")
    connection.execute(f"COMMENT ON COLUMN published_months.filed_month IS {quoted(FILED_MONTH.description)}")


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, month: str | None) -> None:
    connection.register("_rows", rows)
    extra, values = (", ?", [month]) if month else ("", [])
    connection.execute(f"INSERT INTO {name} SELECT *{extra} FROM _rows", values)
    connection.unregister("_rows")


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    return int(found[0]) if found else 0
