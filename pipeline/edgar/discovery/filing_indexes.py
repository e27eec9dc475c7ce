"""EDGAR's indexes with the header of each candidate: the last resort, and the audit of all others.

The quarterly index has all filings, those since removed left out; what came after the last day that it has
stands in daily indexes. Neither has items, so that the header of every 8-K has to be read: some 6,000
requests for a month of the whole market, a few for a watch list.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from pipeline.edgar.discovery.candidate_headers import Candidate, read_headers
from pipeline.edgar.discovery.index_files import Index, IndexRow, read_index_file
from pipeline.edgar.discovery.question import (
    EXIT_FORMS,
    Found,
    Method,
    Question,
    submission_address,
)
from pipeline.edgar.header import Header
from pipeline.edgar.indexed_filing import CoRegistrant, IndexedFiling
from pipeline.edgar.source import ARCHIVE_URL
from pipeline.errors import NotFoundError, SourceError

_SATURDAY = 5
_DAY_OF_NAME = re.compile(r"master\.(\d{8})\.idx")


def _find(question: Question) -> Found:
    rows, known_through = _rows(question)
    listed: dict[str, list[IndexRow]] = {}
    for row in rows:
        if question.first_day <= row.filed_date <= question.last_day:
            listed.setdefault(row.accession_number, []).append(row)
    candidates = [
        Candidate(accession, tuple(dict.fromkeys(row.cik for row in filers)))
        for accession, filers in sorted(listed.items())
        if question.companies is None or question.companies & {row.cik for row in filers}
    ]
    filings = [
        _filing(listed[candidate.accession_number], header)
        for candidate, header in read_headers(question, candidates)
        if header is not None
    ]
    return Found(tuple(filing for filing in filings if question.asks_for(filing)), known_through)


FILING_INDEXES = Method("filing indexes", _find)


def _filing(rows: Sequence[IndexRow], header: Header) -> IndexedFiling:
    """A filing from its rows, one for each filer, and its header, which has their order."""
    filers = [CoRegistrant(filer.cik, filer.name) for filer in header.registrants]
    if not filers:
        filers = [CoRegistrant(row.cik, row.company_name) for row in rows]
    row, (first, *others) = rows[0], filers
    return IndexedFiling(
        accession_number=row.accession_number,
        cik=first.cik,
        company_name=first.name,
        tickers=(),
        co_registrants=tuple(others),
        form_type=row.form_type,
        filed_date=row.filed_date,
        report_date=header.report_date,
        items=header.items,
        primary_document=None,
        source_url=submission_address(first.cik, row.accession_number),
    )


def _rows(question: Question) -> tuple[list[IndexRow], dt.date]:
    """The month's rows, and the last day on which all are there."""
    end = min(question.last_day, question.today)
    rows: list[IndexRow] = []
    known_through = question.first_day - dt.timedelta(days=1)
    quarterly = _quarterly_index(question)
    if quarterly is not None:
        rows += quarterly.rows
        if quarterly.received is not None:
            known_through = min(end, max(known_through, quarterly.received))
    for day in _days_with_an_index(question, known_through + dt.timedelta(days=1), end):
        daily = _read(question, _daily_address(day))
        if daily is not None:  # no index: a holiday, or today's is not there yet
            rows += daily.rows
            known_through = day
    if quarterly is None and known_through < question.first_day:
        raise SourceError(f"there is neither a quarterly nor a daily index of {question.month}.")
    is_over = question.today > question.last_day
    return rows, question.last_day if is_over and known_through >= _last_weekday(end) else known_through


def _quarterly_index(question: Question) -> Index | None:
    folder = f"{ARCHIVE_URL}/full-index/{_quarter(question.first_day)}"
    try:
        index = _read(question, f"{folder}/master.idx")
    except SourceError as problem:
        if not isinstance(problem.__cause__, ValueError):
            raise
        return _read(question, f"{folder}/form.idx")  # the same rows, written apart
    return index or _read(question, f"{folder}/form.idx")


def _days_with_an_index(question: Question, start: dt.date, end: dt.date) -> Iterator[dt.date]:
    """The days for which EDGAR lists an index; where it does not list them, all but weekends."""
    if start > end:
        return
    address = f"{ARCHIVE_URL}/daily-index/{_quarter(start)}/index.json"
    days = [start + dt.timedelta(days=number) for number in range((end - start).days + 1)]
    try:
        listing = question.session.get_json(address)
        names = [str(file["name"]) for file in listing["directory"]["item"]]
    except NotFoundError:
        yield from (day for day in days if day.weekday() < _SATURDAY)
        return
    except (LookupError, TypeError) as problem:
        named = question.session.source.describe(address)
        raise SourceError(f"{named} is no list of daily indexes ({problem!r}).") from problem
    listed = {found[1] for name in names if (found := _DAY_OF_NAME.fullmatch(name))}
    yield from (day for day in days if f"{day:%Y%m%d}" in listed)


def _read(question: Question, address: str) -> Index | None:
    """The index at an address, None where there is none."""
    try:
        return read_index_file(question.session.get(address), EXIT_FORMS)
    except NotFoundError:
        return None
    except ValueError as problem:
        named = question.session.source.describe(address)
        raise SourceError(f"{named} is no index that can be relied on: {problem}.") from problem


def _daily_address(day: dt.date) -> str:
    return f"{ARCHIVE_URL}/daily-index/{_quarter(day)}/master.{day:%Y%m%d}.idx"


def _quarter(day: dt.date) -> str:
    return f"{day.year:04d}/QTR{(day.month + 2) // 3}"


def _last_weekday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
