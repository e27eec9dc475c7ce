"""Rows of Arrow tables into tables of PostgreSQL, by COPY in its binary form."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from psycopg.types.json import Jsonb

from pipeline.tables.model import Column, Table
from pipeline.tables.shared_columns import FILED_MONTH
from pipeline.warehouse.postgres_connection import Connection
from pipeline.warehouse.postgres_tables import SQL_TYPES, identifier, names, table_columns

_NUL, _IN_ITS_PLACE = "\0", "\N{REPLACEMENT CHARACTER}"
"""PostgreSQL has no U+0000 in texts. One character for one, so that spans still fit."""


def delete_month(connection: Connection, table: Table, month: str) -> None:
    statement = f"DELETE FROM {identifier(table.name)} WHERE {FILED_MONTH.name} = %s"
    connection.execute(statement.encode(), [month])


def copy_month(connection: Connection, table: Table, rows: pa.Table, month: str) -> None:
    """Add a month's rows to a monthly table."""
    _copy(connection, table, [*_values_by_column(table, rows), [month] * rows.num_rows])


def copy_table(connection: Connection, table: Table, rows: pa.Table) -> None:
    """Add rows to a table that has no months."""
    _copy(connection, table, _values_by_column(table, rows))


def _copy(connection: Connection, table: Table, values: Sequence[Sequence[Any]]) -> None:
    columns = table_columns(table)
    listed = names(tuple(column.name for column in columns))
    statement = f"COPY {identifier(table.name)} ({listed}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.set_types([SQL_TYPES[column.type].partition("(")[0] for column in columns])
        for row in zip(*values, strict=True):
            copy.write_row(row)


def _values_by_column(table: Table, rows: pa.Table) -> list[list[Any]]:
    return [_values(column, rows[column.name]) for column in table.columns]


def _values(column: Column, found: "pa.ChunkedArray[Any]") -> list[Any]:
    if column.type == "text":
        found = pc.replace_substring(found, _NUL, _IN_ITS_PLACE)
    values = found.to_pylist()
    if SQL_TYPES[column.type] == "jsonb":
        return [None if value is None else Jsonb(_storable(value)) for value in values]
    return [_storable(value) for value in values] if column.type == "text_list" else values


def _storable(value: Any) -> Any:
    """The same with every text, also inside, as PostgreSQL can hold it."""
    if isinstance(value, str):
        return value.replace(_NUL, _IN_ITS_PLACE)
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _storable(inner) for name, inner in value.items()}
    return value
