"""The nightly archive of all companies' lists, `submissions.zip`, read member by member.

It holds the files of `company_filings` for every company that ever filed, nearly a million members in 1.6 GB.
One member is unpacked at a time; what stays in memory is the archive's table of contents.
"""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.edgar.discovery.company_filings import MAIN_FILE, exit_filings, read_company
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.items import EXIT_ITEM

MOST_MEMBER_BYTES = 1 << 28
"""Far above the largest list; a member that unpacks to more is none."""

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def exit_filings_in(path: Path, ask_for: Callable[[str], Any]) -> Iterator[IndexedFiling]:
    """All 8-K and 8-K/A with Item 2.05, of all months, a row for each company that filed it.

    Every member that is read is checked against its CRC.

    Args:
        path: the archive.
        ask_for: gives a file of older filings that a company's list names and the archive does not have.

    Raises:
        ValueError: it is no zip archive, or a member is damaged or no list; with the member.
    """
    companies = 0
    with _reading("its table of contents"):
        archive = zipfile.ZipFile(path)
    with archive:
        for info in archive.infolist():
            main = MAIN_FILE.fullmatch(info.filename)
            if main:
                companies += 1
                yield from _company_rows(archive, info, main[1], ask_for)
    if not companies:
        raise ValueError("it has no company's list of filings")


def _company_rows(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, cik: str, ask_for: Callable[[str], Any]
) -> Iterator[IndexedFiling]:
    """The rows of a company's files.

    A file without the bytes of the item number has no such item, and most companies have none: parsing
    them all would take longer than unpacking them.
    """
    with _reading(info.filename):
        data = _read(archive, info)
        if not _may_have_item(data) and b"-submissions-" not in data:
            return
        company = read_company(json.loads(data), cik)
        rows = list(exit_filings(company, company.recent))
    for file in company.older_files:
        with _reading(file.name):
            if file.name not in archive.NameToInfo:
                rows += exit_filings(company, ask_for(file.name))
                continue
            data = _read(archive, archive.getinfo(file.name))
            if _may_have_item(data):
                rows += exit_filings(company, json.loads(data))
    yield from rows


@contextmanager
def _reading(member: str) -> Iterator[None]:
    """Name the member in what is wrong with it."""
    try:
        yield
    except (*_DAMAGED, ValueError) as problem:
        raise ValueError(f"{member}: {problem}") from problem


def _may_have_item(data: bytes) -> bool:
    return EXIT_ITEM.encode() in data


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > MOST_MEMBER_BYTES:
        raise ValueError(f"it would unpack to {info.file_size:,} bytes")
    return archive.read(info)
