"""The schema in PostgreSQL: made where there is none, and brought up to date where another version made it.

Here belongs what has to be changed and changing it. Loading rows does not: see `postgres_load`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.errors import StorageError
from pipeline.files import sha256
from pipeline.tables.model import Table
from pipeline.warehouse.postgres_connection import Connection
from pipeline.warehouse.postgres_tables import (
    PUBLISHED_MONTHS,
    SqlColumn,
    column_sql,
    comments,
    create_sql,
    identifier,
    indexes,
    key_name,
    key_sql,
    postgres_tables,
    sql_columns,
)
from pipeline.warehouse.postgres_views import create_views, drop_views
from pipeline.warehouse.views import VIEW_NAMES, postgres_views, quoted

_VERSION = "schema_version"
"""A function, as it is a macro of the DuckDB database."""


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """What the schema needs: nothing, to be made, other views and comments, or other columns.

    With other columns all months have to be loaded anew.
    """

    kind: Literal["none", "create", "views", "columns"]
    sentences: tuple[str, ...] = ()


@cache
def postgres_schema_version() -> str:
    """Twelve hexadecimal digits of what tables, columns, comments and views a schema of this code has."""
    declared = [
        statement
        for table in postgres_tables()
        for statement in (create_sql(table), *indexes(table).values(), *comments(table))
    ]
    return sha256("\n".join((*declared, *(view.sql for view in postgres_views()))).encode())[:12]


def needed_change(connection: Connection, schema: str) -> SchemaChange:
    """Compare the schema, which is searched, with what it should be.

    Raises:
        StorageError: it holds something of our names that is not ours.
    """
    if not _is_ours(connection, schema):
        _refuse_foreign(connection, schema)
        return SchemaChange("create", (f"Schema {schema} was made.",))
    found = connection.execute(f"SELECT {_VERSION}()".encode()).fetchone()
    if found == (postgres_schema_version(),):
        return SchemaChange("none")
    told = [
        sentence
        for table in postgres_tables()
        for sentence in _told(table, _found_columns(connection, schema, table))
    ]
    if told:
        return SchemaChange("columns", (*told, "All months were loaded anew, in one transaction."))
    return SchemaChange("views", ("Views and comments were made anew; rows and columns stayed.",))


def make_change(connection: Connection, schema: str, change: SchemaChange) -> None:
    """Do it; call it in a transaction. What depends on the views is not dropped but is an error."""
    if change.kind == "none":
        return
    if change.kind == "create":
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {identifier(schema)}".encode())
    else:
        drop_views(connection)
        connection.execute(f"DROP FUNCTION IF EXISTS {_VERSION}()".encode())
    for table in postgres_tables():
        if change.kind == "columns":
            _alter(connection, table, _found_columns(connection, schema, table))
        elif change.kind == "create":
            connection.execute(create_sql(table).encode())
        for name, statement in indexes(table).items():
            connection.execute(f"DROP INDEX IF EXISTS {identifier(name)}".encode())
            connection.execute(statement.encode())
        for statement in comments(table):
            connection.execute(statement.encode())
    create_views(connection)
    connection.execute(
        f"CREATE FUNCTION {_VERSION}() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE "
        f"RETURN {quoted(postgres_schema_version())}".encode()
    )


def _is_ours(connection: Connection, schema: str) -> bool:
    """Whether a load made it: the digests of records are nobody else's."""
    months = {column.name for column in _found_columns(connection, schema, PUBLISHED_MONTHS)}
    version = f"{identifier(schema)}.{_VERSION}()"
    found = connection.execute("SELECT to_regprocedure(%s) IS NOT NULL", [version]).fetchone()
    return "record_sha256" in months and found == (True,)


def _refuse_foreign(connection: Connection, schema: str) -> None:
    ours = [*(table.name for table in postgres_tables()), *VIEW_NAMES, _VERSION]
    found = connection.execute(
        "SELECT name FROM (SELECT relname, relnamespace FROM pg_class"
        " UNION ALL SELECT proname, pronamespace FROM pg_proc) AS known (name, namespace) "
        "WHERE namespace = to_regnamespace(%s) AND name = ANY(%s) ORDER BY name",
        [identifier(schema), ours],
    ).fetchone()
    if found:
        raise StorageError(
            f"The schema {schema} has a {found[0]} that exit-charges did not make; name another one with "
            "--schema. Nothing was changed."
        )


def _found_columns(connection: Connection, schema: str, table: Table) -> list[SqlColumn]:
    rows = connection.execute(
        "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute "
        "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [f"{identifier(schema)}.{identifier(table.name)}"],
    ).fetchall()
    return [SqlColumn(str(name), str(sql_type), bool(required)) for name, sql_type, required in rows]


def _told(table: Table, found: list[SqlColumn]) -> list[str]:
    """Sentences on what differs from the registry."""
    if not found:
        return [f"Table {table.name} was added."]
    wanted = {column.name: column for column in sql_columns(table)}
    had = {column.name: column for column in found}
    told = [f"Column {table.name}.{name} was added." for name in wanted if name not in had]
    told += [f"Column {table.name}.{name} was dropped." for name in had if name not in wanted]
    told += [
        f"Column {table.name}.{name} was {had[name]} and is {column} now."
        for name, column in wanted.items()
        if name in had and had[name] != column
    ]
    return told


def _alter(connection: Connection, table: Table, found: list[SqlColumn]) -> None:
    """Give the table its columns and empty it, by deleting: snapshots of readers would see a truncation."""
    if not found:
        connection.execute(create_sql(table).encode())
        return
    name = identifier(table.name)
    connection.execute(f"DELETE FROM {name}".encode())
    wanted = sql_columns(table)
    connection.execute(f"ALTER TABLE {name} DROP CONSTRAINT IF EXISTS {identifier(key_name(table))}".encode())
    for column in found:
        if column not in wanted:
            connection.execute(f"ALTER TABLE {name} DROP COLUMN {identifier(column.name)}".encode())
    for column in wanted:
        if column not in found:
            connection.execute(f"ALTER TABLE {name} ADD COLUMN {column_sql(column)}".encode())
    connection.execute(f"ALTER TABLE {name} ADD {key_sql(table)}".encode())
