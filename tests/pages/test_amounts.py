"""Short amounts: units, ranges and open bounds, and sums of charges."""

from decimal import Decimal

import pytest

from pipeline.pages.amounts import Sum, short_money

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("low", "high", "currency", "written"),
    [
        (8_000_000, 9_500_000, "USD", f"$8–9.5{SPACE}million"),
        (75_000, 75_000, "USD", "$75,000"),
        (None, 5_000_000, "CAD", f"up to CAD{SPACE}5{SPACE}million"),
        (1_250_000_000, None, "EUR", f"at least €1.25{SPACE}billion"),
        (900_000, 1_100_000, "GBP", f"£900,000 – £1.1{SPACE}million"),
        (0, 2_000_000, "USD", f"$0–2{SPACE}million"),
        (None, None, "USD", ""),
        (1234, 1234, None, "1,234"),
        (-500_000, -500_000, "USD", "$-500,000"),
    ],
)
def test_amounts_are_short(low: int | None, high: int | None, currency: str | None, written: str) -> None:
    lowest, highest = (None if bound is None else Decimal(bound) for bound in (low, high))
    assert short_money(lowest, highest, currency) == written


def test_a_sum_says_which_of_its_bounds_are_open() -> None:
    assert str(Sum("USD", Decimal(0), Decimal(5_000_000), 1, 0)) == f"up to $5{SPACE}million"
    assert str(Sum("USD", Decimal(1_000_000), Decimal(5_000_000), 1, 0)) == f"$1–5{SPACE}million"
    assert str(Sum("USD", Decimal(1_000_000), Decimal(5_000_000), 0, 2)) == f"at least $1{SPACE}million"


def test_a_large_sum_is_rounded_to_three_digits() -> None:
    sum_of_many = Sum("USD", Decimal("799835000.00"), Decimal("993312345.67"), 2, 2)
    assert sum_of_many.rounded == f"$800–993{SPACE}million"
