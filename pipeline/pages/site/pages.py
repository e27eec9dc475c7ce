"""The site's pages as text: everything but the filings' own pages and the files to download.

Here belongs which pages there are and what each is given. How they look stands in `templates/`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
from markupsafe import Markup
from upath import UPath

from pipeline.pages.amounts import Sum
from pipeline.pages.render import asset, render
from pipeline.pages.site.checks_report import month_results, months_in_words, table_results
from pipeline.pages.site.downloads import DownloadedTable
from pipeline.pages.site.filing_list import ListedFiling
from pipeline.pages.site.overview import Overview, overview
from pipeline.pages.site.registrants import registrants
from pipeline.pages.site.search_index import search_index
from pipeline.pages.site.site_charts import SiteChart, site_charts
from pipeline.pages.words import WORDS, worded
from pipeline.tables.dictionary import TYPE_NAMES
from pipeline.tables.vocabulary import CATEGORY, ESTIMATE_STATUS, READ_STATUS
from pipeline.warehouse.release_tables import RELEASED_TABLES
from pipeline.warehouse.views import views

Page = tuple[str, str]
"""Its path in the site, and its text."""

NAVIGATION = (
    ("index.html", "Overview"),
    ("filings.html", "Filings"),
    ("charts.html", "Charts"),
    ("checks.html", "Checks"),
    ("dictionary.html", "Dictionary"),
    ("downloads.html", "Downloads"),
)
_NEWEST = 8
_ON_THE_FIRST_PAGE = ("charges-by-year", "charges-by-category", "largest-plans", "filings-by-year")
_SEVERITIES = {
    "reject": "the row is rejected",
    "warn": "the row is flagged",
    "hold": "the month is held back",
    "error": "the tables are wrong",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages say."""

    months: str
    reader_versions: str
    navigation: tuple[tuple[str, str], ...] = NAVIGATION


def pages(
    connection: duckdb.DuckDBPyConnection,
    home: UPath,
    months: Sequence[str],
    filings: Sequence[ListedFiling],
    files: Sequence[DownloadedTable],
) -> Iterator[Page]:
    """Every page; those that link to others come after them.

    Args:
        connection: to the database.
        home: where the raw archive says when something was last fetched.
        months: those of the database.
        filings: as `listed_filings` gives them.
        files: those to download.
    """
    whole = overview(connection, home, months)
    frame = Frame(whole.months_in_words, ", ".join(whole.reader_versions) or "none")
    yield "site.css", asset("base.css") + asset("site.css")
    yield "filing-list.js", asset("filing_list.js")
    yield "search-index.js", search_index(filings)
    yield from _registrant_pages(connection, frame, filings)
    yield from _lists(frame, filings)
    yield "downloads.html", _page("downloads", frame, "Downloads", files=files, with_code=with_code)
    yield "dictionary.html", _page("dictionary", frame, "Dictionary", **_dictionary())
    yield (
        "checks.html",
        _page(
            "checks",
            frame,
            "Checks",
            tables=table_results(connection),
            across=month_results(connection),
            severities=_SEVERITIES,
            months_in_words=months_in_words,
        ),
    )
    charts = site_charts(connection, months)
    yield "charts.html", _page("charts", frame, "Charts", charts=charts.values(), others=_others(whole))
    yield "index.html", _page("overview", frame, "Overview", **_first(whole, filings, charts))


def _page(template: str, frame: Frame, here: str, root: str = "", **values: Any) -> str:
    return render(f"{template}.html", site=frame, here=here, root=root, words=what_it_costs, **values)


def what_it_costs(filing: ListedFiling) -> str:
    """The types of cost that a filing names; where it names none, how reading it ended."""
    named = ", ".join(worded("category", category) for category in filing.categories)
    return named or worded("read_status", filing.read_status)


def _registrant_pages(
    connection: duckdb.DuckDBPyConnection, frame: Frame, filings: Sequence[ListedFiling]
) -> Iterator[Page]:
    for registrant in registrants(connection, filings):
        page = _page("registrant", frame, "", root="../", registrant=registrant)
        yield f"registrants/{registrant.latest.cik}.html", page


def _lists(frame: Frame, filings: Sequence[ListedFiling]) -> Iterator[Page]:
    """The list that is searched, and the lists by year that need no script."""
    years = sorted(Counter(str(filing.filed_date.year) for filing in filings).items(), reverse=True)
    for year, _ in years:
        listed = [filing for filing in filings if str(filing.filed_date.year) == year]
        yield (
            f"years/{year}.html",
            _page("year", frame, "Filings", root="../", year=year, years=years, filings=listed),
        )
    choices: dict[str, Any] = {
        name: [(word, WORDS[column][word]) for word in vocabulary]
        for name, column, vocabulary in (
            ("categories", "category", CATEGORY),
            ("estimates", "estimate_status", ESTIMATE_STATUS),
            ("statuses", "read_status", READ_STATUS),
        )
    }
    yield "filings.html", _page("filing_list", frame, "Filings", years=years, **choices)


def _dictionary() -> dict[str, Any]:
    return {
        "tables": RELEASED_TABLES.values(),
        "type_names": TYPE_NAMES,
        "views": views(),
        "with_code": with_code,
    }


def _others(whole: Overview) -> str:
    return "; ".join(part.rounded for part in whole.sums if part.currency != "USD")


def _first(
    whole: Overview, filings: Sequence[ListedFiling], charts: Mapping[str, SiteChart]
) -> dict[str, Any]:
    dollars = next((part for part in whole.sums if part.currency == "USD"), None)
    unable = sum("unable" in filing.estimate_statuses for filing in filings)
    tiles = [
        {"name": "Filings", "value": f"{len(filings):,}", "note": f"{whole.registrants:,} registrants"},
        {"name": "Plans", "value": f"{whole.plans:,}", "note": f"{unable:,} unable to estimate"},
        {
            "name": "Charges, USD",
            "value": dollars.rounded if dollars else "none",
            "note": _note_on(dollars) if dollars else "",
        },
        {"name": "People", "value": f"{whole.people:,}", "note": "in the plans’ headcounts"},
        {
            "name": "Figures read",
            "value": f"{sum(whole.counts[name] for name in _FIGURES):,}",
            "note": f"{whole.counts['rejected_rows']:,} rejected by checks",
        },
    ]
    facts = {
        "Months": whole.months_in_words,
        "Latest filing accepted": whole.last_accepted,
        "Last submission fetched": whole.last_fetched,
        "Filings": whole.statuses_in_words,
        "Numbers accounted for": f"{whole.counts['mentions']:,}, each with what it is",
        "Other currencies": _others(whole),
        "Read by version": ", ".join(whole.reader_versions),
    }
    return {
        "tiles": tiles,
        "newest": filings[:_NEWEST],
        "filings": len(filings),
        "charts": [charts[key] for key in _ON_THE_FIRST_PAGE],
        "facts": [(name, value) for name, value in facts.items() if value],
    }


def _note_on(dollars: Sum) -> str:
    bounds = dollars.open_low + dollars.open_high
    return f"latest estimates; {bounds:,} bounds are open" if bounds else "latest estimates"


def with_code(text: str) -> Markup:
    """Text in which what stands between backticks is code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts)
    )


_FIGURES = ("charges", "share_figures", "headcount_figures")
