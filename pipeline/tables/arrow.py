"""The Arrow schema of a table, and rows (dicts) to an Arrow table in that schema."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from pipeline.tables.model import ColumnType, Table

_TYPES: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "text_list": pa.list_(pa.string()),
    "integer": pa.int64(),
    "money": pa.decimal128(18, 2),
    "percent": pa.decimal128(7, 4),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "span_list": pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())])),
    "registrant_list": pa.list_(pa.struct([("cik", pa.string()), ("name", pa.string())])),
}


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """Names, types, nullability and descriptions as the registry declares them."""
    return pa.schema(
        [
            pa.field(
                column.name,
                _TYPES[column.type],
                nullable=not column.required,
                metadata={"description": column.description},
            )
            for column in table.columns
        ],
        metadata={"table": table.name, "grain": table.grain, "description": table.description},
    )


def rows_to_arrow(table: Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows in the table's own order and schema; a key that the table does not declare is an error.

    Raises:
        ValueError: a row has a column that the table lacks, or lacks one that is required.
    """
    listed = list(rows)
    known = set(table.column_names)
    for row in listed:
        if unknown := row.keys() - known:
            raise ValueError(
                f"{table.name} has no column {', '.join(sorted(unknown))}; declare it in the registry"
            )
        for column in table.columns:
            if column.required and row.get(column.name) is None:
                raise ValueError(f"a row of {table.name} lacks {column.name}: {dict(row)!r:.300}")
    made = pa.Table.from_pylist(
        [{name: row.get(name) for name in table.column_names} for row in listed], schema=arrow_schema(table)
    )
    return made.sort_by([(name, "ascending") for name in table.order])
