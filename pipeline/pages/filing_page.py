"""The evidence page of a filing: its text with every figure marked, and what was read from it beside it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.pages.changes import Comparison, compare
from pipeline.pages.figures import Figure, Figures, find_figures
from pipeline.pages.filing_view import FilingView, UnreadFile
from pipeline.pages.marked_sections import ShownSection, marked_sections
from pipeline.pages.plan_card import PlanCard, plan_cards
from pipeline.pages.render import render
from pipeline.pages.words import date, worded

_ACCESSION_NUMBER = re.compile(r"\d{10}-\d{2}-\d{6}")
_WEB = re.compile(r"https?://[^\s\"'<>\\^`{|}]+", re.IGNORECASE)

_LONG = 6_000
"""Letters of text from which on it is longer than a screen and the usual plan beside it."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A filing that this one amends or is amended by, and what that does."""

    words: str
    accession_number: str
    effect: str


@dataclass(frozen=True, slots=True)
class _Page:
    """What the template shows of a filing; `prefix` keeps ids of several filings in one document apart."""

    prefix: str
    name: str
    form: str
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    ties: tuple[Tie, ...]
    status_words: str
    problem: str
    is_judged: bool
    notes: tuple[str, ...]
    sections: tuple[ShownSection, ...]
    figures: Figures
    is_long: bool
    """Whether the plans are to stay in sight while the text is read."""
    cards: tuple[PlanCard, ...]
    stated: tuple[Figure, ...]
    rejected: tuple[Figure, ...]
    comparisons: tuple[Comparison, ...]
    not_shown: tuple[str, ...]
    marked: frozenset[str]
    kinds: tuple[str, ...]
    """The kinds of figures that are marked, for the legend."""


def filing_page(view: FilingView, overview: str | None = None) -> str:
    """The filing's page: one HTML document that asks nothing of any other host.

    Args:
        view: the filing.
        overview: the address of a page that leads to all filings, relative to this one.
    """
    page = _page(view, "")
    return render("filing.html", title=_title(page), pages=[page], unread=(), overview=overview)


def filings_page(readings: Iterable[FilingView | UnreadFile]) -> str:
    """One document with the pages of several filings, and what could not be read."""
    listed = list(readings)
    unread = [reading for reading in listed if isinstance(reading, UnreadFile)]
    read = [reading for reading in listed if isinstance(reading, FilingView)]
    if len(listed) == len(read) == 1:
        return filing_page(read[0])
    pages = [_page(view, f"{number}-") for number, view in enumerate(read, start=1)]
    title = f"Exit charges of {len(pages):,} filing{'' if len(pages) == 1 else 's'}"
    return render("filing.html", title=title, pages=pages, unread=unread, overview=None)


def _title(page: _Page) -> str:
    return f"{page.name}, {page.form}: exit charges"


def _page(view: FilingView, prefix: str) -> _Page:
    filing = view.filing
    figures = find_figures(view)
    sections = marked_sections(view, figures)
    pieces = [
        piece
        for section in sections
        for block in section.blocks
        for piece in (*block.pieces, *(piece for row in block.rows for cell in row for piece in cell.pieces))
    ]
    pieces += [piece for section in sections for piece in section.heading]
    shown = {section.place for section in sections}
    return _Page(
        prefix=prefix,
        name=filing["company_name"] or filing["source_url"].rpartition("/")[2],
        form=filing["form_type"],
        facts=tuple((name, value) for name, value in _facts(view) if value),
        links=tuple(_links(view)),
        ties=tuple(dict.fromkeys(_ties(view))),
        status_words=worded("read_status", filing["read_status"]),
        problem=filing["read_problem"] or "",
        is_judged=view.is_judged,
        notes=view.notes,
        sections=sections,
        figures=figures,
        is_long=sum(len(piece.text) for piece in pieces) > _LONG,
        cards=plan_cards(view, figures),
        stated=tuple(figure for figure in figures.numbered if figure.kind != "rejected"),
        rejected=tuple(figures.of("rejected")),
        comparisons=tuple(compare(history, filing["accession_number"]) for history in view.histories),
        not_shown=tuple(
            f"Item {section.item}" if section.item else section.document_type
            for section in view.sections
            if (section.document_sequence, section.section_ordinal) not in shown
        ),
        marked=frozenset(key for piece in pieces for key in piece.ids),
        kinds=tuple(dict.fromkeys(piece.kind for piece in pieces if piece.kind)),
    )


def _facts(view: FilingView) -> Sequence[tuple[str, str]]:
    filing = view.filing
    number = filing["accession_number"] or ""
    return (
        ("Form", f"{filing['form_type']}{', an amendment' if filing['is_amendment'] else ''}"),
        ("Filed", date(filing["filed_date"])),
        ("Event of", date(filing["report_date"])),
        ("Accession number", number if _ACCESSION_NUMBER.fullmatch(number) else ""),
        ("CIK", (filing["cik"] or "").lstrip("0")),
        ("Industry", filing["sic_description"] or ""),
        ("Reading", worded("read_status", filing["read_status"])),
        ("Read from", "" if _WEB.fullmatch(filing["source_url"]) else filing["source_url"]),
    )


def _ties(view: FilingView) -> Iterable[Tie]:
    number = view.filing["accession_number"]
    for history in view.histories:
        original = history.versions[0]
        for version in history.versions[1:]:
            if original.accession_number == number:
                words = f"Amended on {date(version.filed_date)} by"
                yield Tie(words, version.accession_number, worded("effect", version.effect).lower())
            elif version.accession_number == number:
                words = f"Amends the filing of {date(original.filed_date)},"
                yield Tie(words, original.accession_number, worded("effect", version.effect).lower())


def _links(view: FilingView) -> Iterable[tuple[str, str]]:
    """Only addresses of the web: what a filing's row says is not to be trusted with more."""
    filing = view.filing
    number, cik = filing["accession_number"] or "", filing["cik"] or ""
    if _ACCESSION_NUMBER.fullmatch(number) and cik.isascii() and cik.isdigit():
        folder = f"https://www.sec.gov/Archives/edgar/data/{int(cik)}/{number.replace('-', '')}"
        yield "Filing on EDGAR", f"{folder}/{number}-index.htm"
    if _WEB.fullmatch(filing["source_url"]):
        yield "Submission as filed", filing["source_url"]
