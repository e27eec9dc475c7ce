"""The tables and views of a release, each as a Parquet and a CSV file, from a database of all its months."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.tables.arrow import arrow_schema
from pipeline.tables.model import Table
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.tables.shared_columns import FILED_MONTH
from pipeline.warehouse.parquet import in_declared_form, parquet_writer
from pipeline.warehouse.release_csv import csv_form, csv_writer
from pipeline.warehouse.views import views


def _with_month(table: Table) -> Table:
    """The table as one file holds it: the month, which in the warehouse is in the path, is a column."""
    if not table.partitioned:
        return table
    order = (FILED_MONTH.name, *table.order)
    return replace(table, columns=(*table.columns, FILED_MONTH), sort_by=order)


RELEASED_TABLES = {name: _with_month(table) for name, table in TABLES.items()}
RELEASED_VIEWS = {
    "current_charges": ("plan_accession_number", "plan_ordinal", "accession_number", "ordinal", "charge_id"),
    "plans": ("plan_accession_number", "plan_ordinal"),
    "estimate_revisions": (
        *("plan_accession_number", "plan_ordinal", "role", "category", "currency"),
        *("filed_date", "accession_number", "source"),
    ),
}
"""The views that read well as files, and the columns that order their rows."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the files hold: rows by table and view, reader versions on the rows, filings by read_status."""

    rows: dict[str, int]
    reader_versions: tuple[str, ...]
    read_statuses: dict[str, int]


def write_tables(database: Path, folder: Path, months: Sequence[str]) -> Contents:
    """Write `<table>.parquet` and `<table>.csv` of every table and released view into `folder`.

    Of a table a year of filings is held at a time, which is also a row group of its Parquet file.

    Args:
        database: a database of exactly these months, as `fill_database` makes it.
        folder: where the files are written.
        months: "YYYY-MM" each.

    Raises:
        OSError: the folder cannot be written, or is full.
    """
    years = sorted({month[:4] for month in months})
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET threads = 1")  # rows that tie in an order come the same way every time
        rows = {
            name: _write(folder, name, arrow_schema(table), _parts(connection, table, years))
            for name, table in RELEASED_TABLES.items()
        }
        for name, order in RELEASED_VIEWS.items():
            whole = _view(connection, name, order)
            rows[name] = _write(folder, name, whole.schema, [whole])
        return Contents(rows, _reader_versions(connection), _read_statuses(connection))


def _parts(connection: duckdb.DuckDBPyConnection, table: Table, years: Sequence[str]) -> Iterator[pa.Table]:
    if not table.partitioned:
        yield in_declared_form(table, connection.sql(f"FROM {table.name}").to_arrow_table())
        return
    for year in years:
        found = connection.sql(f"FROM {table.name} WHERE {FILED_MONTH.name}[:4] = '{year}'")
        yield in_declared_form(table, found.to_arrow_table())


def _view(connection: duckdb.DuckDBPyConnection, name: str, order: Sequence[str]) -> pa.Table:
    """A view's rows; a sum of counts, which DuckDB widens beyond what others read as integers, as int64."""
    rows: pa.Table = connection.sql(f"FROM {name} ORDER BY {', '.join(order)}").to_arrow_table()
    for place, column in enumerate(rows.schema):
        if pa.types.is_decimal(column.type) and column.type.scale == 0:
            rows = rows.set_column(place, column.name, rows[column.name].cast(pa.int64()))
    [comment] = [view.comment for view in views() if view.name == name]
    return rows.replace_schema_metadata({"table": name, "description": comment})


def _write(folder: Path, name: str, schema: pa.Schema, parts: Iterator[pa.Table] | Sequence[pa.Table]) -> int:
    rows = 0
    with (
        parquet_writer(folder / f"{name}.parquet", schema) as parquet,
        (folder / f"{name}.csv").open("wb") as file,
        csv_writer(file, schema) as csv,
    ):
        for part in parts:
            if part.num_rows:
                parquet.write_table(part)
                csv.write_table(csv_form(part))
                rows += part.num_rows
    return rows


def _reader_versions(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    each = " UNION ".join(f"SELECT reader_version FROM {name}" for name in MONTHLY_TABLES)
    return tuple(str(version) for (version,) in connection.execute(f"{each} ORDER BY ALL").fetchall())


def _read_statuses(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    counted = "SELECT read_status, count(*) FROM filings GROUP BY ALL ORDER BY ALL"
    return dict(connection.execute(counted).fetchall())
