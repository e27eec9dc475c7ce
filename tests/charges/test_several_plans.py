"""Several plans in one filing are kept apart; one that is only mentioned is none of it."""

import datetime as dt

from tests.charges.reading_text import understand_text

FIRST = (
    "On May 3, 2012, the Board of Directors of Invented Widgets, Inc. approved a "
    "restructuring plan (the “2012 "
    "Plan”). Charges under the 2012 Plan are expected to be $9 million, and it will be "
    "completed by June 30, 2013."
)
SECOND = (
    "On March 1, 2011, the Company had adopted a plan to close its offices in Europe (the "
    "“2011 Plan”). It now expects "
    "the 2011 Plan to cost $4 million and to affect 60 employees. The 2011 Plan should be "
    "complete by December 31, 2012."
)


def test_each_plan_has_its_own_row_and_figures() -> None:
    read = understand_text(FIRST, SECOND, opening="")
    assert [(plan["plan_ordinal"], plan["total_low"]) for plan in read.exit_plans] == [
        (1, 9_000_000),
        (2, 4_000_000),
    ]
    assert [plan["commitment_date"] for plan in read.exit_plans] == [dt.date(2012, 5, 3), dt.date(2011, 3, 1)]
    assert [plan["completion_by"] for plan in read.exit_plans] == [
        dt.date(2013, 6, 30),
        dt.date(2012, 12, 31),
    ]
    assert [plan["headcount_low"] for plan in read.exit_plans] == [None, 60]
    assert [(charge["plan_ordinal"], charge["role"]) for charge in read.charges] == [
        (1, "total"),
        (2, "total"),
    ]
    assert all(charge["counts_in_sum"] for charge in read.charges)


def test_a_plan_that_is_over_and_only_mentioned() -> None:
    read = understand_text(
        FIRST,
        "The 2012 Plan is distinct from Project Harbor, which was completed in 2010 and cost $7 million.",
        opening="",
    )
    assert len(read.exit_plans) == 1
    assert [charge["amount_low"] for charge in read.charges] == [9_000_000]
    assert [m["kind"] for m in read.mentions if m["mention_text"] == "$7 million"] == ["other_plan"]


def test_two_names_of_which_one_states_costs_are_one_plan() -> None:
    read = understand_text(
        FIRST, "The 2012 Plan follows the review (the “Footprint Program”) of last year.", opening=""
    )
    assert [plan["plan_ordinal"] for plan in read.exit_plans] == [1]
