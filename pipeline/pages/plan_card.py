"""What Item 2.05 asks for of a plan, with its tree of charges and whether it adds up, in words."""

from dataclasses import dataclass

from pipeline.pages.charge_tree import Amount, Node, charge_tree, counted_sums
from pipeline.pages.check_words import check_sentence
from pipeline.pages.figures import Figure, Figures
from pipeline.pages.filing_view import FilingView, Row
from pipeline.pages.words import count, date, money, percent, worded

_ASKED_FOR = ("Committed", "To be completed", "Total", "In cash")
"""What the item asks every registrant for: it is shown also where the filing does not state it."""

_SAID_ALREADY = "parts_add_up"
"""The check that the verdict is about."""


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan as it is shown."""

    ordinal: int
    course_of_action: str
    facts: tuple[tuple[str, str], ...]
    """Name and value; the value is empty where the filing does not state what the item asks for."""
    verdict: str
    """`adds_up`, `does_not_add_up` or `not_comparable`; empty where there is nothing to compare at all."""
    verdict_words: str
    compared: tuple[tuple[str, str], ...]
    """What was compared: the stated total, and beside it the sums of what makes it up."""
    tree: tuple[Node, ...]
    sums: tuple[Amount, ...]
    shares: tuple[Figure, ...]
    headcounts: tuple[Figure, ...]
    odd: tuple[str, ...]
    """Sentences of the other checks that find the plan odd."""
    rejected_rows: int


def plan_cards(view: FilingView, figures: Figures) -> tuple[PlanCard, ...]:
    """The filing's plans, in their order."""
    return tuple(_card(plan, figures) for plan in view.plans)


def _card(plan: Row, figures: Figures) -> PlanCard:
    charges, shares, headcounts = (
        [figure for figure in figures.of(kind) if figure.row["plan_ordinal"] == plan["plan_ordinal"]]
        for kind in ("charges", "shares", "headcounts")
    )
    return PlanCard(
        ordinal=plan["plan_ordinal"],
        course_of_action=plan["course_of_action"] or "",
        facts=tuple((name, value) for name, value in _facts(plan) if value or name in _ASKED_FOR),
        verdict=plan["reconciliation"] if charges else "",
        verdict_words=_verdict(plan),
        compared=tuple((name, value) for name, value in _compared(plan) if value),
        tree=charge_tree(charges),
        sums=counted_sums(charges),
        shares=tuple(shares),
        headcounts=tuple(headcounts),
        odd=tuple(
            check_sentence("exit_plans", check_id)
            for check_id in plan.get("flags") or ()
            if check_id != _SAID_ALREADY
        ),
        rejected_rows=plan["rejected_rows"],
    )


def _money(plan: Row, name: str) -> str:
    return money(plan[f"{name}_low"], plan[f"{name}_high"], plan["currency"])


def _facts(plan: Row) -> list[tuple[str, str]]:
    by = date(plan["completion_by"])
    words = plan["completion_text"] or ""
    return [
        ("Committed", date(plan["commitment_date"])),
        ("Announced", date(plan["announced_date"])),
        ("To be completed", f"by {by} (\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK})"
         if by and words else f"by {by}" if by else words),
        ("Estimate", worded("estimate_status", plan["estimate_status"])),
        ("Total", _money(plan, "total")),
        ("In cash", _money(plan, "cash")),
        ("Not in cash", _money(plan, "noncash")),
        ("Positions to go", count(plan["headcount_low"], plan["headcount_high"])),
        ("Of the workforce", percent(plan["workforce_percent"])),
    ]  # fmt: skip


def _compared(plan: Row) -> list[tuple[str, str]]:
    return [("Stated total", _money(plan, "total")), ("Sum of the parts", _money(plan, "components"))]


def _verdict(plan: Row) -> str:
    if plan["reconciliation"] == "adds_up":
        return "The parts add up to the stated total, within rounding."
    if plan["reconciliation"] == "does_not_add_up":
        return "The parts do not add up to the stated total, also allowing for rounding."
    if plan["rejected_rows"]:
        return "Figures of the plan were rejected, so that its parts are not compared with its total."
    if plan["total_low"] is None and plan["total_high"] is None:
        return "The filing states no total that its parts could be compared with."
    if plan["components_low"] is None and plan["components_high"] is None:
        return "The filing states a total, but no parts that could be compared with it."
    return "Total and parts cannot be compared: a bound is open, or the filing does not name all parts."
