"""EDGAR's full-text search: market-wide and up to the minute, some 300 requests a month of filings.

The search answers with documents, a page at a time, and counts 10,000 hits at most; it may ignore
parameters that it does not know. So it is asked for all 8-Ks of the days, and its hits are filtered and
folded into filings here.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.edgar.discovery.question import (
    EXIT_FORMS,
    Found,
    Method,
    Question,
    submission_address,
)
from pipeline.edgar.indexed_filing import CoRegistrant, IndexedFiling
from pipeline.edgar.items import EXIT_ITEM
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import SEARCH_URL, Source
from pipeline.errors import SourceError

_ACCESSION_NUMBER = re.compile(r"\d{10}-\d{2}-\d{6}")
_DISPLAY_NAME = re.compile(r"(?P<name>.*?)(?:\s{2,}\((?P<tickers>[^()]+)\))?\s+\(CIK (?P<cik>\d{10})\)\s*")


def _find(question: Question) -> Found:
    """All 8-K and 8-K/A of the month whose items contain 2.05; a month that still runs, up to now."""
    session, known_through = question.session, min(question.last_day, question.today)
    filings, has_items = _filings(session, question.first_day, question.last_day)
    if session.source.is_live and question.last_day < question.today and not has_items:
        raise _malformed(session.source, f"it knows no 8-K with items at all of {question.month}")
    return Found(tuple(filing for filing in filings if question.asks_for(filing)), known_through)


def filed_on(session: EdgarSession, day: dt.date) -> list[IndexedFiling]:
    """All 8-K and 8-K/A of a day whose items contain 2.05, as far as the search has them.

    Raises:
        BlockedError, SourceError: the search gave no complete answer.
    """
    return _filings(session, day, day)[0]


def _filings(session: EdgarSession, start: dt.date, end: dt.date) -> tuple[list[IndexedFiling], bool]:
    """The filings of the days, and whether the search knows items of any 8-K at all."""
    documents: dict[str, list[Mapping[str, Any]]] = {}
    has_items = False
    for hit in _search(session, start, end):
        facts = hit["_source"]
        try:
            items = _items(facts)
            has_items = has_items or bool(items)
            if _form(facts) in EXIT_FORMS and EXIT_ITEM in items:
                documents.setdefault(facts["adsh"], []).append(hit)
        except (KeyError, TypeError, AttributeError) as problem:
            what = f"{_id(hit)} lacks its form, items or accession number"
            raise _malformed(session.source, what) from problem
    return [_fold(session.source, sorted(hits, key=_id)) for _, hits in sorted(documents.items())], has_items


FULL_TEXT_SEARCH = Method("full-text search", _find)


def _search(session: EdgarSession, start: dt.date, end: dt.date) -> Iterator[Mapping[str, Any]]:
    """Every hit between two days, each once; a span with too many hits is asked for in halves."""
    hits = _read_span(session, start, end)
    if hits is not None:
        yield from hits
    elif start < end:
        middle = start + (end - start) // 2
        yield from _search(session, start, middle)
        yield from _search(session, middle + dt.timedelta(days=1), end)
    else:
        raise _malformed(session.source, f"it stops counting the hits of the single day {start}")


def _read_span(session: EdgarSession, start: dt.date, end: dt.date) -> list[Mapping[str, Any]] | None:
    """The span's hits, or None where there are more than the search counts.

    Pages can shift while they are read, so that one hit comes twice and another not at all: the span is then
    read once more, and what both readings found is taken together.
    """
    found: dict[str, Mapping[str, Any]] = {}
    total = 0
    for _ in range(2):
        offset, total = 0, 1
        while offset < total:
            page, total, capped = _read_page(session, start, end, offset)
            if capped:
                return None
            if not page:
                break
            found.update((hit["_id"], hit) for hit in page)
            offset += len(page)
        if len(found) >= total:
            return list(found.values())
    raise _malformed(
        session.source, f"from {start} to {end} it announced {total} hits and gave {len(found)}; run again"
    )


def _read_page(
    session: EdgarSession, start: dt.date, end: dt.date, offset: int
) -> tuple[Sequence[Mapping[str, Any]], int, bool]:
    """A page of hits, the total that the search counts, and whether it stopped counting."""
    query = {
        "q": "",
        "forms": "8-K",
        "dateRange": "custom",
        "startdt": start.isoformat(),
        "enddt": end.isoformat(),
        "from": str(offset),
    }
    answer = session.get_json(SEARCH_URL, query)
    if _is_partial(answer):  # now and then some of the search's machines are late
        answer = session.get_json(SEARCH_URL, query)
    if _is_partial(answer):
        what = f"the page at {offset} of {start} to {end} was twice answered by a part of its machines"
        raise _malformed(session.source, what)
    try:
        total, page = answer["hits"]["total"], answer["hits"]["hits"]
        outside = [hit["_id"] for hit in page if not str(start) <= hit["_source"]["file_date"] <= str(end)]
        value, capped = int(total["value"]), total["relation"] != "eq"
    except (KeyError, TypeError, ValueError) as problem:
        what = f"the page at {offset} of {start} to {end} has no hits and total"
        raise _malformed(session.source, what) from problem
    if outside:
        what = f"asked for {start} to {end}, it gave {outside[0]}, filed on another day"
        raise _malformed(session.source, what)
    return page, value, capped


def _is_partial(answer: Any) -> bool:
    """Whether the search says itself that its hits may not be all."""
    if not isinstance(answer, Mapping):
        return False
    shards = answer.get("_shards")
    failed = shards.get("failed") if isinstance(shards, Mapping) else 0
    return bool(answer.get("timed_out") or failed)


def _fold(source: Source, hits: Sequence[Mapping[str, Any]]) -> IndexedFiling:
    """One filing from the hits on its documents."""
    facts = hits[0]["_source"]
    accession = facts["adsh"]
    try:
        if not _ACCESSION_NUMBER.fullmatch(accession):
            raise ValueError("no accession number")
        registrants = [_registrant(name) for name in facts["display_names"]]
        (company, tickers), others = registrants[0], registrants[1:]
        return IndexedFiling(
            accession_number=accession,
            cik=company.cik,
            company_name=company.name,
            tickers=tickers,
            co_registrants=tuple(other for other, _ in others),
            form_type=_form(facts),
            filed_date=dt.date.fromisoformat(facts["file_date"]),
            report_date=dt.date.fromisoformat(facts["period_ending"]) if facts.get("period_ending") else None,
            items=_items(facts),
            primary_document=_primary_document(hits),
            source_url=submission_address(company.cik, accession),
        )
    except (KeyError, TypeError, ValueError, IndexError) as problem:
        raise _malformed(
            source, f"the filing {accession} lacks its registrant or a date ({problem})"
        ) from problem


def _registrant(display_name: str) -> tuple[CoRegistrant, tuple[str, ...]]:
    """Registrant, tickers from "NAME  (TICK, TICK2)  (CIK 0000000000)"; a name may hold parentheses too."""
    written = _DISPLAY_NAME.fullmatch(display_name)
    if not written:
        raise ValueError(f"unknown form of name: {display_name!r}")
    tickers = tuple(ticker.strip() for ticker in (written["tickers"] or "").split(",") if ticker.strip())
    return CoRegistrant(written["cik"], written["name"].strip()), tickers


def _form(facts: Mapping[str, Any]) -> str:
    """The form type; newer answers list `root_forms`, older ones have one `root_form`."""
    form = facts.get("form") or facts.get("root_form") or facts["root_forms"][0]
    return str(form)


def _items(facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(item).strip() for item in facts["items"] or ())


def _primary_document(hits: Iterable[Mapping[str, Any]]) -> str | None:
    """The file name of the document that is the form itself, where the search has it."""
    for hit in hits:
        if hit["_source"].get("file_type") in EXIT_FORMS:
            return _id(hit).partition(":")[2] or None
    return None


def _id(hit: Mapping[str, Any]) -> str:
    return str(hit["_id"])


def _malformed(source: Source, what: str) -> SourceError:
    return SourceError(f"{source.describe(SEARCH_URL)}, the full-text search, cannot be relied on: {what}.")
