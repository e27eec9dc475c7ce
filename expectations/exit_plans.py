"""What the checks of `exit_plans` look at, beyond single columns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from expectations.places import Frames, Window, near_filing

ROUNDING = Decimal("1.02")
"""How far apart two statements of the same sum can lie because both are rounded."""
COMMITMENTS = Window(years_before=3, days_after=31)
"""The item is due four business days after the commitment; amendments come years later."""
COMPLETIONS = Window(years_before=3, years_after=15)

Row = Mapping[str, Any]
Bounds = tuple[Any, Any]
_WHOLES = ("total", "cash_portion", "noncash_portion")
_PLAN = ("accession_number", "plan_ordinal")


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a plan; null: does not apply."""
    plans = frames["exit_plans"]
    known = frames["filings"].get_column("accession_number")
    listed = plans.to_dicts()
    return plans.select(
        pl.col("accession_number").is_in(known.implode()).fill_null(value=False).alias("filing_exists"),
        (pl.col("completion_by") >= pl.col("commitment_date")).alias("completion_not_before_commitment"),
        pl.when(pl.col("reconciliation") != "not_comparable")
        .then(pl.col("reconciliation") == "adds_up")
        .alias("parts_add_up"),
    ).with_columns(
        near_filing(
            plans, frames, "commitment_near_filing", "commitment_date", "commitment_date", COMMITMENTS
        ),
        near_filing(plans, frames, "completion_near_filing", "completion_by", "completion_by", COMPLETIONS),
        _series("totals_are_charges", _totals_are_charges(listed, frames)),
        _series("components_are_charges", _components_are_charges(listed, frames)),
        _series("headcount_is_a_figure", _headcount_is_a_figure(listed, frames)),
        _series("cash_not_above_total", _not_above_total(listed, "cash")),
        _series("noncash_not_above_total", _not_above_total(listed, "noncash")),
        _series("cash_and_noncash_make_total", _cash_and_noncash_make_total(listed)),
    )


def _series(name: str, verdicts: Iterable[bool | None]) -> pl.Series:
    return pl.Series(name, list(verdicts), dtype=pl.Boolean)


def _totals_are_charges(plans: Iterable[Row], frames: Frames) -> Iterator[bool | None]:
    """The total, cash and non-cash amounts are those of charges in these roles."""
    stated: defaultdict[tuple[Any, ...], set[Bounds]] = defaultdict(set)
    columns = (*_PLAN, "role", "currency", "amount_low", "amount_high")
    for *key, low, high in frames["charges"].select(columns).iter_rows():
        stated[tuple(key)].add((low, high))
    for plan in plans:
        verdicts = []
        for name, role in (("total", "total"), ("cash", "cash_portion"), ("noncash", "noncash_portion")):
            bounds = plan[f"{name}_low"], plan[f"{name}_high"]
            if bounds != (None, None):
                cell = (*(plan[column] for column in _PLAN), role, plan["currency"])
                verdicts.append(bounds in stated[cell])
        yield all(verdicts) if verdicts else None


def _components_are_charges(plans: Iterable[Row], frames: Frames) -> Iterator[bool | None]:
    """The sums of the components are those of the charges right below the total, in the plan's currency."""
    columns = (
        *_PLAN, "charge_id", "parent_charge_id", "role", "currency", "is_pretax", "amount_low", "amount_high",
    )  # fmt: skip
    charges = frames["charges"].select(columns).to_dicts()
    roles = {(charge["accession_number"], charge["charge_id"]): charge["role"] for charge in charges}
    parts: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for charge in charges:
        parent = roles.get((charge["accession_number"], charge["parent_charge_id"]))
        below_total = parent is None or (parent in _WHOLES and charge["is_pretax"] is not False)
        if charge["role"] in ("component", "subtotal") and below_total:
            parts[*(charge[name] for name in _PLAN), charge["currency"]].append(charge)
    for plan in plans:
        found = parts[*(plan[name] for name in _PLAN), plan["currency"]]
        verdicts = []
        for end in ("low", "high"):
            stated, bounds = plan[f"components_{end}"], [part[f"amount_{end}"] for part in found]
            is_open = not bounds or any(bound is None for bound in bounds)
            verdicts.append(stated is None or (not is_open and stated == sum(bounds, Decimal(0))))
        yield all(verdicts) if (plan["components_low"], plan["components_high"]) != (None, None) else None


def _headcount_is_a_figure(plans: Iterable[Row], frames: Frames) -> Iterator[bool | None]:
    stated: defaultdict[tuple[Any, ...], set[Bounds]] = defaultdict(set)
    for *place, low, high in (
        frames["headcount_figures"].select(*_PLAN, "count_low", "count_high").iter_rows()
    ):
        stated[tuple(place)].add((low, high))
    for plan in plans:
        bounds = plan["headcount_low"], plan["headcount_high"]
        key = tuple(plan[column] for column in _PLAN)
        yield None if bounds == (None, None) else bounds in stated[key]


def _not_above_total(plans: Iterable[Row], name: str) -> Iterator[bool | None]:
    for plan in plans:
        high, total = plan[f"{name}_high"], plan["total_high"]
        part = plan[f"{name}_low"] if high is None else high
        yield None if part is None or total is None else part <= total * ROUNDING


def _cash_and_noncash_make_total(plans: Iterable[Row]) -> Iterator[bool | None]:
    """Where all six bounds are given: the range of the sum meets the range of the total."""
    for plan in plans:
        bounds = [plan[f"{name}_{end}"] for end in ("low", "high") for name in ("cash", "noncash", "total")]
        if None in bounds:
            yield None
            continue
        cash_low, noncash_low, total_low, cash_high, noncash_high, total_high = bounds
        yield (
            cash_low + noncash_low <= total_high * ROUNDING
            and total_low <= (cash_high + noncash_high) * ROUNDING
        )
