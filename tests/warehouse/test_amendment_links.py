"""Which filing an 8-K/A amends, and what it does to each plan."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pipeline.warehouse.amendments import FiledPlans, amendment_rows
from tests.factories import Row, filing, plan

ORIGINAL, AMENDMENT, SECOND = "0001000001-08-000001", "0001000001-08-000002", "0001000001-09-000003"


def stated(role: str, low: float, high: float, category: str = "unstated", **changes: Any) -> Row:
    return {
        "plan_ordinal": 1,
        "role": role,
        "category": category,
        "currency": "USD",
        "amount_low": Decimal(str(low)),
        "amount_high": Decimal(str(high)),
        "counts_in_sum": role != "total",
    } | changes


def filed(
    accession_number: str, *charges: Row, plans: int = 1, texts: tuple[str, ...] = (), **changes: Any
) -> FiledPlans:
    is_amendment = accession_number != ORIGINAL
    defaults: dict[str, Any] = {"is_amendment": is_amendment, "form_type": "8-K/A" if is_amendment else "8-K"}
    if is_amendment:
        defaults |= {"filed_date": dt.date(2008, 12, 15), "accepted_at": None}
    return FiledPlans(
        filing(accession_number, **{**defaults, **changes}),
        texts,
        [plan(accession_number, plan_ordinal=number) for number in range(1, plans + 1)],
        list(charges),
    )


def effects(*filings: FiledPlans) -> list[tuple[int, int | None, str, str]]:
    return [
        (row["plan_ordinal"], row["amendment_plan_ordinal"], row["basis"], row["effect"])
        for row in amendment_rows(filings)
    ]


SEVERANCE = stated("component", 5, 6, "severance")
LEASES = stated("component", 3, 3.5, "contract_termination")
TOTAL = stated("total", 8, 9.5)


def test_the_same_period_of_report_links() -> None:
    rows = amendment_rows([filed(AMENDMENT, LEASES), filed(ORIGINAL, SEVERANCE)])

    assert rows == [
        {
            "amendment_accession_number": AMENDMENT,
            "original_accession_number": ORIGINAL,
            "plan_ordinal": 1,
            "amendment_plan_ordinal": 1,
            "basis": "same_period_of_report",
            "effect": "adds_estimate",
        }
    ]


def test_a_date_given_beside_the_form_links_first() -> None:
    other = filed("0001000001-08-000009", is_amendment=False, filed_date=dt.date(2008, 11, 3))
    text = "This amends the Current Report on Form 8-K that the Company filed on October 27, 2008."
    amendment = filed(AMENDMENT, LEASES, texts=(text,), report_date=other.filing["report_date"])

    rows = amendment_rows([filed(ORIGINAL, SEVERANCE), other, amendment])

    assert [(row["original_accession_number"], row["basis"]) for row in rows] == [
        (ORIGINAL, "stated_in_text")
    ]


def test_else_the_latest_earlier_filing_with_a_plan_links() -> None:
    amendment = filed(AMENDMENT, LEASES, report_date=dt.date(2008, 12, 1))

    assert effects(filed(ORIGINAL, SEVERANCE), amendment) == [(1, 1, "latest_before", "adds_estimate")]


@pytest.mark.parametrize(
    "changes",
    [
        {"cik": "0001000002"},
        {"filed_date": dt.date(2011, 1, 3), "report_date": dt.date(2010, 12, 30)},
        {"filed_date": dt.date(2008, 10, 20), "report_date": dt.date(2008, 10, 16)},
    ],
    ids=["another registrant", "more than 24 months later", "filed before"],
)
def test_without_an_original_there_is_no_link(changes: dict[str, Any]) -> None:
    assert effects(filed(ORIGINAL, SEVERANCE), filed(AMENDMENT, LEASES, **changes)) == []


def test_an_amendment_of_an_amendment_is_linked_to_the_first_filing() -> None:
    rows = amendment_rows(
        [
            filed(ORIGINAL, SEVERANCE),
            filed(AMENDMENT, LEASES),
            filed(SECOND, TOTAL, filed_date=dt.date(2009, 2, 2)),
        ]
    )

    assert {row["original_accession_number"] for row in rows} == {ORIGINAL}
    assert [row["effect"] for row in rows] == ["adds_estimate", "adds_estimate"]


@pytest.mark.parametrize(
    ("known", "new", "effect"),
    [
        ([], [SEVERANCE], "adds_estimate"),
        ([SEVERANCE], [LEASES], "adds_estimate"),
        ([SEVERANCE], [LEASES, TOTAL], "adds_estimate"),
        ([SEVERANCE, LEASES], [stated("component", 7, 7, "severance")], "adds_estimate"),
        ([TOTAL, SEVERANCE, LEASES], [stated("total", 10, 11)], "replaces"),
        ([SEVERANCE], [stated("component", 7, 7, "severance")], "replaces"),
        ([SEVERANCE, LEASES], [stated("total", 4, 4)], "replaces"),
        ([TOTAL, SEVERANCE], [TOTAL, LEASES], "adds_estimate"),
        ([TOTAL, SEVERANCE], [TOTAL], "exhibits_only"),
        ([TOTAL], [], "exhibits_only"),
        ([TOTAL], [stated("revision_prior", 1, 1)], "exhibits_only"),
    ],
)
def test_the_effect_follows_from_what_each_states(known: list[Row], new: list[Row], effect: str) -> None:
    assert effects(filed(ORIGINAL, *known), filed(AMENDMENT, *new)) == [
        (1, 1, "same_period_of_report", effect)
    ]


def test_other_dates_alone_change_dates() -> None:
    amendment = filed(AMENDMENT)
    amendment.plans = [plan(AMENDMENT, completion_by=dt.date(2010, 6, 30))]

    assert effects(filed(ORIGINAL, TOTAL), amendment) == [(1, 1, "same_period_of_report", "changes_dates")]


def test_an_amendment_without_a_plan_is_about_all_plans_of_the_original() -> None:
    assert effects(filed(ORIGINAL, TOTAL, plans=2), filed(AMENDMENT, plans=0)) == [
        (1, None, "same_period_of_report", "exhibits_only"),
        (2, None, "same_period_of_report", "exhibits_only"),
    ]


def test_a_plan_without_a_partner_takes_the_next_number() -> None:
    assert effects(filed(ORIGINAL, TOTAL, plans=0), filed(AMENDMENT, TOTAL)) == [
        (1, 1, "same_period_of_report", "adds_plan")
    ]


def test_plans_are_matched_by_what_they_say() -> None:
    original = filed(ORIGINAL)
    original.plans = [
        plan(ORIGINAL, plan_ordinal=1, course_of_action="Close the Ohio plant.", commitment_date=None),
        plan(ORIGINAL, plan_ordinal=2, course_of_action="Leave the paper business.", commitment_date=None),
    ]
    amendment = filed(AMENDMENT, LEASES)
    amendment.plans = [plan(AMENDMENT, course_of_action="Leaving the paper business.", commitment_date=None)]

    assert effects(original, amendment) == [(2, 1, "same_period_of_report", "adds_estimate")]
