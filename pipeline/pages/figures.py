"""The figures of a filing, numbered in reading order, each with what is to be said of it.

Figures are the charges, shares and headcounts, and the rows that were rejected; what else the item mentions
has letters. Where they are marked in the text is for `marked_sections`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.pages.check_words import check_sentence, is_review
from pipeline.pages.filing_view import FilingView, RejectedRow, Row
from pipeline.pages.words import count, date, money, percent, worded

Place = tuple[int, int]
"""Document sequence and section ordinal."""

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
_UNPLACED = (1 << 60, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what is to be said of it, in words."""

    key: str
    """Its number, or for what is no figure its letters."""
    kind: str
    """`charges`, `shares`, `headcounts`, `rejected` or `context`: how it is marked."""
    title: str
    amount: str
    label: str
    row: Row
    place: Place | None
    span: tuple[int, int]
    facts: tuple[tuple[str, str], ...] = ()
    verdict: str = "none"
    """`passed`, `flagged`, `rejected`, `unjudged`, or `none` where there is nothing to judge."""
    checks: tuple[str, ...] = ()
    """Sentences of the checks that it failed, and of what a review decided."""
    evidence: tuple[str, str, str] = ("", "", "")
    """The words before the figure, the figure, and the words behind it."""
    observed: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them: those with numbers, those with letters, and the numbers by row id."""

    numbered: tuple[Figure, ...]
    lettered: tuple[Figure, ...]
    keys: Mapping[str, str] = field(default_factory=dict)
    """Row id to number, of the rows that were not rejected."""

    def of(self, kind: str) -> list[Figure]:
        return [figure for figure in self.numbered if figure.kind == kind]

    def by_key(self) -> dict[str, Figure]:
        return {figure.key: figure for figure in (*self.numbered, *self.lettered)}


@dataclass(slots=True)
class _Found:
    table: str
    row: Row
    rejected: RejectedRow | None
    place: Place | None
    span: tuple[int, int]


def find_figures(view: FilingView) -> Figures:
    """Number the figures and word them."""
    found = sorted(_found(view), key=lambda each: _order(view, each))
    keys = {
        each.row[_IDS[each.table]]: str(number)
        for number, each in enumerate(found, start=1)
        if each.rejected is None
    }
    texts = {(section.document_sequence, section.section_ordinal): section.text for section in view.sections}
    numbered = tuple(
        _figure(str(number), each, keys, texts, view.is_judged) for number, each in enumerate(found, start=1)
    )
    rejected_places = {(each.place, each.span) for each in found if each.rejected}
    others = [
        row
        for row in view.mentions
        if row["target_id"] is None and (_place(row), _mention_span(row)) not in rejected_places
    ]
    lettered = tuple(_mention(letters(index), row) for index, row in enumerate(others))
    return Figures(numbered, lettered, keys)


def letters(index: int) -> str:
    """a, b, …, z, aa, ab, …"""
    name = ""
    while True:
        name = chr(ord("a") + index % 26) + name
        index = index // 26 - 1
        if index < 0:
            return name


def _found(view: FilingView) -> Iterator[_Found]:
    for table, rows in (
        ("charges", view.charges),
        ("share_figures", view.share_figures),
        ("headcount_figures", view.headcount_figures),
    ):
        for row in rows:
            yield _Found(table, row, None, _place(row), (row["figure_start"], row["figure_end"]))
    for rejected in view.rejected:
        row = rejected.row
        span = _mention_span(row) if rejected.table_name == "mentions" else _figure_span(row)
        place = _place(row) if span != (0, 0) else None
        yield _Found(rejected.table_name, row, rejected, place, span)


def _place(row: Row) -> Place:
    return row["document_sequence"], row["section_ordinal"]


def _mention_span(row: Row) -> tuple[int, int]:
    return row["char_start"], row["char_end"]


def _figure_span(row: Row) -> tuple[int, int]:
    start, end = row.get("figure_start"), row.get("figure_end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) else (0, 0)


def _order(view: FilingView, found: _Found) -> tuple[Any, ...]:
    place = found.place if found.place is not None else _UNPLACED
    return place, found.span[0], -found.span[1], list(_KINDS).index(found.table), found.row.get("ordinal", 0)


def _figure(
    key: str, found: _Found, keys: Mapping[str, str], texts: Mapping[Place, str], is_judged: bool
) -> Figure:
    row, table = found.row, found.table
    kind, title = _KINDS[table]
    describe = _DESCRIBE.get(table)
    amount, label, facts = describe(row, keys) if describe else ("", "", ())
    if found.rejected:
        verdict, ids = "rejected", found.rejected.checks
        kind, title = "rejected", f"Rejected {title.lower()}"
    else:
        ids = tuple(row.get("flags") or ())
        odd = any(not is_review(check_id) for check_id in ids)
        verdict = "unjudged" if not is_judged else "flagged" if odd else "passed"
    return Figure(
        key=key,
        kind=kind,
        title=title,
        amount=amount,
        label=label,
        row=row,
        place=found.place,
        span=found.span,
        facts=(*facts, ("As filed", _as_filed(found, texts))),
        verdict=verdict,
        checks=tuple(check_sentence(table, check_id) for check_id in ids),
        evidence=_evidence(row),
    )


def _as_filed(found: _Found, texts: Mapping[Place, str]) -> str:
    text = texts.get(found.place, "") if found.place else ""
    return text[slice(*found.span)].replace("\t", " ")


def _evidence(row: Row) -> tuple[str, str, str]:
    """The evidence in three pieces; all of it in front where the figure does not lie inside."""
    evidence = row.get("evidence") or ""
    start, end = _figure_span(row)
    first = row.get("char_start")
    if not isinstance(first, int) or not first <= start < end <= first + len(evidence):
        return evidence, "", ""
    start, end = start - first, end - first
    return evidence[:start], evidence[start:end], evidence[end:]


_Described = tuple[str, str, tuple[tuple[str, str], ...]]


def _charge(row: Row, keys: Mapping[str, str]) -> _Described:
    parent = keys.get(row["parent_charge_id"] or "")
    role = worded("role", row["role"])
    role += f" of figure {parent}" if parent else ""
    tax = {True: "Before tax", False: "After tax"}.get(row["is_pretax"], "")
    facts = (
        ("Type of cost", worded("category", row["category"])),
        ("Class", worded("asc420_class", row["asc420_class"])),
        ("Role", role),
        ("Settled in", worded("settlement", row["settlement"])),
        ("Status", worded("status", row["status"])),
        ("Tax", tax),
        ("Period", _period(row)),
        ("In the sum", "Counts" if row["counts_in_sum"] else "Does not count"),
    )
    amount = money(row["amount_low"], row["amount_high"], row["currency"], row["is_approximate"])
    return amount, worded("category", row["category"]), _given(facts)


def _period(row: Row) -> str:
    days = " to ".join(dict.fromkeys(date(row[name]) for name in ("period_start", "period_end") if row[name]))
    words = row["period_text"] or ""
    return f"{words} ({days})" if words and days else words or days


def _shares(row: Row, keys: Mapping[str, str]) -> _Described:
    value = money(row["value_low"], row["value_high"], row["currency"])
    charge = keys.get(row["charge_id"] or "")
    facts = (
        ("Security", worded("security", row["security"])),
        ("What happens", worded("action", row["action"])),
        ("Value", f"{value} (figure {charge})" if value and charge else value),
    )
    amount = count(row["count_low"], row["count_high"], row["is_approximate"])
    return amount, f"{worded('security', row['security'])}: {worded('action', row['action'])}", _given(facts)


def _headcount(row: Row, keys: Mapping[str, str]) -> _Described:
    people = count(row["count_low"], row["count_high"], row["is_approximate"])
    share = percent(row["percent"])
    basis = worded("basis", row["basis"])
    facts = (("People", people), ("Share", f"{share} {basis}" if share else ""))
    return ", ".join(part for part in (people, share) if part), "Positions to go", _given(facts)


def _rejected_mention(row: Row, keys: Mapping[str, str]) -> _Described:
    described = _mention("", row)
    return described.amount, described.label, described.facts


def _given(facts: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


_DESCRIBE: Mapping[str, Callable[[Row, Mapping[str, str]], _Described]] = {
    "charges": _charge,
    "share_figures": _shares,
    "headcount_figures": _headcount,
    "mentions": _rejected_mention,
}


def _mention(key: str, row: Row) -> Figure:
    what = worded("kind", row["kind"]) or worded("relation", row["relation"])
    each = row["relation"] == "per_unit" and row["kind"]
    return Figure(
        key=key,
        kind="context",
        title="No charge of the plan",
        amount=str(row["mention_text"]).replace("\t", " "),
        label=f"{what}, for each unit" if each else what,
        row=row,
        place=_place(row),
        span=_mention_span(row),
        facts=(("What it is", what), ("Counted in", worded("unit", row["unit"]))),
    )
