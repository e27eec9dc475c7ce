"""The bulk archive as a source: downloaded once, read once, and then an answer for any number of months.

    raw/bulk/exit_filings.json   all 8-Ks with Item 2.05 in the archive, by month, and which archive it was

The archive itself is removed when it was read: it is as large as everything else together, and EDGAR makes a
new one every night.
"""

import datetime as dt
import email.utils
import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from upath import UPath

from pipeline.edgar.discovery.bulk_archive import exit_filings_in
from pipeline.edgar.discovery.company_filings import fold
from pipeline.edgar.discovery.question import Found, Method, Question
from pipeline.edgar.indexed_filing import IndexedFiling, from_json_row, to_json_row
from pipeline.edgar.large_file import FileState, fetch_large_file, remove_large_file
from pipeline.edgar.manifest import to_json
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import ARCHIVE_URL, SUBMISSIONS_URL
from pipeline.errors import SourceError
from pipeline.files import local_path, read_bytes, remove_leftovers, write_atomically
from pipeline.locks import only_writer
from pipeline.months import eastern_day, month_of

BULK_ADDRESS = f"{ARCHIVE_URL}/daily-index/bulkdata/submissions.zip"
WORTH_IT_REQUESTS = 3_600
"""To other lists, which at the SEC's limit take longer than the download at a few megabytes a second."""
SEARCH_REQUESTS = 300
"""That the search takes for a month of the whole market."""
GOOD_FOR = dt.timedelta(days=1)
"""The archive is made anew every night."""

_LONGEST_DOWNLOAD_SECONDS = 4 * 3600.0
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class BulkTable:
    """What an archive had, and which one it was."""

    source: str
    etag: str | None
    last_modified: str | None
    sha256: str
    bytes: int
    checked_on: dt.date
    """The day on which EDGAR last said that this was its archive."""
    known_through: dt.date
    """The last day of filing of which the archive has everything: that before the night it was made."""
    rows: Mapping[str, Sequence[IndexedFiling]]
    """By month of filing, a row for each company that filed."""


def _find(question: Question) -> Found:
    table = up_to_date_table(question.session, question.home, question.today)
    if table.known_through < question.first_day:
        raise SourceError(f"the archive ends on {table.known_through}, before {question.month}.")
    rows = table.rows.get(question.month, ())
    wanted = [row for row in rows if question.companies is None or row.cik in question.companies]
    filings = tuple(filing for filing in fold(wanted) if question.asks_for(filing))
    return Found(filings, min(question.last_day, table.known_through))


BULK_ARCHIVE = Method("bulk archive", _find)


def is_at_hand(question: Question) -> bool:
    """Whether the archive was read lately enough to answer without any request."""
    table = _read_table(question.home)
    return (
        table is not None
        and _is_current(table, question.session, question.today)
        and table.known_through >= question.last_day
    )


def is_worth_it(months: int, companies: int) -> bool:
    """Whether the archive is cheaper than asking for so many months, of so many companies (0: the market)."""
    requests = min(SEARCH_REQUESTS, 2 * companies) if companies else SEARCH_REQUESTS
    return months * requests >= WORTH_IT_REQUESTS


def up_to_date_table(session: EdgarSession, home: UPath, today: dt.date) -> BulkTable:
    """The table of an archive that EDGAR called its own within a day; downloaded and read if need be.

    Raises:
        BlockedError, SourceError: the archive could not be had, or is damaged.
        StorageError: it cannot be kept, or another process has been at it for hours.
    """
    lock = home / "raw" / "bulk" / "exit_filings.lock"
    with only_writer(lock, "the table of the bulk archive", _LONGEST_DOWNLOAD_SECONDS):
        remove_leftovers(_table_path(home))
        table = _read_table(home)
        if table is None or not _is_current(table, session, today):
            table = _renewed(session, home, today, table)
        return table


def _renewed(session: EdgarSession, home: UPath, today: dt.date, known: BulkTable | None) -> BulkTable:
    """The table as EDGAR has it today. The archive is removed last: a run killed before reads it again."""
    if known is not None and known.source != session.source.name:
        known = None
    folder = local_path(home / "raw" / "bulk") or Path(tempfile.gettempdir()) / "exit-charges"
    target = folder / "submissions.zip"
    state = fetch_large_file(session, BULK_ADDRESS, target, known.etag if known else None)
    named = session.source.describe(BULK_ADDRESS)
    if state is None:
        if known is None:
            raise SourceError(f"{named} says that it is unchanged, though it was not asked for before.")
        table = replace(known, checked_on=today)
        write_atomically(_table_path(home), _table_to_json(table))
        return table

    def ask_for(name: str) -> Any:
        return session.get_json(f"{SUBMISSIONS_URL}/{name}")

    try:
        rows = sorted(exit_filings_in(target, ask_for), key=_order)
    except ValueError as problem:
        remove_large_file(target)
        what = f"{named} is damaged ({problem}); it is downloaded anew the next time."
        raise SourceError(what) from problem
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    table = BulkTable(
        source=session.source.name,
        etag=state.etag,
        last_modified=state.last_modified,
        sha256=digest,
        bytes=target.stat().st_size,
        checked_on=today,
        known_through=_known_through(state, today),
        rows={month: list(group) for month, group in groupby(rows, key=lambda row: month_of(row.filed_date))},
    )
    write_atomically(_table_path(home), _table_to_json(table))
    remove_large_file(target)
    return table


def _order(row: IndexedFiling) -> tuple[dt.date, str, str]:
    return row.filed_date, row.accession_number, row.cik


def _known_through(state: FileState, today: dt.date) -> dt.date:
    """The day before the archive was made: if it does not say when, last night or the one before."""
    try:
        made = eastern_day(email.utils.parsedate_to_datetime(state.last_modified or ""))
    except ValueError:
        made = today - dt.timedelta(days=1)
    return made - dt.timedelta(days=1)


def _is_current(table: BulkTable, session: EdgarSession, today: dt.date) -> bool:
    return table.source == session.source.name and today - table.checked_on <= GOOD_FOR


def _table_path(home: UPath) -> UPath:
    return home / "raw" / "bulk" / "exit_filings.json"


def _table_to_json(table: BulkTable) -> bytes:
    facts: dict[str, Any] = asdict(replace(table, rows={}))
    facts |= {
        "format": _FORMAT,
        "checked_on": table.checked_on.isoformat(),
        "known_through": table.known_through.isoformat(),
        "rows": {month: [to_json_row(row) for row in rows] for month, rows in table.rows.items()},
    }
    return to_json(facts)


def _read_table(home: UPath) -> BulkTable | None:
    """The table, None where there is none; one of another format or damaged is made anew."""
    data = read_bytes(_table_path(home))
    try:
        facts = json.loads(data or b"{}")
        if facts.pop("format") != _FORMAT:
            return None
        return BulkTable(
            **facts
            | {
                "checked_on": dt.date.fromisoformat(facts["checked_on"]),
                "known_through": dt.date.fromisoformat(facts["known_through"]),
                "rows": {
                    month: [from_json_row(row) for row in rows] for month, rows in facts["rows"].items()
                },
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
