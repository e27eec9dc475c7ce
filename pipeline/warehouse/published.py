"""Reading what was published: complete months only, each file checked against the month's record."""

import time
from collections.abc import Iterator, Sequence

import pyarrow as pa
from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import read_bytes, sha256
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.parquet import from_parquet
from pipeline.warehouse.records import month_record, month_state, recorded_months, warehouse_folder

_TRIES = 5
_SECONDS_BETWEEN_TRIES = 0.02
"""A month that is being replaced is whole again within milliseconds; one left torn waits for the next run."""


def complete_months(home: UPath) -> list[str]:
    """The months whose files all have the hashes of their record, sorted."""
    return [month for month in recorded_months(home) if month_state(home, month) == "complete"]


def read_month(home: UPath, month: str, names: Sequence[str] = MONTHLY_TABLES) -> dict[str, pa.Table]:
    """Tables of a complete month, in the declared schemas.

    The bytes that are parsed are those that were checked, so a month that is being replaced is read whole or
    not at all.

    Raises:
        StorageError: the month is absent or torn, or a file has another schema.
    """
    tables = _read_if_whole(home, month, names)
    if tables is None:
        absent = month_state(home, month) == "absent"
        what = "is not published" if absent else "was left torn by a run that did not finish"
        raise StorageError(f"{month} {what}; run `exit-charges materialize --from {month} --to {month}`.")
    return tables


def read_published(home: UPath, table_name: str) -> pa.Table:
    """One table over all complete months, in the declared schema."""
    parts = [tables[table_name] for _, tables in each_complete_month(home, (table_name,))]
    return pa.concat_tables(parts) if parts else arrow_schema(TABLES[table_name]).empty_table()


def each_complete_month(
    home: UPath, names: Sequence[str] = MONTHLY_TABLES
) -> Iterator[tuple[str, dict[str, pa.Table]]]:
    """(month, its tables) for each complete month, in order; a torn one is passed over.

    Raises:
        StorageError: a file has another schema.
    """
    for month in recorded_months(home):
        tables = _read_if_whole(home, month, names)
        if tables is not None:
            yield month, tables


def _read_if_whole(home: UPath, month: str, names: Sequence[str]) -> dict[str, pa.Table] | None:
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_SECONDS_BETWEEN_TRIES)
        contents = _whole_contents(home, month)
        if contents is not None:
            return {
                name: from_parquet(TABLES[name], data, str(path))
                for name, (path, data) in contents.items()
                if name in names
            }
    return None


def _whole_contents(home: UPath, month: str) -> dict[str, tuple[UPath, bytes]] | None:
    """Path and bytes of every file of the month by table, or None where one is not the record's."""
    record = month_record(home, month)
    if record is None or not record.files.keys() >= set(MONTHLY_TABLES):
        return None
    contents = {}
    for name, file in record.files.items():
        path = warehouse_folder(home) / file.path
        data = read_bytes(path)
        if data is None or sha256(data) != file.sha256:
            return None
        contents[name] = (path, data)
    return contents
