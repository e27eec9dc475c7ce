"""Publishing a month: its files beside, then into place, and the record that commits them last.

When all new files lie beside, a second record says so, and from then on the month is what that record says:
readers find each file in its place or beside, and whoever comes next finishes the moves. Killed before, the
month is the old one; killed after, the new one; at no moment is it neither.
"""

from collections.abc import Mapping

import pyarrow as pa
from upath import UPath

from pipeline.files import move, read_bytes, remove, remove_leftovers, sha256, write_atomically
from pipeline.locks import only_writer
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.parquet import to_parquet
from pipeline.warehouse.published import contents_of
from pipeline.warehouse.records import (
    FileRecord,
    MonthRecord,
    check_month,
    check_no_foreign_files,
    lock_path,
    month_record,
    next_part_path,
    next_record,
    next_record_path,
    part_path,
    record_path,
    recorded_months,
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
        for name, data in contents.items():
            remove_leftovers(part_path(home, name, month))
            if read_bytes(part_path(home, name, month)) != data:
                write_atomically(next_part_path(home, name, month), data)
        write_atomically(next_record_path(home, month), record.to_json())
        _finish(home, month)
    return record


def finish_publishing(home: UPath) -> None:
    """Finish what killed runs have begun to publish.

    Raises:
        StorageError: the warehouse cannot be written.
    """
    for month in recorded_months(home):
        if next_record_path(home, month).exists():
            with only_writer(lock_path(home, month), f"the month {month}"):
                _finish(home, month)


def _finish(home: UPath, month: str) -> None:
    """Move what lies beside into place and commit it; without a complete record of it, drop it."""
    record = next_record(home, month)
    if record is not None and contents_of(home, record) is not None:
        for name in record.files:
            move(next_part_path(home, name, month), part_path(home, name, month))
        remove_leftovers(record_path(home, month))
        write_atomically(record_path(home, month), record.to_json())
    remove(next_record_path(home, month))
    remove_leftovers(next_record_path(home, month))
    remove(next_part_path(home, "", month).parent)


def _reader_versions(tables: Mapping[str, pa.Table]) -> tuple[str, ...]:
    found = {str(version) for rows in tables.values() for version in rows["reader_version"].unique()}
    return tuple(sorted(found))
