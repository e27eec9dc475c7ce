"""A company's list of filings, as data.sec.gov and the bulk archive give it.

`CIK##########.json` has the company's facts and its newest filings, some 1,000 of them, as parallel arrays
under `filings.recent`; `filings.files` names the files of older ones, `CIK##########-submissions-001.json`
and so on, which have the same arrays at top level. `acceptanceDateTime` is now and then Eastern time marked
Z: the day of filing is `filingDate`, and nothing else is relied on.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.edgar.discovery.question import EXIT_FORMS, submission_address
from pipeline.edgar.indexed_filing import CoRegistrant, IndexedFiling
from pipeline.edgar.items import EXIT_ITEM

MAIN_FILE = re.compile(r"CIK(\d{10})\.json")
OLDER_FILE = re.compile(r"CIK(\d{10})-submissions-\d{3,4}\.json")

_ACCESSION_NUMBER = re.compile(r"\d{10}-\d{2}-\d{6}")
_COLUMNS = ("accessionNumber", "form", "items", "filingDate", "reportDate", "primaryDocument")


@dataclass(frozen=True, slots=True)
class OlderFile:
    """A file of older filings, and the days between which they were filed, where it says so."""

    name: str
    first: dt.date | None
    last: dt.date | None

    def may_have(self, start: dt.date, end: dt.date) -> bool:
        return (self.first is None or self.first <= end) and (self.last is None or start <= self.last)


@dataclass(frozen=True, slots=True)
class CompanyList:
    """What the main file of a company says."""

    cik: str
    name: str
    tickers: tuple[str, ...]
    recent: Mapping[str, Any]
    older_files: tuple[OlderFile, ...]


def read_company(data: Any, cik: str) -> CompanyList:
    """The main file of the company with this ten-digit CIK.

    Raises:
        ValueError: it is no such file, with what is wrong in a few words.
    """
    try:
        found = str(data["cik"]).zfill(10)
        filings = data["filings"]
        company = CompanyList(
            cik=found,
            name=str(data["name"]),
            tickers=tuple(str(ticker) for ticker in data.get("tickers") or () if ticker),
            recent=filings["recent"],
            older_files=tuple(_older_file(file, cik) for file in filings["files"]),
        )
    except (LookupError, TypeError, AttributeError) as problem:
        raise ValueError(f"it has no company with filings ({problem!r})") from problem
    if found != cik:
        raise ValueError(f"it is the list of CIK {found}")
    return company


def exit_filings(company: CompanyList, columns: Mapping[str, Any]) -> Iterator[IndexedFiling]:
    """The 8-K and 8-K/A with Item 2.05 in the arrays of one of the company's files.

    Raises:
        ValueError: the arrays are missing, not parallel, or hold something else; with the row.
    """
    try:
        arrays = [columns[name] for name in _COLUMNS]
        lengths = {name: len(array) for name, array in zip(_COLUMNS, arrays, strict=True)}
    except (LookupError, TypeError) as problem:
        raise ValueError(f"it lacks the array {problem}") from problem
    if len(set(lengths.values())) > 1:
        raise ValueError(f"its arrays are not parallel: {lengths}")
    for number, row in enumerate(zip(*arrays, strict=True), 1):
        accession, form, items, filed, reported, document = row
        try:
            numbers = tuple(item.strip() for item in (items or "").split(",") if item.strip())
            if form not in EXIT_FORMS or EXIT_ITEM not in numbers:
                continue
            if not _ACCESSION_NUMBER.fullmatch(accession):
                raise ValueError("no accession number")
            yield IndexedFiling(
                accession_number=accession,
                cik=company.cik,
                company_name=company.name,
                tickers=company.tickers,
                co_registrants=(),
                form_type=form,
                filed_date=dt.date.fromisoformat(filed),
                report_date=dt.date.fromisoformat(reported) if reported else None,
                items=numbers,
                primary_document=document or None,
                source_url=submission_address(company.cik, accession),
            )
        except (TypeError, ValueError, AttributeError) as problem:
            raise ValueError(f"row {number}, {row!r}, cannot be read ({problem})") from problem


def fold(rows: Iterable[IndexedFiling]) -> list[IndexedFiling]:
    """Filings by accession number, from one row for each company that filed it.

    The lists don't say which registrant is the first. It is taken to be the one that submitted the filing
    itself, since then its CIK begins the accession number, else the one with the lowest CIK.
    """
    by_accession: dict[str, dict[str, IndexedFiling]] = {}
    for row in rows:
        by_accession.setdefault(row.accession_number, {}).setdefault(row.cik, row)
    folded = []
    for accession, by_cik in sorted(by_accession.items()):
        first, *others = sorted(by_cik.values(), key=lambda row: (row.cik != accession[:10], row.cik))
        co_registrants = tuple(CoRegistrant(other.cik, other.company_name) for other in others)
        folded.append(replace(first, co_registrants=co_registrants))
    return folded


def _older_file(file: Mapping[str, Any], cik: str) -> OlderFile:
    """An older file by its entry; a name that is not of its form never becomes part of an address."""
    name = str(file["name"])
    named = OLDER_FILE.fullmatch(name)
    if not named or named[1] != cik:
        raise LookupError(f"an older file named {name!r}")
    return OlderFile(name, _date(file.get("filingFrom")), _date(file.get("filingTo")))


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
