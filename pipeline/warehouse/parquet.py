"""A table's rows to the bytes of a Parquet file and back: the same rows always give the same bytes."""

import io
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import StorageError
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.model import Table

_COMPRESSION_LEVEL = 6
_ROWS_PER_GROUP = 100_000


def in_declared_form(table: Table, rows: pa.Table) -> pa.Table:
    """The rows in the declared order and schema, nullability and descriptions included.

    Raises:
        ValueError: a column is missing, undeclared or of another type, or a required one holds a null.
    """
    if problem := schema_problem(table, rows.schema):
        raise ValueError(f"these rows are not {table.name}: {problem}")
    order = dict.fromkeys((*table.order, *table.key))
    declared = rows.select(table.column_names).cast(arrow_schema(table))
    return declared.sort_by([(name, "ascending") for name in order]).combine_chunks()


def schema_problem(table: Table, found: pa.Schema) -> str | None:
    """How a schema departs from the declared one in names and types, or None."""
    declared = arrow_schema(table)
    if missing := [name for name in declared.names if name not in found.names]:
        return f"column {', '.join(missing)} is missing"
    if foreign := [name for name in found.names if name not in declared.names]:
        return f"column {', '.join(foreign)} is not declared"
    for name in declared.names:
        if found.field(name).type != declared.field(name).type:
            return f"column {name} is {found.field(name).type} and should be {declared.field(name).type}"
    return None


def to_parquet(table: Table, rows: pa.Table) -> bytes:
    """The file's bytes: zstd, rows sorted, the registry's schema with its descriptions."""
    sink = io.BytesIO()
    with parquet_writer(sink, arrow_schema(table)) as writer:
        writer.write_table(in_declared_form(table, rows), row_group_size=_ROWS_PER_GROUP)
    return sink.getvalue()


def parquet_writer(sink: Path | BinaryIO, schema: pa.Schema) -> pq.ParquetWriter:
    """What writes files in the project's form; each table given to it becomes row groups of its own."""
    return pq.ParquetWriter(
        sink, schema, compression="zstd", compression_level=_COMPRESSION_LEVEL, version="2.6"
    )


def from_parquet(table: Table, data: bytes, place: str) -> pa.Table:
    """The rows of a file in the declared schema; a nullable column that an older file lacks is null.

    Raises:
        StorageError: it is no Parquet file, or has another schema; the message names `place`.
    """
    try:
        rows = pq.ParquetFile(pa.BufferReader(data)).read()
    except pa.ArrowInvalid as damage:
        raise StorageError(
            f"{place} is not a Parquet file; move it away and materialize its month again."
        ) from damage
    declared = arrow_schema(table)
    for field in declared:
        if field.nullable and field.name not in rows.column_names:
            rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
    if problem := schema_problem(table, rows.schema):
        raise StorageError(
            f"{place} has another schema than the table {table.name} ({problem}); move it away if it is not "
            "this project's, or materialize its month again if an older version wrote it."
        )
    return rows.select(table.column_names).cast(declared)
