"""Reading what was published: complete months only, each file checked against the month's record."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import read_all, read_bytes, sha256
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.parquet import from_parquet
from pipeline.warehouse.records import (
    MonthRecord,
    month_record,
    next_part_path,
    next_record,
    part_path,
    record_path,
    recorded_months,
    warehouse_folder,
)

MonthState = Literal["complete", "torn", "absent"]

_TRIES = 5
_SECONDS_BETWEEN_TRIES = 0.02
"""A file can be moved between looking for it in its place and beside; the next look finds it."""


@dataclass(frozen=True, slots=True)
class WholeMonth:
    """A complete month: its record, and path and bytes of its files, which were checked against it."""

    record: MonthRecord
    contents: Mapping[str, tuple[UPath, bytes]]

    def tables(self, names: Sequence[str] = MONTHLY_TABLES) -> dict[str, pa.Table]:
        """These tables, in the declared schemas.

        Raises:
            StorageError: a file has another schema.
        """
        return {name: _rows(name, self.contents.get(name)) for name in names}


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
    whole = whole_month(home, month)
    if whole is None:
        absent = month_state(home, month) == "absent"
        what = "is not published" if absent else "has a file that is not the one published"
        raise StorageError(f"{month} {what}; run `exit-charges materialize --from {month} --to {month}`.")
    return whole.tables(names)


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
        whole = whole_month(home, month)
        if whole is not None:
            yield month, whole.tables(names)


def month_state(home: UPath, month: str) -> MonthState:
    """`complete`: every file is there with its hash; `absent`: nothing was ever published."""
    if _look(home, month) is not None:
        return "complete"
    leftovers = (record_path(home, month), *(part_path(home, name, month) for name in MONTHLY_TABLES))
    return "torn" if any(path.exists() for path in leftovers) else "absent"


def whole_month(home: UPath, month: str) -> WholeMonth | None:
    """The month, or None where it is absent or torn."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_SECONDS_BETWEEN_TRIES)
        whole = _look(home, month)
        if whole is not None:
            return whole
    return None


def _rows(name: str, content: tuple[UPath, bytes] | None) -> pa.Table:
    """The table's rows; none where the month was published by a version that did not have the table."""
    if content is None:
        return arrow_schema(TABLES[name]).empty_table()
    path, data = content
    return from_parquet(TABLES[name], data, str(path))


def _look(home: UPath, month: str) -> WholeMonth | None:
    """The month, or None where a file is not the record's.

    What a publishing has begun is whole too, since all its files lie in place or beside: so a month does not
    vanish when a run is killed between two files.
    """
    for record in (next_record(home, month), month_record(home, month)):
        if record is not None and (contents := contents_of(home, record)) is not None:
            return WholeMonth(record, contents)
    return None


def contents_of(home: UPath, record: MonthRecord) -> dict[str, tuple[UPath, bytes]] | None:
    """Path and bytes of each file of a record by table, in place or beside; None where one is neither."""
    contents = {}
    in_place = {name: warehouse_folder(home) / file.path for name, file in record.files.items()}
    found = dict(zip(in_place, read_all(list(in_place.values())), strict=True))
    for name, file in record.files.items():
        path, data = in_place[name], found[name]
        if data is None or sha256(data) != file.sha256:
            path = next_part_path(home, name, record.month)
            data = read_bytes(path)
        if data is None or sha256(data) != file.sha256:
            return None
        contents[name] = (path, data)
    return contents
