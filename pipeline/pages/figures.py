"""The figures of a filing, numbered in reading order, each with what is to be said of it.

Figures are the charges, shares and headcounts, and the rows that were rejected; what else the item mentions
has letters. What is said of them is for `figure_words`, where they are marked for `marked_sections`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.pages.check_words import check_sentence, is_review
from pipeline.pages.figure_words import Described, context_of, describe, evidence_of, words_around
from pipeline.pages.filing_view import FilingView, RejectedRow, Row

Place = tuple[int, int]
"""Document sequence and section ordinal."""
Span = tuple[int, int]

_IDS = {
    "charges": "charge_id",
    "share_figures": "share_figure_id",
    "headcount_figures": "headcount_figure_id",
}
_KINDS = {
    "charges": ("charges", "Charge"),
    "share_figures": ("shares", "Shares"),
    "headcount_figures": ("headcounts", "Headcount"),
    "mentions": ("context", "Mention"),
    "exit_plans": ("context", "Plan"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what is to be said of it."""

    key: str
    """Its number, or for what is no figure its letters."""
    kind: str
    """`charges`, `shares`, `headcounts`, `rejected` or `context`: how it is marked."""
    title: str
    said: Described
    row: Row
    place: Place | None
    """The section that it stands in; None for a row without a place in a text."""
    span: Span
    evidence: tuple[str, str, str]
    """The words before the figure, the figure, and the words behind it."""
    context: tuple[str, ...] = ()
    """Further words that the figure needs: a unit, the head of its column."""
    verdict: str = "none"
    """`passed`, `flagged`, `reviewed`, `rejected`, `unjudged`, or `none` where there is nothing to judge."""
    checks: tuple[str, ...] = ()
    """Sentences of the checks that it failed, and of what a review decided."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them: those with numbers, those with letters, and the numbers by row id."""

    numbered: tuple[Figure, ...]
    lettered: tuple[Figure, ...]
    keys: Mapping[str, str]
    """Row id to number, of the rows that were not rejected."""

    def of(self, kind: str) -> list[Figure]:
        return [figure for figure in self.numbered if figure.kind == kind]


@dataclass(frozen=True, slots=True)
class _Found:
    table: str
    row: Row
    place: Place | None
    span: Span
    rejected: RejectedRow | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """Reading order; the wider of two figures first, and what has no place last."""
        return (
            self.place is None,
            self.place or (0, 0),
            self.span[0],
            -self.span[1],
            list(_KINDS).index(self.table),
            self.row.get("ordinal") or 0,
        )


def find_figures(view: FilingView) -> Figures:
    """Number the figures of a filing and say what they are."""
    found = sorted(_found(view), key=lambda each: each.order)
    keys = {
        each.row[_IDS[each.table]]: str(number)
        for number, each in enumerate(found, start=1)
        if each.rejected is None
    }
    texts = {(section.document_sequence, section.section_ordinal): section.text for section in view.sections}
    rejected = {(each.place, each.span) for each in found if each.rejected}
    others = [
        row
        for row in view.mentions
        if row["target_id"] is None and (place_of(row), mention_span(row)) not in rejected
    ]
    return Figures(
        numbered=tuple(
            _figure(str(number), each, keys, texts, view.is_judged)
            for number, each in enumerate(found, start=1)
        ),
        lettered=tuple(_lettered(letters(index), row, texts) for index, row in enumerate(others)),
        keys=keys,
    )


def letters(index: int) -> str:
    """a, b, …, z, aa, ab, …, from 0."""
    name = ""
    while index >= 0:
        name = chr(ord("a") + index % 26) + name
        index = index // 26 - 1
    return name


def place_of(row: Row) -> Place:
    return row["document_sequence"], row["section_ordinal"]


def mention_span(row: Row) -> Span:
    return row["char_start"], row["char_end"]


def _found(view: FilingView) -> Iterator[_Found]:
    for table, rows in (
        ("charges", view.charges),
        ("share_figures", view.share_figures),
        ("headcount_figures", view.headcount_figures),
    ):
        for row in rows:
            yield _Found(table, row, place_of(row), (row["figure_start"], row["figure_end"]))
    for rejected in view.rejected:
        yield _rejected(rejected)


def _rejected(rejected: RejectedRow) -> _Found:
    """A rejected row may have anything in its columns, also where it stands."""
    row = rejected.row
    columns = ("char_start", "char_end") if "mention_id" in row else ("figure_start", "figure_end")
    wanted = [row.get(name) for name in ("document_sequence", "section_ordinal", *columns)]
    place = [value for value in wanted if isinstance(value, int)]
    if len(place) == len(wanted):
        document, section, start, end = place
        return _Found(rejected.table_name, row, (document, section), (start, end), rejected)
    return _Found(rejected.table_name, row, None, (0, 0), rejected)


def _figure(
    key: str, found: _Found, keys: Mapping[str, str], texts: Mapping[Place, str], is_judged: bool
) -> Figure:
    kind, title = _KINDS[found.table]
    if found.rejected:
        verdict, ids = "rejected", found.rejected.checks
        kind, title = "rejected", f"Rejected {title.lower()}"
    else:
        ids = tuple(found.row.get("flags") or ())
        odd = any(not is_review(check_id) for check_id in ids)
        verdict = "flagged" if odd else "reviewed" if ids else "passed" if is_judged else "unjudged"
    text = texts.get(found.place, "") if found.place else ""
    evidence = evidence_of(found.row)
    if not any(evidence):
        evidence = words_around(text, *found.span)
    return Figure(
        key=key,
        kind=kind,
        title=title,
        said=describe(found.table, found.row, keys),
        row=found.row,
        place=found.place,
        span=found.span,
        evidence=evidence,
        context=context_of(found.row, text),
        verdict=verdict,
        checks=tuple(check_sentence(found.table, check_id) for check_id in ids),
    )


def _lettered(key: str, row: Row, texts: Mapping[Place, str]) -> Figure:
    place, span = place_of(row), mention_span(row)
    return Figure(
        key=key,
        kind="context",
        title="No charge of the plan",
        said=describe("mentions", row, {}),
        row=row,
        place=place,
        span=span,
        evidence=words_around(texts.get(place, ""), *span),
    )
