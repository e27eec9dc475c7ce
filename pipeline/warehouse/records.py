"""Where a month's files lie, and the record that commits them: written last, it holds their hashes."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import read_bytes
from pipeline.listing import files_below, names_in
from pipeline.tables.registry import TABLES

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
    return sorted({name["month"] or name["next"] for name in _record_names(home)})


def begun_months(home: UPath) -> list[str]:
    """The months that a publishing has begun to put into place, and that wait to be finished."""
    return sorted(name["next"] for name in _record_names(home) if name["next"])


def _record_names(home: UPath) -> list[re.Match[str]]:
    names = names_in(record_path(home, "2004-08").parent)
    return [found for name in names if (found := _RECORD.fullmatch(name))]


def known_months(home: UPath) -> list[str]:
    """Every month of which something was published, sorted: also one that died before its first record."""
    published = {
        partition[1]
        for name, *rest in _visible_files(home)
        if TABLES[name].partitioned and rest[1:] == [PART] and (partition := _PARTITION.fullmatch(rest[0]))
    }
    return sorted(published.union(recorded_months(home)))


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
    for name, *rest in _visible_files(home):
        if not TABLES[name].partitioned:
            if rest != [PART]:
                raise _foreign(warehouse_folder(home) / name / rest[0])
        elif len(rest) == 1 or not _PARTITION.fullmatch(rest[0]):
            raise _foreign(warehouse_folder(home) / name / rest[0])
        elif rest[1:] != [PART] and month in (None, rest[0].removeprefix("filed_month=")):
            raise _foreign(warehouse_folder(home) / name / rest[0] / rest[1])


def _visible_files(home: UPath) -> list[tuple[str, ...]]:
    """The files in the tables' folders, by the parts of their paths."""
    return [
        parts
        for parts in files_below(warehouse_folder(home))
        if parts[0] in TABLES and len(parts) > 1 and not any(part[0] in "._" for part in parts[1:])
    ]


def _foreign(path: UPath) -> StorageError:
    return StorageError(
        f"{path} is not a file of this warehouse; move it out of the table's folder, where queries would "
        "read it."
    )
