"""The index that the search reads: a script that assigns one constant, because a page on disk may not fetch.

Here belongs how lines become data. What a line holds does not (see `filing_list`), nor how it is searched
(see `templates/filing_list.js`). Other people's words stand in it as JSON that cannot end the script.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.pages.site.filing_list import ListedFiling
from pipeline.tables.vocabulary import CATEGORY, ESTIMATE_STATUS, READ_STATUS

_DANGEROUS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def search_index(filings: Sequence[ListedFiling]) -> str:
    """`const SEARCH_INDEX = {...};` over filings, the latest first.

    registrants: [cik, name, tickers, SIC code, SIC description, other names]
    filings: [accession number, number of the registrant, filed, is amendment, bits of estimate statuses,
    number of the read status, bits of categories, total in words, highest total, currency, headcount in
    words, highest headcount, its own name where that is not the registrant's latest]
    """
    latest: dict[str, ListedFiling] = {}
    names: dict[str, set[str]] = {}
    for filing in filings:
        latest.setdefault(filing.cik, filing)
        names.setdefault(filing.cik, set()).update((filing.company_name, *filing.former_names))
    number_of = {cik: number for number, cik in enumerate(latest)}
    registrants = [
        [
            cik,
            last.company_name,
            " ".join(last.tickers),
            last.sic_code or "",
            last.sic_description or "",
            " / ".join(sorted(names[cik] - {last.company_name})),
        ]
        for cik, last in latest.items()
    ]
    index = {
        "categories": CATEGORY,
        "estimates": ESTIMATE_STATUS,
        "statuses": READ_STATUS,
        "registrants": registrants,
        "filings": [
            _line(filing, number_of[filing.cik], latest[filing.cik].company_name) for filing in filings
        ],
    }
    return f"const SEARCH_INDEX = {as_script(index)};\n"


def as_script(value: Any) -> str:
    """JSON that is a script's literal too and cannot end the element that holds it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain).translate(_DANGEROUS)


def _line(filing: ListedFiling, registrant: int, latest_name: str) -> list[Any]:
    first = filing.sums[0] if filing.sums else None
    people = filing.headcount_high if filing.headcount_high is not None else filing.headcount_low
    line = [
        filing.accession_number,
        registrant,
        filing.filed_date,
        int(filing.form_type != "8-K"),
        _bits(ESTIMATE_STATUS, filing.estimate_statuses),
        READ_STATUS.index(filing.read_status),
        _bits(CATEGORY, filing.categories),
        filing.total,
        None if first is None else float(first.high),
        None if first is None else first.currency,
        filing.headcount,
        people,
    ]
    return line if filing.company_name == latest_name else [*line, filing.company_name]


def _bits(vocabulary: Sequence[str], present: Iterable[str]) -> int:
    return sum(1 << vocabulary.index(word) for word in present)


def _plain(value: Any) -> str:
    assert isinstance(value, dt.date)
    return value.isoformat()
