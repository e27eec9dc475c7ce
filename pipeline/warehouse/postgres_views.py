"""The analysts' views in PostgreSQL: the SQL of DuckDB where it is understood, else a file of its own.

What takes a moment in time is a macro in DuckDB and a function here. Its columns are asked of the database,
since PostgreSQL wants them named.
"""

import re

from pipeline.warehouse.postgres_connection import Connection
from pipeline.warehouse.postgres_tables import identifier
from pipeline.warehouse.views import VIEW_NAMES, View, postgres_views, quoted

_MACRO = re.compile(r"^CREATE MACRO \w+\(moment\) AS TABLE$", re.MULTILINE)
_MOMENT = re.compile(r"\bmoment\b")


def create_views(connection: Connection) -> None:
    """Create all of them in the schema that is searched, over its tables."""
    for view in postgres_views():
        if view.is_macro:
            _create_function(connection, view)
        else:
            connection.execute(view.sql.encode())
            connection.execute(f"COMMENT ON VIEW {view.name} IS {quoted(view.comment)}".encode())


def drop_views(connection: Connection) -> None:
    """Drop what there is of them, last first; what others built on them is not dropped but is an error."""
    macros = {view.name for view in postgres_views() if view.is_macro}
    for name in reversed(VIEW_NAMES):
        what = f"FUNCTION IF EXISTS {name}(timestamptz)" if name in macros else f"VIEW IF EXISTS {name}"
        connection.execute(f"DROP {what}".encode())


def _create_function(connection: Connection, view: View) -> None:
    query = _MACRO.split(view.sql)[1].strip().removesuffix(";")
    columns = ", ".join(f"{identifier(name)} {sql_type}" for name, sql_type in _columns(connection, query))
    connection.execute(
        f"CREATE FUNCTION {view.name}(moment timestamptz) RETURNS TABLE ({columns}) "
        f"LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC\n{query};\nEND".encode()
    )
    connection.execute(f"COMMENT ON FUNCTION {view.name}(timestamptz) IS {quoted(view.comment)}".encode())


def _columns(connection: Connection, query: str) -> list[tuple[str, str]]:
    """Names and types of what a query of `moment` gives."""
    asked = _MOMENT.sub("'infinity'::timestamptz", query)
    cursor = connection.execute(f"SELECT * FROM ({asked}\n) AS asked LIMIT 0".encode())
    found = [(column.name, column.type_code) for column in cursor.description or ()]
    types = connection.execute(
        "SELECT format_type(oid, NULL) FROM unnest(%s::oid[]) WITH ORDINALITY AS of (oid, place) "
        "ORDER BY place",
        [[code for _, code in found]],
    ).fetchall()
    return [(name, str(sql_type)) for (name, _), (sql_type,) in zip(found, types, strict=True)]
