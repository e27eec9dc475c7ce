"""Publishing a month: its files beside, into place, and the record that commits them last."""

from collections.abc import Mapping

import pyarrow as pa
from upath import UPath

from pipeline.files import remove_leftovers, sha256, write_atomically
from pipeline.locks import only_writer
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.parquet import to_parquet
from pipeline.warehouse.records import (
    FileRecord,
    MonthRecord,
    check_month,
    check_no_foreign_files,
    lock_path,
    part_path,
    record_path,
    warehouse_folder,
)


def publish_month(home: UPath, month: str, tables: Mapping[str, pa.Table]) -> MonthRecord:
    """Make `tables` the published rows of `month`; with the same rows no file is touched.

    Killed at any point it leaves the old month, the new one, or one whose hashes do not match its record:
    readers pass over that, and the next call writes it whole.

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
        for name, data in contents.items():
            path = part_path(home, name, month)
            remove_leftovers(path)
            write_atomically(path, data)
        remove_leftovers(record_path(home, month))
        write_atomically(record_path(home, month), record.to_json())
    return record


def _reader_versions(tables: Mapping[str, pa.Table]) -> tuple[str, ...]:
    found = {str(version) for rows in tables.values() for version in rows["reader_version"].unique()}
    return tuple(sorted(found))
