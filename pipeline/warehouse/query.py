"""A query against the database, read-only."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from upath import UPath

from pipeline.errors import ExitChargesError, StorageError
from pipeline.files import local_path, read_bytes
from pipeline.warehouse.database import database_path, schema_version


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Column names, their SQL types, and the rows as Python values (money as Decimal)."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@contextmanager
def open_database(home: UPath) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database, read-only; it stays as it is for as long as it is open, whatever is rebuilt meanwhile.

    Raises:
        StorageError: it has not been built yet, or cannot be opened.
    """
    path = database_path(home)
    local = local_path(path)
    data = read_bytes(path) if local is None else b""
    if data is None or (local is not None and not local.exists()):
        raise StorageError(f"{path} does not exist yet; run `exit-charges materialize` first.")
    with tempfile.TemporaryDirectory() as scratch:
        if local is None:
            local = Path(scratch) / path.name
            local.write_bytes(data)
        try:
            connection = duckdb.connect(local, read_only=True)
        except duckdb.Error as problem:
            raise StorageError(
                f"{path} cannot be opened ({problem}); delete it and run `exit-charges materialize` again."
            ) from problem
        with connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the database has the tables and views of this code, and not those of another version."""
    try:
        found = connection.execute("SELECT schema_version()").fetchone()
    except duckdb.Error:
        return False
    return found == (schema_version(),)


def _what_failed(connection: duckdb.DuckDBPyConnection, problem: duckdb.Error) -> str:
    if is_current(connection):
        return f"The query failed; correct the SQL: {problem}"
    return (
        "The query failed on a database that another version of exit-charges built; run `exit-charges "
        f"materialize` for a month, which builds it anew, or correct the SQL: {problem}"
    )


def run_query(home: UPath, sql: str) -> QueryResult:
    """Run one SQL text; of several statements the last one's rows are returned.

    Raises:
        StorageError: the database has not been built yet, or cannot be opened.
        ExitChargesError: the SQL is wrong, or would change the database.
    """
    with open_database(home) as connection:
        try:
            cursor = connection.execute(sql)
            description = (cursor.description or []) if cursor else []  # nothing but a comment
            rows = cursor.fetchall() if description else []
        except duckdb.Error as problem:
            raise ExitChargesError(_what_failed(connection, problem)) from problem
    return QueryResult(
        columns=tuple(column[0] for column in description),
        types=tuple(str(column[1]) for column in description),
        rows=tuple(tuple(row) for row in rows),
    )
