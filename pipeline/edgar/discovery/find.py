"""Asking the sources one after the other, cheapest first, until one answers completely."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from upath import UPath

from pipeline.edgar.discovery.bulk_table import BULK_ARCHIVE, is_at_hand
from pipeline.edgar.discovery.filing_indexes import FILING_INDEXES
from pipeline.edgar.discovery.full_text_search import FULL_TEXT_SEARCH
from pipeline.edgar.discovery.question import Method, Question
from pipeline.edgar.discovery.submissions_data import SUBMISSIONS_DATA
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.session import EdgarSession
from pipeline.errors import BlockedError, SourceError, StorageError
from pipeline.months import eastern_today


@dataclass(frozen=True, slots=True)
class Attempt:
    """A source that was asked and gave no complete answer."""

    method: str
    problem: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """Which filings a month has, and how that is known."""

    filings: tuple[IndexedFiling, ...]
    """By accession number."""
    source: str
    """`live`, `sample` or a base URL."""
    method: str
    attempts: tuple[Attempt, ...]
    """What was asked before, and why each was given up."""
    known_through: dt.date
    """The last day of filing on which the method had everything when it was asked."""
    companies: frozenset[str] | None = None
    """Ten-digit CIKs to which the question was narrowed; None: the whole market."""


def find_filings(
    session: EdgarSession,
    month: str,
    home: UPath,
    *,
    companies: frozenset[str] | None = None,
    today: dt.date | None = None,
) -> Discovery:
    """All 8-K and 8-K/A of a month whose items contain 2.05.

    A block ends the asking: to go on with another source would prolong it.

    Args:
        session: a session with the source.
        month: YYYY-MM; one that still runs is asked for up to today.
        home: where sources keep what is costly to ask for again.
        companies: ten-digit CIKs to which the question is narrowed.
        today: by EDGAR's calendar; without it, the clock's.

    Raises:
        ConfigurationError: `month` is malformed.
        BlockedError: the source refuses to answer for now.
        SourceError: no method gave a complete answer; the message has each one's reason.
    """
    question = Question(session, month, home, today or eastern_today(), companies)
    return ask_in_turn(question, methods_for(question))


def methods_for(question: Question) -> Sequence[Method]:
    """The methods that can answer, by what they cost.

    For the whole market: the search (some 300 requests a month), the bulk archive (one request, of 1.6 GB),
    the indexes (a request for each of some 6,000 8-Ks). For a watch list: the companies' own lists, the
    indexes with the headers of these companies alone, and then those that look at the whole market. A bulk
    archive that was read within a day costs nothing.
    """
    if question.companies is None:
        methods = [FULL_TEXT_SEARCH, BULK_ARCHIVE, FILING_INDEXES]
    else:
        methods = [SUBMISSIONS_DATA, FILING_INDEXES, FULL_TEXT_SEARCH, BULK_ARCHIVE]
    return sorted(methods, key=lambda method: method is not BULK_ARCHIVE) if is_at_hand(question) else methods


def ask_in_turn(question: Question, methods: Sequence[Method]) -> Discovery:
    """The answer of the first method that has one.

    Raises:
        BlockedError, SourceError: as `find_filings` does.
    """
    attempts: list[Attempt] = []
    for method in methods:
        try:
            found = method.find(question)
        except BlockedError:
            raise
        except (SourceError, StorageError) as problem:  # an archive of 1.6 GB may find no room
            attempts.append(Attempt(method.name, str(problem)))
            continue
        return Discovery(
            filings=tuple(sorted(found.filings, key=lambda filing: filing.accession_number)),
            source=question.session.source.name,
            method=method.name,
            attempts=tuple(attempts),
            known_through=found.known_through,
            companies=question.companies,
        )
    reasons = " ".join(f"{attempt.method}: {attempt.problem}" for attempt in attempts)
    raise SourceError(
        f"No source says which filings {question.month} has; run again later. What each answered: {reasons}"
    )
