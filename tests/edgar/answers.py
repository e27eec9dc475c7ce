"""Answers of discovery, made up."""

import datetime as dt
from collections.abc import Sequence

from pipeline.edgar.discovery import Discovery
from pipeline.edgar.indexed_filing import IndexedFiling


def answer(filings: Sequence[IndexedFiling], *companies: str, **facts: object) -> Discovery:
    """An answer with these filings, for the whole market or some companies; `facts` are further fields."""
    known: dict[str, object] = {
        "source": "live",
        "method": "full-text search",
        "attempts": (),
        "known_through": dt.date(2099, 12, 31),
        "companies": frozenset(companies) or None,
    }
    return Discovery(filings=tuple(filings), **(known | facts))  # type: ignore[arg-type]
