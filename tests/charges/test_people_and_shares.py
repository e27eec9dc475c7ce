"""Headcount and share figures, and those who are none."""

import pytest

from tests.charges.reading_text import understand_text


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("The plan will eliminate approximately 150 positions.", [(150, 150, None)]),
        ("The Company will reduce its workforce by 121 employees, or 23%.", [(121, 121, 23)]),
        ("Approximately 20% of the Company's global workforce will be laid off.", [(None, None, 20)]),
        ("Between 40 and 50 employees will lose their jobs.", [(40, 50, None)]),
        ("The plan affects 143 hourly and 19 salaried positions.", [(143, 143, None), (19, 19, None)]),
        ("The plan is currently expected to impact approximately 3,300 associates.", [(3_300, 3_300, None)]),
        ("It includes a reduction in force of approximately 110 employees.", [(110, 110, None)]),
        ("The plant employs 550 people, of whom about 520 will become redundant.", [(520, 520, None)]),
        ("The closure affects about 80 of the mill's 795 employees.", [(80, 80, None)]),
        ("The Company will find work for 50 employees and lay off the remaining 80.", [(80, 80, None)]),
        (
            "The Company will lay off 870 employees. The employees affected represent about 5% of "
            "its workforce.",
            [(870, 870, 5)],
        ),
    ],
)
def test_headcounts(sentence: str, counts: list[tuple[int | None, int | None, int | None]]) -> None:
    read = understand_text(sentence)
    assert [(row["count_low"], row["count_high"], row["percent"]) for row in read.headcount_figures] == counts


@pytest.mark.parametrize(
    "sentence",
    [
        "The plant employs 150 people.",
        "The Company will retain approximately 30 employees.",
        "The Company will reduce its workforce to approximately 81 employees.",
        "Two executive officers will leave.",
        "The business accounted for 11% of revenue.",
        "After the reduction the Company will have 26 full-time employees.",
        "The cuts do not include approximately 300 positions eliminated in 2011.",
        "The Company closes a site of 62 employees, of whom 57 will be offered work elsewhere.",
        "All employees who stay take a pay reduction of 5%.",
    ],
)
def test_who_is_no_headcount(sentence: str) -> None:
    read = understand_text(sentence)
    assert read.headcount_figures == []
    assert all(mention["kind"] for mention in read.mentions)


@pytest.mark.parametrize(
    ("sentence", "count", "security", "action"),
    [
        (
            "Approximately 1.1 million shares of common stock will vest immediately.",
            1_100_000,
            "common_stock",
            "vesting_accelerated",
        ),
        (
            "Vesting of 205,000 restricted stock units will be accelerated.",
            205_000,
            "restricted_stock_unit",
            "vesting_accelerated",
        ),
        (
            "Unvested options to purchase 480,000 shares will be forfeited.",
            480_000,
            "stock_option",
            "forfeited",
        ),
        (
            "The Company granted 90,000 performance stock units for retention.",
            90_000,
            "performance_award",
            "granted",
        ),
        (
            "The period to exercise options to purchase 65,000 shares was extended.",
            65_000,
            "stock_option",
            "exercise_period_extended",
        ),
    ],
)
def test_shares(sentence: str, count: int, security: str, action: str) -> None:
    (row,) = understand_text(sentence).share_figures
    assert (row["count_low"], row["security"], row["action"]) == (count, security, action)


def test_shares_are_linked_to_the_charge_that_they_cause() -> None:
    read = understand_text(
        "Vesting of 205,000 restricted stock units will be accelerated. The acceleration will "
        "result in a non-cash "
        "charge of approximately $2 million."
    )
    (share,), (charge,) = read.share_figures, read.charges
    assert share["charge_id"] == charge["charge_id"]
    assert (share["value_low"], share["currency"]) == (2_000_000, "USD")


def test_outstanding_shares_are_none_of_the_plan() -> None:
    read = understand_text("The Company has 61,204,118 shares of common stock outstanding.")
    assert read.share_figures == []
    assert [mention["kind"] for mention in read.mentions] == ["other_matter"]
