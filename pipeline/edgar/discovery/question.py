"""What a source of discovery is asked, and what it answers."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from upath import UPath

from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.items import EXIT_ITEM
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import ARCHIVE_URL
from pipeline.months import first_day, last_day, month_of

EXIT_FORMS = ("8-K", "8-K/A")


@dataclass(frozen=True, slots=True)
class Question:
    """Which 8-K and 8-K/A with Item 2.05 were filed in a month?"""

    session: EdgarSession
    month: str
    home: UPath
    """Where sources keep what is costly to ask for again."""
    today: dt.date
    """By EDGAR's calendar, which is that of the US East Coast."""
    companies: frozenset[str] | None = None
    """Ten-digit CIKs to which the question is narrowed; None: the whole market."""

    @property
    def first_day(self) -> dt.date:
        return first_day(self.month)

    @property
    def last_day(self) -> dt.date:
        return last_day(self.month)

    def asks_for(self, filing: IndexedFiling) -> bool:
        """Whether a filing is part of the answer."""
        return (
            filing.form_type in EXIT_FORMS
            and EXIT_ITEM in filing.items
            and month_of(filing.filed_date) == self.month
            and (self.companies is None or bool(self.companies & registrants(filing)))
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A source's answer; it is complete up to `known_through`."""

    filings: tuple[IndexedFiling, ...]
    known_through: dt.date
    """The last day of filing on which the source had everything when it was asked."""


@dataclass(frozen=True, slots=True)
class Method:
    """A source of discovery."""

    name: str
    """As messages, metadata and the month's index name it."""
    find: Callable[[Question], Found]
    """Raises BlockedError or SourceError where there is no complete answer."""


def registrants(filing: IndexedFiling) -> frozenset[str]:
    """The CIKs of all registrants of a filing."""
    return frozenset({filing.cik, *(other.cik for other in filing.co_registrants)})


def submission_address(cik: str, accession_number: str) -> str:
    """Where EDGAR keeps a whole submission: under the registrant's number, never the filing agent's."""
    return f"{ARCHIVE_URL}/data/{int(cik)}/{accession_number}.txt"
