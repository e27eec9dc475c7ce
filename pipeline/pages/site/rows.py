"""Rows of a query as pages need them: dictionaries without what a browser would take for commands."""

from typing import Any

import duckdb

from pipeline.printable import printable

Row = dict[str, Any]


def rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None) -> list[Row]:
    """What a query gives; control characters, writing-direction overrides among them, are replaced."""
    cursor = connection.execute(sql, parameters or [])
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, map(_cleaned, found), strict=True)) for found in cursor.fetchall()]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value
