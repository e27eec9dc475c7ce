"""Publishing a month: its files beside, then into place, and the record that commits them last.

When all new files lie beside, a second record says so, and from then on the month is what that record says:
readers find each file in its place or beside, and whoever comes next finishes the moves. Killed before, the
month is the old one; killed after, the new one; at no moment is it neither.
"""

from collections.abc import Mapping, Sequence

import pyarrow as pa
from upath import UPath

from pipeline.files import (
    move,
    put,
    read_bytes,
    remove,
    remove_folder,
    remove_leftovers,
    sha256,
    write_atomically,
)
from pipeline.locks import only_writer
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.parquet import to_parquet
from pipeline.warehouse.published import contents_of
from pipeline.warehouse.records import (
    FileRecord,
    MonthRecord,
    begun_months,
    check_month,
    check_no_foreign_files,
    lock_path,
    month_record,
    next_part_path,
    next_record,
    next_record_path,
    part_path,
    record_path,
    warehouse_folder,
)


def publish_month(home: UPath, month: str, tables: Mapping[str, pa.Table]) -> MonthRecord:
    """Make `tables` the published rows of `month`; with the same rows no file is touched.

    Killed at any point it leaves the old month or the new one to readers of `published`. Who reads the
    Parquet files themselves can find new files beside old ones until the next call, or until the database is
    built, has finished the moves.

    Args:
        home: the project's home; the warehouse lies in it.
        month: "YYYY-MM", the month of filing.
        tables: exactly the monthly tables of the registry, by name; a month without filings has tables
            without rows.

    Raises:
        StorageError: the warehouse cannot be written, holds foreign files, or another run keeps the month
            locked.
        ValueError: a table is missing or not in its declared schema; nothing was written.
    """
    check_month(month)
    if tables.keys() != set(MONTHLY_TABLES):
        raise ValueError(
            f"{month}: to publish are {', '.join(MONTHLY_TABLES)}; given were {', '.join(sorted(tables))}"
        )
    contents = {name: to_parquet(TABLES[name], tables[name]) for name in MONTHLY_TABLES}
    record = MonthRecord(
        month=month,
        reader_versions=_reader_versions(tables),
        files={
            name: FileRecord(
                path=part_path(home, name, month).relative_to(warehouse_folder(home)).as_posix(),
                sha256=sha256(data),
                bytes=len(data),
                rows=tables[name].num_rows,
            )
            for name, data in contents.items()
        },
    )
    with only_writer(lock_path(home, month), f"the month {month}"):
        check_no_foreign_files(home, month)
        _finish(home, month)
        if month_record(home, month) == record and contents_of(home, record) is not None:
            return record
        changed = []
        for name, data in contents.items():
            remove_leftovers(part_path(home, name, month))
            if read_bytes(part_path(home, name, month)) != data:
                put(next_part_path(home, name, month), data)
                changed.append(name)
        put(next_record_path(home, month), record.to_json())
        _put_in_place(home, record, changed)
    return record


def finish_publishing(home: UPath) -> None:
    """Finish what killed runs have begun to publish.

    Raises:
        StorageError: the warehouse cannot be written.
    """
    for month in begun_months(home):
        with only_writer(lock_path(home, month), f"the month {month}"):
            _finish(home, month)


def _finish(home: UPath, month: str) -> None:
    """Complete what a killed run has begun; without a complete record of it, drop it."""
    record = next_record(home, month)
    if record is not None and contents_of(home, record) is not None:
        _put_in_place(home, record, tuple(record.files))
    else:
        _drop_what_lies_beside(home, month)


def _put_in_place(home: UPath, record: MonthRecord, names: Sequence[str]) -> None:
    """Move what lies beside into place and commit it."""
    for name in names:
        move(next_part_path(home, name, record.month), part_path(home, name, record.month))
    remove_leftovers(record_path(home, record.month))
    write_atomically(record_path(home, record.month), record.to_json())
    _drop_what_lies_beside(home, record.month)


def _drop_what_lies_beside(home: UPath, month: str) -> None:
    remove(next_record_path(home, month))
    remove_leftovers(next_record_path(home, month))
    remove_folder(next_part_path(home, "", month).parent)


def _reader_versions(tables: Mapping[str, pa.Table]) -> tuple[str, ...]:
    found = {str(version) for rows in tables.values() for version in rows["reader_version"].unique()}
    return tuple(sorted(found))
