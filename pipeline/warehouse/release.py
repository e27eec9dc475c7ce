"""A release: all published tables as files that can be cited, written once and never changed."""

import datetime as dt
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from upath import UPath

from pipeline.errors import ConfigurationError, StorageError
from pipeline.files import (
    beside_prefix,
    local_path,
    move_into_place,
    remove_leftovers,
    sha256_of,
    synchronise,
    upload,
)
from pipeline.locks import only_writer
from pipeline.months import first_day
from pipeline.warehouse.database import UNWRITABLE, fill_database
from pipeline.warehouse.records import check_no_foreign_files, known_months
from pipeline.warehouse.release_manifest import MANIFEST, SUMS, ReleasedFile, hashes, write_manifest
from pipeline.warehouse.release_pages import pages
from pipeline.warehouse.release_tables import Contents, write_tables

_NAME = "exit-charges"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """What a release holds and where; `is_new` is False where the same one stood there already."""

    path: UPath
    months: tuple[str, ...]
    contents: Contents
    files: dict[str, ReleasedFile]
    manifest_sha256: str
    is_new: bool


def release_date(text: str) -> dt.date:
    """The day written YYYY-MM-DD.

    Raises:
        ConfigurationError: it is written otherwise, or there is no such day.
    """
    try:
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise ConfigurationError(f"{text!r} is no date; write it as YYYY-MM-DD, such as 2026-01-31.")


def write_release(home: UPath, folder: UPath, date: dt.date) -> ReleaseReport:
    """Write `exit-charges-YYYY-MM-DD/` into `folder`: all published months, or nothing.

    The same months, code and date give the same bytes. On a disk the release is built beside and renamed
    into place; elsewhere SHA256SUMS is written last, and a release without it counts as unfinished.

    Raises:
        StorageError: no month is published, one is torn, the folder cannot be written to, or another release
            of that date stands in it.
        ConfigurationError: the date lies before the last month, or the documentation is not there.
    """
    check_no_foreign_files(home)
    _check_date(home, date)
    target = folder / f"{_NAME}-{date}"
    local = local_path(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if local is not None:
            with tempfile.TemporaryFile(dir=local.parent):  # whether it can be written to
                pass
        with only_writer(folder / ".release.lock", "a release"):
            remove_leftovers(folder / _NAME)
            with tempfile.TemporaryDirectory(
                prefix=beside_prefix(target.name),
                dir=None if local is None else local.parent,
                ignore_cleanup_errors=True,
            ) as scratch:
                return _release(home, Path(scratch), target, date)
    except UNWRITABLE as problem:
        raise StorageError(
            f"{target} cannot be written ({getattr(problem, 'strerror', None) or problem}); make {folder} "
            "writable, free some space, or give another DIRECTORY."
        ) from problem


def _check_date(home: UPath, date: dt.date) -> None:
    months = known_months(home)
    if not months:
        raise StorageError(f"No month is published in {home} yet; run `exit-charges materialize` first.")
    if date < first_day(months[-1]):
        raise ConfigurationError(f"{date} lies before {months[-1]}, which is published; give a later --date.")


def _release(home: UPath, scratch: Path, target: UPath, date: dt.date) -> ReleaseReport:
    """Build the release in `scratch` and put it in its place, unless it stands there."""
    database = scratch / "months.duckdb"
    # A database of its own: what is published meanwhile comes into all of the release's files or into none.
    known = known_months(home)
    months = fill_database(home, database).months
    _check_complete(known, months)
    built = scratch / target.name
    built.mkdir()
    contents = write_tables(database, built, months)
    for name, text in pages(date, months, contents).items():
        (built / name).write_text(text, encoding="utf-8")
    files = write_manifest(built, date, months, contents)
    manifest_sha256 = sha256_of(built / MANIFEST)
    is_new = not _stands_already(target, hashes(built))
    if is_new:
        _put(built, target)
    return ReleaseReport(target, months, contents, files, manifest_sha256, is_new)


def _check_complete(known: Sequence[str], complete: Sequence[str]) -> None:
    """Refuse to leave a month out silently: what cites a release takes it for all that was published."""
    if torn := [month for month in known if month not in complete]:
        commands = ", ".join(f"`exit-charges materialize --from {month} --to {month}`" for month in torn)
        raise StorageError(
            f"{', '.join(torn)} {'is' if len(torn) == 1 else 'are'} torn and would be missing from the "
            f"release; run {commands} first."
        )


def _stands_already(target: UPath, wanted: dict[str, str]) -> bool:
    """Whether the release is there; False where nothing is, or what a killed run left on object storage.

    Raises:
        StorageError: something else is there.
    """
    if not (target if local_path(target) is not None else target / SUMS).exists():
        return False
    found = hashes(target)
    if found == wanted:
        return True
    others = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    raise StorageError(
        f"{target} is already there and differs in {', '.join(others)}; a release is never changed: give "
        "another --date, or delete the folder if nobody has cited it."
    )


def _put(built: Path, target: UPath) -> None:
    local = local_path(target)
    if local is not None:
        synchronise(built)
        move_into_place(built, local)
        return
    for path in sorted(built.iterdir(), key=lambda path: path.name == SUMS):
        upload(path, target / path.name)
