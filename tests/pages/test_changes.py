"""The versions of a plan side by side, and what changed."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from pipeline.pages.changes import Cell, Comparison, compare
from pipeline.pages.filing_view import PlanHistory
from tests.factories import charges
from tests.pages.views import AMENDMENT, NUMBER, amended, version


def cells(comparison: Comparison, name: str) -> tuple[Cell, ...]:
    [row] = [row for row in (*comparison.plan_rows, *comparison.charge_rows) if row.name == name]
    return row.cells


def test_a_moved_bound_says_by_how_much() -> None:
    assert cells(compare(amended(), NUMBER), "Total") == (
        Cell("$8,000,000 to $9,500,000"),
        Cell("$9,000,000 to $10,500,000", "changed", "+$1,000,000"),
    )


def test_bounds_that_moved_apart_are_said_apart() -> None:
    history = PlanHistory(
        1,
        (
            version(NUMBER, "original"),
            version(AMENDMENT, "replaces", total_low=Decimal(7_000_000), total_high=Decimal(9_500_000)),
        ),
    )
    assert cells(compare(history, NUMBER), "Total")[1].difference == "low −$1,000,000, high ±$0"


def test_dates_change_without_a_difference() -> None:
    assert cells(compare(amended(), NUMBER), "To be completed by")[1] == Cell("December 31, 2009", "changed")


def test_what_an_amendment_does_not_state_of_the_plan_stands() -> None:
    assert cells(compare(amended(), NUMBER), "Positions to go") == (Cell("120"), Cell("", "stands"))


def test_a_charge_is_gone_only_where_the_estimate_is_replaced() -> None:
    history = amended()
    leases = "Leases and other contracts"
    assert cells(compare(history, NUMBER), leases)[1] == Cell("", "removed")
    original, amendment = history.versions
    added = replace(history, versions=(original, replace(amendment, effect="adds_estimate")))
    assert cells(compare(added, NUMBER), leases)[1] == Cell("", "stands")
    assert cells(compare(history, NUMBER), "Severance")[1] == Cell("$5,000,000 to $6,000,000")


def test_a_charge_that_only_the_amendment_states_is_new() -> None:
    history = PlanHistory(
        1,
        (version(NUMBER, "original"), version(AMENDMENT, "adds_estimate", *charges(AMENDMENT)[:2])),
    )
    assert cells(compare(history, NUMBER), "Severance") == (
        Cell(""),
        Cell("$5,000,000 to $6,000,000", "added"),
    )


def test_the_plans_own_total_is_not_listed_again_among_the_charges() -> None:
    assert "Total" not in [row.name for row in compare(amended(), NUMBER).charge_rows]


def test_the_filing_whose_page_it_is_is_known() -> None:
    versions = compare(amended(), AMENDMENT).versions
    assert [found.is_this for found in versions] == [False, True]
    assert [found.filed for found in versions] == ["October 27, 2008", "December 15, 2008"]


def test_a_plan_that_an_amendment_adds_is_nothing_in_the_original() -> None:
    original = replace(version(NUMBER, "original"), plan=None, charges=())
    added = version(AMENDMENT, "adds_plan", commitment_date=dt.date(2008, 12, 1))
    history = PlanHistory(2, (original, added))
    assert cells(compare(history, NUMBER), "Committed") == (Cell(""), Cell("December 1, 2008", "added"))
