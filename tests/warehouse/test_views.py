"""The analysts' views on a tiny warehouse: what is known of a plan after each filing."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from upath import UPath

from pipeline.warehouse.database import build_database
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.query import run_query
from tests.factories import (
    SENTENCES,
    Row,
    Rows,
    charge,
    charges,
    filing,
    filing_rows,
    plan,
    publishable,
    together,
)

ORIGINAL, AMENDMENT, OTHER = "0001000001-08-000001", "0001000001-08-000002", "0001000002-08-000003"
Ask = Callable[[str], list[tuple[Any, ...]]]


def amendment_rows(*stated: Row, **changes: Any) -> Rows:
    """An 8-K/A of December with these charges."""
    return {name: [] for name in filing_rows()} | {
        "filings": [
            filing(
                AMENDMENT,
                form_type="8-K/A",
                is_amendment=True,
                filed_date=dt.date(2008, 12, 15),
                accepted_at=dt.datetime(2008, 12, 15, 21, 0, tzinfo=dt.UTC),
            )
        ],
        "charges": list(stated),
        "exit_plans": [plan(AMENDMENT, **changes)],
    }


@pytest.fixture
def warehouse(tmp_path: Path) -> Callable[[Rows, Rows], Ask]:
    def build(october: Rows, december: Rows) -> Ask:
        home = UPath(tmp_path)
        publish_month(home, "2008-10", publishable(october))
        publish_month(home, "2008-12", publishable(december))
        build_database(home)
        return lambda sql: list(run_query(home, sql).rows)

    return build


def severance_only() -> Rows:
    """An original that gives severance and cannot yet estimate the rest."""
    rows = filing_rows(ORIGINAL)
    rows["charges"] = [charges(ORIGINAL)[1] | {"parent_charge_id": None}]
    rows["exit_plans"] = [plan(ORIGINAL, estimate_status="partial", total_low=None, total_high=None)]
    return rows


LEASES = charges(AMENDMENT)[2] | {"parent_charge_id": None}
NEW_TOTAL = charge(
    AMENDMENT, "$8.0 million to $9.5 million", SENTENCES[1], 1, 10e6, 11e6, role="total", counts_in_sum=True
)
COUNTED = """
    SELECT category, amount_low::BIGINT FROM {charges} WHERE counts_in_sum ORDER BY amount_low
"""


def test_an_amendment_that_adds_one_estimate_does_not_erase_the_rest(
    warehouse: Callable[[Rows, Rows], Ask],
) -> None:
    ask = warehouse(severance_only(), amendment_rows(LEASES))

    assert ask("SELECT effect FROM amendments") == [("adds_estimate",)]
    assert ask(COUNTED.format(charges="current_charges")) == [
        ("contract_termination", 3_000_000),
        ("severance", 5_000_000),
    ]
    assert ask("SELECT plan_accession_number, amendments, sum_low::BIGINT FROM plans") == [
        (ORIGINAL, 1, 8_000_000)
    ]


def test_what_was_known_earlier_is_still_there(warehouse: Callable[[Rows, Rows], Ask]) -> None:
    ask = warehouse(severance_only(), amendment_rows(LEASES))

    def known(moment: str) -> list[tuple[Any, ...]]:
        return ask(COUNTED.format(charges=f"charges_as_of(TIMESTAMPTZ '{moment}')"))

    assert known("2008-10-27 20:14:59+00") == []
    assert known("2008-12-15 20:59:59+00") == [("severance", 5_000_000)]
    assert len(known("2008-12-15 21:00:00+00")) == 2


def test_an_amendment_that_states_another_total_replaces_everything(
    warehouse: Callable[[Rows, Rows], Ask],
) -> None:
    ask = warehouse(filing_rows(ORIGINAL), amendment_rows(NEW_TOTAL, total_low=Decimal(10_000_000)))

    assert ask("SELECT effect FROM amendments") == [("replaces",)]
    assert ask("SELECT role, amount_low::BIGINT, counts_in_sum FROM current_charges") == [
        ("total", 10_000_000, True)
    ]


def test_a_total_added_to_a_part_covers_it(warehouse: Callable[[Rows, Rows], Ask]) -> None:
    ask = warehouse(severance_only(), amendment_rows(NEW_TOTAL))

    assert ask("SELECT role, counts_in_sum FROM current_charges ORDER BY role") == [
        ("component", False),
        ("total", True),
    ]
    assert ask("SELECT sum_low::BIGINT, sum_high::BIGINT FROM plans") == [(10_000_000, 11_000_000)]


def test_a_part_added_to_a_complete_total_is_no_addition(warehouse: Callable[[Rows, Rows], Ask]) -> None:
    original = filing_rows(ORIGINAL)
    original["charges"] = [charges(ORIGINAL)[0] | {"counts_in_sum": True}]

    ask = warehouse(original, amendment_rows(LEASES))

    assert ask("SELECT effect FROM amendments") == [("adds_estimate",)]
    assert ask("SELECT role, counts_in_sum FROM current_charges ORDER BY role") == [
        ("component", False),
        ("total", True),
    ]


def test_an_amendment_without_its_original_stands_for_itself(warehouse: Callable[[Rows, Rows], Ask]) -> None:
    empty: Rows = {name: [] for name in filing_rows()}

    ask = warehouse(empty, amendment_rows(LEASES))

    assert ask("SELECT plan_accession_number, amendments FROM plans") == [(AMENDMENT, 0)]


def test_earlier_estimates_that_a_filing_quotes_are_revisions_not_charges(
    warehouse: Callable[[Rows, Rows], Ask],
) -> None:
    original = filing_rows(ORIGINAL)
    original["charges"][1] |= {"role": "revision_prior", "counts_in_sum": False}

    ask = warehouse(original, {name: [] for name in original})

    assert ask("SELECT count(*) FROM current_charges WHERE role = 'revision_prior'") == [(0,)]
    assert ask("SELECT source, prior_low::INT, new_low::INT, change_low::INT FROM estimate_revisions") == [
        ("quoted", 5_000_000, 8_000_000, 3_000_000)
    ]


def test_a_quoted_estimate_is_not_added_to_the_parts_that_are_quoted_with_it(
    warehouse: Callable[[Rows, Rows], Ask],
) -> None:
    original = filing_rows(ORIGINAL)
    for part in original["charges"][1:3]:
        part |= {"role": "revision_prior", "counts_in_sum": False}
    largest = max(original["charges"][1:3], key=lambda part: part["amount_high"])

    ask = warehouse(original, {name: [] for name in original})

    assert ask("SELECT prior_low, prior_high FROM estimate_revisions WHERE source = 'quoted'") == [
        (largest["amount_low"], largest["amount_high"])
    ]


def test_estimate_revisions_show_the_move_between_filings(warehouse: Callable[[Rows, Rows], Ask]) -> None:
    ask = warehouse(filing_rows(ORIGINAL), amendment_rows(NEW_TOTAL))

    assert ask(
        "SELECT source, role, prior_accession_number, accession_number, change_low::INT, change_high::INT "
        "FROM estimate_revisions"
    ) == [("amendment", "total", ORIGINAL, AMENDMENT, 2_000_000, 1_500_000)]


def test_aggregates_keep_currencies_apart_and_say_how_open_bounds_counted(
    warehouse: Callable[[Rows, Rows], Ask],
) -> None:
    euros = filing_rows(OTHER, cik="0001000002")
    euros["charges"] = [
        row | {"currency": "EUR", "amount_low": None if row["category"] == "severance" else row["amount_low"]}
        for row in euros["charges"]
    ]
    euros["exit_plans"] = [plan(OTHER, currency="EUR")]
    ask = warehouse(together(filing_rows(ORIGINAL), euros), {name: [] for name in euros})

    columns = "currency, sum_low::BIGINT, sum_high::BIGINT, open_low_rows, open_high_rows"
    expected = [("EUR", 3_000_000, 9_500_000, 1, 0), ("USD", 8_000_000, 9_500_000, 0, 0)]

    assert ask(f"SELECT {columns} FROM plans ORDER BY currency") == expected
    assert ask(f"SELECT {columns} FROM charges_by_industry ORDER BY currency") == expected
    assert (
        ask(
            "SELECT currency, sum(sum_low)::BIGINT, sum(sum_high)::BIGINT, sum(open_low_rows)::BIGINT, "
            "sum(open_high_rows)::BIGINT FROM charges_by_month GROUP BY currency ORDER BY currency"
        )
        == expected
    )


def test_severance_per_head_divides_by_the_people_to_go(warehouse: Callable[[Rows, Rows], Ask]) -> None:
    ask = warehouse(filing_rows(ORIGINAL), {name: [] for name in filing_rows()})

    assert ask("SELECT per_head_low, per_head_high, has_open_bounds FROM severance_per_head") == [
        (Decimal("41666.67"), Decimal("50000.00"), False)
    ]


def test_company_history_lists_each_filing_on_a_plan(warehouse: Callable[[Rows, Rows], Ask]) -> None:
    ask = warehouse(together(severance_only(), filing_rows(OTHER, cik="0001000002")), amendment_rows(LEASES))

    assert ask("SELECT cik, plan_number, accession_number, effect FROM company_history") == [
        ("0001000001", 1, ORIGINAL, "original"),
        ("0001000001", 1, AMENDMENT, "adds_estimate"),
        ("0001000002", 1, OTHER, "original"),
    ]
