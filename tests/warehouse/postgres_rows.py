"""Loading in tests, and rows of both databases in one form, so that they can be compared to the letter."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import psycopg
from upath import UPath

from pipeline.warehouse.database import build_database
from pipeline.warehouse.postgres_connection import open_postgres
from pipeline.warehouse.postgres_load import LoadReport, load_postgres
from pipeline.warehouse.query import run_query

SCHEMA = "exit_charges"
_EVERYTHING = ("filings", "charges", "mentions", "amendments", "current_charges", "plans")
Compared = tuple[tuple[str, ...], list[str]]
"""Columns in the order of their names, and rows as texts, sorted."""


def load(home: UPath, url: str, schema: str = SCHEMA) -> LoadReport:
    with open_postgres(url) as (connection, _):
        return load_postgres(home, connection, schema)


def ask(url: str, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query against the schema."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SET search_path TO {SCHEMA}".encode())
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(query.encode()).fetchall()


def in_duckdb(home: UPath, query: str) -> Compared:
    result = run_query(home, query)
    return compared(list(result.columns), [tuple(row) for row in result.rows])


def in_postgres(url: str, query: str) -> Compared:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SET search_path TO {SCHEMA}".encode())
        connection.execute("SET TimeZone = 'UTC'")
        cursor = connection.execute(query.encode())
        return compared([column.name for column in cursor.description or ()], cursor.fetchall())


def compared(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Compared:
    """Rows of any source as they are compared."""
    order = sorted(range(len(names)), key=names.__getitem__)
    return tuple(names[place] for place in order), sorted(
        repr([_plain(row[place]) for place in order]) for row in rows
    )


def _plain(value: Any) -> Any:
    """Sums of integers are decimals in PostgreSQL; times are compared as moments, bounds to the cent."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value.normalize())
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dict):
        return {name: _plain(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def assert_equal(home: UPath, url: str) -> None:
    """Both databases hold the same."""
    build_database(home)
    for name in _EVERYTHING:
        assert in_postgres(url, f"SELECT * FROM {name}") == in_duckdb(home, f"SELECT * FROM {name}"), name
