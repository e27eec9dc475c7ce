"""Building the site of a home: all pages and downloads from one state of the database, then into place."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb
from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import beside_prefix, local_path, read_bytes, remove_leftovers
from pipeline.locks import only_writer
from pipeline.pages.filing_page import filing_page
from pipeline.pages.filing_view import views
from pipeline.pages.render import render
from pipeline.pages.site.downloads import write_downloads
from pipeline.pages.site.filing_list import listed_filings
from pipeline.pages.site.pages import pages
from pipeline.pages.site.place import check_folder, put_in_place
from pipeline.warehouse.database import UNWRITABLE, database_path
from pipeline.warehouse.query import is_current

_AT_ONCE = 250
"""Filings whose pages are one task."""
_WORTH_PROCESSES = 500
"""Filings from which on starting processes pays."""
_MOST_PROCESSES = 4
_OVERVIEW = "../filings.html"


@dataclass(frozen=True, slots=True)
class SiteReport:
    """Where the site is, and how many filings and files it has; `written` are those that changed."""

    path: UPath
    filings: int
    files: int
    written: int
    bytes: int
    undrawn: Mapping[str, str]
    """Filings whose pages only say that they could not be drawn, and why."""

    @property
    def address(self) -> str:
        """Of its first page, for a browser."""
        local = local_path(self.path)
        return str(self.path / "index.html") if local is None else (local / "index.html").as_uri()


def build_site(home: UPath, folder: UPath | None = None) -> SiteReport:
    """Build the site over the home's database into `folder`, by default `site` in the home.

    The same database and code give the same bytes; files that would not change are left alone.

    Raises:
        StorageError: there is no database or one of another version, the folder cannot be written, or it
            holds files of somebody else.
    """
    target = folder or home / "site"
    local = local_path(target)
    check_folder(target)
    if not database_path(home).exists():
        raise StorageError(f"{database_path(home)} does not exist yet; run `exit-charges materialize` first.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with only_writer(target.parent / f".{target.name}.lock", "the site"):
            remove_leftovers(target)
            with tempfile.TemporaryDirectory(
                prefix=beside_prefix(target.name),
                dir=None if local is None else local.parent,
                ignore_cleanup_errors=True,
            ) as scratch:
                return _build(home, target, Path(scratch))
    except UNWRITABLE as problem:
        raise StorageError(
            f"{target} cannot be written ({getattr(problem, 'strerror', None) or problem}); make its folder "
            "writable, free some space, or give another DIRECTORY."
        ) from problem


def _build(home: UPath, target: UPath, scratch: Path) -> SiteReport:
    built = scratch / target.name
    database = scratch / "database.duckdb"
    _copy_database(home, database)
    with _opened(database) as connection:
        months = [month for (month,) in connection.execute(_MONTHS).fetchall()]
        filings = listed_filings(connection)
        numbers = [filing.accession_number for filing in filings]
        for name in ("filings", "registrants", "years", "data"):
            (built / name).mkdir(parents=True)
        with _executor(len(filings)) as executor:
            tasks = _begin(executor, database, built, numbers)
            downloads = write_downloads(database, built / "data", months)
            names = [*(f"filings/{number}.html" for number in numbers), *downloads.names]
            for name, text in pages(connection, home, months, filings, downloads.files):
                (built / name).write_text(text, encoding="utf-8")
                names.append(name)
            undrawn = {number: problem for task in tasks for number, problem in task.result().items()}
    size = sum((built / name).stat().st_size for name in names)
    written = put_in_place(built, target, names)
    return SiteReport(target, len(filings), len(names), written, size, undrawn)


_MONTHS = "SELECT filed_month FROM published_months ORDER BY filed_month"


def _copy_database(home: UPath, copy: Path) -> None:
    """What is built meanwhile does not change the copy, which all processes read."""
    path = database_path(home)
    local = local_path(path)
    if local is None:
        copy.write_bytes(read_bytes(path) or b"")
    else:
        shutil.copyfile(local, copy)


@contextmanager
def _opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(database, read_only=True) as connection:
        if not is_current(connection):
            raise StorageError(
                "The database was built by another version of exit-charges; run `exit-charges materialize` "
                "for a month, which builds it anew."
            )
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET threads = 1")  # rows that tie in an order come the same way every time
        yield connection


@contextmanager
def _executor(filings: int) -> Iterator[Executor | None]:
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if filings < _WORTH_PROCESSES or processes < 2:
        yield None
        return
    # Forked processes would inherit the locks of threads that they do not have.
    executor = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _begin(
    executor: Executor | None, database: Path, built: Path, numbers: Sequence[str]
) -> list[Future[dict[str, str]]]:
    if executor is None:
        done: Future[dict[str, str]] = Future()
        done.set_result(write_filing_pages(database, built / "filings", numbers))
        return [done]
    parts = [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE)]
    return [executor.submit(write_filing_pages, database, built / "filings", part) for part in parts]


def write_filing_pages(database: Path, folder: Path, numbers: Sequence[str]) -> dict[str, str]:
    """Write `<accession number>.html` of each of these filings.

    Returns:
        The filings whose page could not be drawn, and why; it says so, and the others are as they should be.
    """
    undrawn = {}
    with _opened(database) as connection:
        for view in views(connection, numbers):
            number = view.filing["accession_number"]
            try:
                page = filing_page(view, overview=_OVERVIEW)
            except Exception as problem:
                # The one filing that nobody thought of must not cost the site of thousands.
                undrawn[number] = f"{type(problem).__name__}: {problem}"
                page = render("undrawn.html", number=number, problem=undrawn[number], overview=_OVERVIEW)
            (folder / f"{number}.html").write_text(page, encoding="utf-8")
    return undrawn
