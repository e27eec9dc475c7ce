"""The index of a month: which filings it has, as of all times that it was asked for.

A month that is asked for again gains what is new. A filing that is no longer listed stays, with the day since
when, because what was published from it stays too. An answer for some companies is added to what is known of
the others, and a month of which only some companies were ever asked for says so.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.edgar.discovery import Attempt, Discovery
from pipeline.edgar.discovery.question import registrants
from pipeline.edgar.indexed_filing import IndexedFiling, from_json_row, to_json_row
from pipeline.edgar.source import SAMPLE


@dataclass(frozen=True, slots=True)
class NoLongerListed:
    """A filing that was listed once and then was not."""

    since: dt.date
    """The day on which it was first found missing."""
    method: str
    """What no longer lists it."""


@dataclass(frozen=True, slots=True)
class MonthIndex:
    """A month's filings and how they are known."""

    month: str
    filings: tuple[IndexedFiling, ...]
    """By accession number; those that are no longer listed are among them."""
    source: str | None = None
    """None in an index of before sources were noted."""
    method: str | None = None
    """The method that answered last, after the `attempts`."""
    attempts: tuple[Attempt, ...] = ()
    companies: frozenset[str] | None = None
    """The only companies (ten-digit CIKs) that were ever asked for; None: the whole market was."""
    no_longer_listed: Mapping[str, NoLongerListed] = field(default_factory=dict)
    """By accession number."""

    def to_json(self) -> dict[str, Any]:
        """The index as plain values; the same filings give the same."""
        return {
            "month": self.month,
            "source": self.source,
            "method": self.method,
            "attempts": [{"method": a.method, "problem": a.problem} for a in self.attempts],
            "companies": None if self.companies is None else sorted(self.companies),
            "no_longer_listed": {
                accession: {"since": gone.since.isoformat(), "method": gone.method}
                for accession, gone in sorted(self.no_longer_listed.items())
            },
            "filings": [to_json_row(filing) for filing in self.filings],
        }


def read_index(data: bytes) -> MonthIndex:
    """The index back from its file; KeyError, TypeError or ValueError for anything else."""
    stored = json.loads(data)
    companies = stored.get("companies")
    return MonthIndex(
        month=stored["month"],
        filings=tuple(from_json_row(row) for row in stored["filings"]),
        source=stored.get("source"),
        method=stored.get("method"),
        attempts=tuple(Attempt(**attempt) for attempt in stored.get("attempts", ())),
        companies=None if companies is None else frozenset(companies),
        no_longer_listed={
            accession: NoLongerListed(dt.date.fromisoformat(gone["since"]), gone["method"])
            for accession, gone in stored.get("no_longer_listed", {}).items()
        },
    )


def updated(known: MonthIndex | None, month: str, answer: Discovery, today: dt.date) -> MonthIndex:
    """What is known of a month after an answer."""
    if known is None or known.source is None or (known.source == SAMPLE) != (answer.source == SAMPLE):
        # Samples, most of them invented, are no filings of another source, nor the other way round.
        known = MonthIndex(month, ())
        companies = answer.companies
    else:
        companies = _together(known.companies, answer.companies)
    before = {filing.accession_number: filing for filing in known.filings}
    now = {filing.accession_number: filing for filing in answer.filings}
    missing = {
        accession: known.no_longer_listed.get(accession) or NoLongerListed(today, answer.method)
        for accession, filing in before.items()
        if accession not in now and _is_covered(filing, answer)
    }
    untouched = {
        accession: gone
        for accession, gone in known.no_longer_listed.items()
        if accession not in now and accession not in missing
    }
    filings = before | {
        accession: _fuller(before.get(accession), filing) for accession, filing in now.items()
    }
    return MonthIndex(
        month=month,
        filings=tuple(filing for _, filing in sorted(filings.items())),
        source=answer.source,
        method=answer.method,
        attempts=answer.attempts,
        companies=companies,
        no_longer_listed=untouched | missing,
    )


def _together(known: frozenset[str] | None, asked: frozenset[str] | None) -> frozenset[str] | None:
    return None if known is None or asked is None else known | asked


def _is_covered(filing: IndexedFiling, answer: Discovery) -> bool:
    """Whether the answer would have the filing if it were listed."""
    return filing.filed_date <= answer.known_through and (
        answer.companies is None or bool(answer.companies & registrants(filing))
    )


def _fuller(known: IndexedFiling | None, found: IndexedFiling) -> IndexedFiling:
    """The filing as found, with what only another list says of it.

    The indexes have neither tickers nor document names, and a company's own list does not name the others
    that filed with it.
    """
    if known is None:
        return found
    found = replace(
        found,
        tickers=found.tickers or known.tickers,
        primary_document=found.primary_document or known.primary_document,
    )
    if registrants(found) < registrants(known):
        return replace(
            found,
            cik=known.cik,
            company_name=known.company_name,
            tickers=known.tickers,
            co_registrants=known.co_registrants,
            source_url=known.source_url,
        )
    return found
