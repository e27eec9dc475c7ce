"""What each column of a table is made from."""

from pipeline.tables.model import Column, Table
from pipeline.tables.registry import TABLES

_TEXT = ("sections", "text")


def lineage(table: Table) -> dict[str, tuple[tuple[str, str], ...]]:
    """Column to (table, column) of its sources.

    A column is made from those that it names, else from its namesakes in the table's sources, else from the
    text of the sections where the table is read from them. A column that comes from outside has no sources.
    """
    return {column.name: _sources(table, column) for column in table.columns}


def _sources(table: Table, column: Column) -> tuple[tuple[str, str], ...]:
    if column.made_from:
        parts = [name.partition(".") for name in column.made_from]
        return tuple((source, source_column) for source, _, source_column in parts)
    sources = [TABLES[name] for name in table.sources if name in TABLES]
    if namesakes := tuple(
        (source.name, column.name) for source in sources if column.name in source.column_names
    ):
        return namesakes
    return (_TEXT,) if TABLES["sections"] in sources else ()
