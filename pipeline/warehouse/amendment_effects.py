"""What an amendment does to a plan: compared by what each states, cell by cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
Cell = tuple[str, str, str | None]
"""Role, category (a total's does not matter) and currency; the SQL of charges_as_of has the same notion."""

_DATES = ("commitment_date", "completion_by")


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan as a filing states it, or as it is known after some filings."""

    plan: Row
    charges: tuple[Row, ...]
    """Without earlier estimates (role revision_prior)."""

    def cells(self) -> dict[Cell, frozenset[tuple[Decimal | None, Decimal | None]]]:
        """The amounts stated in each cell."""
        found: dict[Cell, set[tuple[Decimal | None, Decimal | None]]] = {}
        for charge in self.charges:
            found.setdefault(cell_of(charge), set()).add((charge["amount_low"], charge["amount_high"]))
        return {cell: frozenset(amounts) for cell, amounts in found.items()}

    def after(self, stated: "PlanState", effect: str) -> "PlanState":
        """What is known once `stated` is filed too: the latest word on each cell and each column."""
        merged = {
            name: value if stated.plan.get(name) is None else stated.plan[name]
            for name, value in self.plan.items()
        }
        if effect == "replaces":
            return PlanState(merged, stated.charges)
        if effect != "adds_estimate":
            return PlanState(merged, self.charges)
        newer = stated.cells()
        kept = tuple(charge for charge in self.charges if cell_of(charge) not in newer)
        return PlanState(merged, kept + stated.charges)


def cell_of(charge: Row) -> Cell:
    category = "" if charge["role"] == "total" else str(charge["category"])
    return str(charge["role"]), category, charge["currency"]


def effect_of(stated: PlanState, known: PlanState) -> str:
    """The effect of what an amendment states on what was known of the plan.

    `replaces`: it states every cell anew or another total, so that the parts known before no longer add up
    to it. `adds_estimate`: it states cells that were missing, or single ones anew; the others stand.
    """
    new, old = stated.cells(), known.cells()
    if all(amounts <= old.get(cell, frozenset()) for cell, amounts in new.items()):
        moved = any(stated.plan[name] not in (None, known.plan[name]) for name in _DATES)
        return "changes_dates" if moved else "exhibits_only"
    if not old:
        return "adds_estimate"
    new_totals = {cell: amounts for cell, amounts in new.items() if cell[0] == "total"}
    old_totals = {cell: amounts for cell, amounts in old.items() if cell[0] == "total"}
    if new.keys() >= old.keys():
        return "replaces"
    if new_totals and old_totals:
        return "adds_estimate" if new_totals == old_totals else "replaces"
    if new_totals and _largest(stated, "total") < _counted(known):
        return "replaces"
    return "adds_estimate"


def match_plans(stated: Mapping[int, PlanState], known: Mapping[int, PlanState]) -> dict[int, int]:
    """Which known plan each plan of an amendment is, by its own number; a plan without a partner is new.

    One plan on each side are the same plan. Otherwise the pairs that share most (amounts, the commitment
    date, words of the course of action, the number) are taken first.
    """
    if len(stated) == 1 and len(known) == 1:
        return {next(iter(stated)): next(iter(known))}
    pairs = sorted(
        (
            (_likeness(own, number, plan, other), own, number)
            for own, plan in stated.items()
            for number, other in known.items()
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    matched: dict[int, int] = {}
    for likeness, own, number in pairs:
        if likeness > 0 and own not in matched and number not in matched.values():
            matched[own] = number
    return matched


def _likeness(own: int, number: int, plan: PlanState, other: PlanState) -> float:
    amounts = {amount for found in plan.cells().values() for amount in found}
    other_amounts = {amount for found in other.cells().values() for amount in found}
    date = plan.plan["commitment_date"]
    words, other_words = (
        set(re.findall(r"[a-z]{4,}", (state.plan["course_of_action"] or "").lower()))
        for state in (plan, other)
    )
    shared_words = len(words & other_words) / len(words | other_words) if words | other_words else 0.0
    return (
        2.0 * len(amounts & other_amounts)
        + (1.0 if date is not None and date == other.plan["commitment_date"] else 0.0)
        + shared_words
        + (0.25 if own == number else 0.0)
    )


def _largest(state: PlanState, role: str) -> Decimal:
    return max(
        (
            charge["amount_low"] if charge["amount_high"] is None else charge["amount_high"]
            for charge in state.charges
            if charge["role"] == role
        ),
        default=Decimal(0),
    )


def _counted(state: PlanState) -> Decimal:
    """The sum of the rows that count, an open upper bound as its lower one."""
    return sum(
        (
            charge["amount_low"] if charge["amount_high"] is None else charge["amount_high"]
            for charge in state.charges
            if charge["counts_in_sum"]
        ),
        start=Decimal(0),
    )
