"""Where a month's files lie, and the record that commits them: written last, it holds their hashes."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import read_bytes
from pipeline.tables.registry import MONTHLY_TABLES, TABLES

PART = "part-0.parquet"
_PARTITION = re.compile(r"filed_month=(\d{4}-(?:0[1-9]|1[0-2]))")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_RECORD = re.compile(rf"(?P<month>{_MONTH.pattern})\.json|\.(?P<next>{_MONTH.pattern})\.next\.json")


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a month; `path` is relative to the warehouse's folder."""

    path: str
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True, slots=True)
class MonthRecord:
    """What was published for a month, by table; `reader_versions` are those that stand on its rows."""

    month: str
    reader_versions: tuple[str, ...]
    files: dict[str, FileRecord]

    def to_json(self) -> bytes:
        return (json.dumps(asdict(self), indent=2, sort_keys=True) + "\n").encode()


def warehouse_folder(home: UPath) -> UPath:
    return home / "warehouse"


def part_path(home: UPath, table_name: str, month: str) -> UPath:
    """`warehouse/<table>/filed_month=YYYY-MM/part-0.parquet`."""
    return warehouse_folder(home) / table_name / f"filed_month={month}" / PART


def record_path(home: UPath, month: str) -> UPath:
    return warehouse_folder(home) / "_months" / f"{month}.json"


def next_record_path(home: UPath, month: str) -> UPath:
    """The record that a publishing has begun to put into place: see `publish`."""
    return warehouse_folder(home) / "_months" / f".{month}.next.json"


def next_part_path(home: UPath, table_name: str, month: str) -> UPath:
    """Where a new file waits to be moved into place; outside the tables' folders, which others read."""
    return warehouse_folder(home) / "_months" / f".{month}.next" / f"{table_name}.parquet"


def lock_path(home: UPath, month: str) -> UPath:
    return warehouse_folder(home) / "_months" / f".{month}.lock"


def check_month(month: str) -> None:
    """Raises ValueError where `month` is not YYYY-MM."""
    if not _MONTH.fullmatch(month):
        raise ValueError(f"{month!r} is not a month; write it as YYYY-MM")


def month_record(home: UPath, month: str) -> MonthRecord | None:
    """The month's record, or None where there is none (or none that can be understood: the month is torn).

    Raises:
        StorageError: the record exists but cannot be read.
    """
    check_month(month)
    return _read_record(record_path(home, month))


def next_record(home: UPath, month: str) -> MonthRecord | None:
    """What a publishing that is under way, or was killed, is about to make of the month.

    Raises:
        StorageError: it exists but cannot be read.
    """
    return _read_record(next_record_path(home, month))


def _read_record(path: UPath) -> MonthRecord | None:
    data = read_bytes(path)
    if data is None:
        return None
    try:
        return _from_json(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _from_json(found: dict[str, Any]) -> MonthRecord:
    return MonthRecord(
        month=found["month"],
        reader_versions=tuple(found["reader_versions"]),
        files={name: FileRecord(**file) for name, file in found["files"].items()},
    )


def recorded_months(home: UPath) -> list[str]:
    """The months that have a record or are about to, sorted; whether they are whole is for `month_state`."""
    folder = record_path(home, "2004-08").parent
    if not folder.is_dir():
        return []
    found = {_RECORD.fullmatch(entry.name) for entry in folder.iterdir()}
    return sorted({name["month"] or name["next"] for name in found if name})


def known_months(home: UPath) -> list[str]:
    """Every month of which something was published, sorted: also one that died before its first record."""
    known = set(recorded_months(home))
    for name in MONTHLY_TABLES:
        for entry in _visible(warehouse_folder(home) / name):
            partition = _PARTITION.fullmatch(entry.name)
            if partition and partition[1] not in known and (entry / PART).exists():
                known.add(partition[1])
    return sorted(known)


def check_no_foreign_files(home: UPath, month: str | None = None) -> None:
    """Refuse a warehouse in whose tables' folders something lies that is not the project's.

    A query over the folder would read such a file as rows. Names that start with a dot or underscore are
    passed over, as readers of Parquet folders do.

    Args:
        home: the project's home.
        month: look into this month's partitions only.

    Raises:
        StorageError: naming the first such file and what to do.
    """
    for name, declared in TABLES.items():
        folder = warehouse_folder(home) / name
        for entry in _visible(folder):
            if not declared.partitioned and entry.name == PART:
                continue
            if not declared.partitioned or not _PARTITION.fullmatch(entry.name) or not entry.is_dir():
                raise _foreign(entry)
            if month is not None and entry.name != f"filed_month={month}":
                continue
            for file in _visible(entry):
                if file.name != PART:
                    raise _foreign(file)


def _visible(folder: UPath) -> list[UPath]:
    if not folder.is_dir():
        return []
    return sorted((entry for entry in folder.iterdir() if entry.name[0] not in "._"), key=str)


def _foreign(path: UPath) -> StorageError:
    return StorageError(
        f"{path} is not a file of this warehouse; move it out of the table's folder, where queries would "
        "read it."
    )
