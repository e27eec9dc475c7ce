"""A filing as an index knows it, before anything of it was fetched."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CoRegistrant:
    cik: str
    """Ten digits."""
    name: str


@dataclass(frozen=True, slots=True)
class IndexedFiling:
    """What is known of a filing from where it is listed."""

    accession_number: str
    cik: str
    """The first registrant's, ten digits."""
    company_name: str
    tickers: tuple[str, ...]
    co_registrants: tuple[CoRegistrant, ...]
    form_type: str
    filed_date: dt.date
    report_date: dt.date | None
    items: tuple[str, ...]
    primary_document: str | None
    source_url: str
    """Its address on EDGAR, whatever the source."""


def to_json_row(filing: IndexedFiling) -> dict[str, Any]:
    """The filing as plain values, dates as ISO text."""
    row = asdict(filing)
    row["filed_date"] = filing.filed_date.isoformat()
    row["report_date"] = filing.report_date.isoformat() if filing.report_date else None
    return row


def from_json_row(row: Mapping[str, Any]) -> IndexedFiling:
    """The filing back from `to_json_row`; KeyError, TypeError or ValueError for anything else."""
    report_date = row["report_date"]
    return IndexedFiling(
        **{
            **row,
            "tickers": tuple(row["tickers"]),
            "items": tuple(row["items"]),
            "co_registrants": tuple(CoRegistrant(**other) for other in row["co_registrants"]),
            "filed_date": dt.date.fromisoformat(row["filed_date"]),
            "report_date": dt.date.fromisoformat(report_date) if report_date else None,
        }
    )
