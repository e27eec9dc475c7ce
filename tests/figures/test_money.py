"""Amounts of money in the notations that registrants use."""

from decimal import Decimal

import pytest

from pipeline.figures.find import find_figures
from pipeline.figures.model import Figure


def money(text: str, dollar: str = "USD") -> list[Figure]:
    return [figure for figure in find_figures(text, dollar) if figure.unit == "money"]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("a charge of $75,000", 75_000, 75_000, "USD"),
        (r"a charge of \$ 75,000", 75_000, 75_000, "USD"),
        ("about $40\nmillion", 40_000_000, 40_000_000, "USD"),
        ("$1.25 billion of notes", 1_250_000_000, 1_250_000_000, "USD"),
        ("US$3.5 million", 3_500_000, 3_500_000, "USD"),
        ("C$3.0 million", 3_000_000, 3_000_000, "CAD"),
        ("Canadian $2.5 million", 2_500_000, 2_500_000, "CAD"),
        ("€4.1 million", 4_100_000, 4_100_000, "EUR"),
        ("EUR 5 million", 5_000_000, 5_000_000, "EUR"),
        ("£275,000", 275_000, 275_000, "GBP"),
        ("CHF 4.5 million", 4_500_000, 4_500_000, "CHF"),
        ("¥850 million", 850_000_000, 850_000_000, "JPY"),
        ("five million euros", 5_000_000, 5_000_000, "EUR"),
        ("2.5 million Swiss francs", 2_500_000, 2_500_000, "CHF"),
        ("seventy-five thousand dollars", 75_000, 75_000, "USD"),
        ("four and a half million dollars", 4_500_000, 4_500_000, "USD"),
        ("$(1,275)", -1_275, -1_275, "USD"),
    ],
)
def test_amount(text: str, low: int, high: int, currency: str) -> None:
    (figure,) = money(text)
    assert (figure.low, figure.high, figure.currency) == (Decimal(low), Decimal(high), currency)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("$20 - $25 million", 20_000_000, 25_000_000),
        ("$20-25 million", 20_000_000, 25_000_000),
        ("$1.2 to $1.5 million", 1_200_000, 1_500_000),
        ("$800,000 to $1 million", 800_000, 1_000_000),
        ("between $3 million and $5 million", 3_000_000, 5_000_000),
        ("in the range of $32 to $35 million", 32_000_000, 35_000_000),
        ("$500,000 to 600,000", 500_000, 600_000),
        ("$3 million to approximately $4 million", 3_000_000, 4_000_000),
        ("at least $5.5 million and at most $7 million", 5_500_000, 7_000_000),
        ("no less than $5 million nor more than $6.25 million", 5_000_000, 6_250_000),
        ("from a low of $3 million to a high of $5 million", 3_000_000, 5_000_000),
        ("fifteen to eighteen million dollars", 15_000_000, 18_000_000),
    ],
)
def test_range(text: str, low: int, high: int) -> None:
    (figure,) = money(text)
    assert (figure.low, figure.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("up to $1.8 million", None, 1_800_000),
        ("up to approximately $152 million", None, 152_000_000),
        ("not expected to exceed $17 million", None, 17_000_000),
        ("no more than $3 million", None, 3_000_000),
        ("less than $300,000", None, 300_000),
        ("a maximum of $2 million", None, 2_000_000),
        ("at least $4 million", 4_000_000, None),
        ("in excess of $4 million", 4_000_000, None),
        ("no less than $4 million", 4_000_000, None),
        ("$4 million or more", 4_000_000, None),
    ],
)
def test_open_bound(text: str, low: int | None, high: int | None) -> None:
    (figure,) = money(text)
    assert (figure.low, figure.high) == (low, high)


def test_two_amounts_joined_by_and_are_no_range() -> None:
    assert [figure.low for figure in money("severance and lease costs of $2 million and $3 million")] == [
        Decimal(2_000_000),
        Decimal(3_000_000),
    ]


def bounds(text: str) -> list[tuple[int | None, int | None]]:
    return [
        (None if figure.low is None else int(figure.low), None if figure.high is None else int(figure.high))
        for figure in money(text)
    ]


def test_from_to_after_a_word_of_change_is_two_amounts() -> None:
    text = "raised its estimate from $45 million to $60 million"
    assert bounds(text) == [(45_000_000,) * 2, (60_000_000,) * 2]


def test_a_change_from_range_to_range_is_two_ranges() -> None:
    text = "raised its estimate from $45 million to $60 million to $90 million to $105 million"
    assert bounds(text) == [
        (45_000_000, 60_000_000),
        (90_000_000, 105_000_000),
    ]


def test_an_aside_inside_a_range_is_an_amount_of_its_own() -> None:
    text = "not less than €1.1 million (about $1.5 million) and not more than €3.0 million"
    assert bounds(text) == [(1_100_000, 3_000_000), (1_500_000, 1_500_000)]
    assert [figure.currency for figure in money(text)] == ["EUR", "USD"]


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("approximately $3 million", True),
        ("about $3 million", True),
        ("estimated at $3 million", True),
        ("an estimated $3 million", True),
        ("up to approximately $3 million", True),
        ("of $3 million", False),
        ("up to $3 million", False),
    ],
)
def test_approximation(text: str, approximate: bool) -> None:
    assert money(text)[0].is_approximate is approximate


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("$3,000 per month", "month"),
        ("$0.41 per diluted share", "diluted share"),
        ("$5 million a year", "year"),
    ],
)
def test_amount_per_unit(text: str, per: str) -> None:
    assert money(text)[0].per == per


def test_dollar_sign_is_the_documents_own_dollar() -> None:
    assert money("a charge of $3 million", dollar="CAD")[0].currency == "CAD"


def test_the_span_is_the_figures_own_words() -> None:
    text = "charges of up to approximately $20 to $25 million in 2009"
    (figure,) = money(text)
    assert text[figure.start : figure.end] == "$20 to $25 million"
    assert text[figure.phrase_start : figure.start] == "up to approximately "


@pytest.mark.parametrize("text", ["Rule 144 of 1933", "Form 10-K for 2009", "10 million shares", "Item 2.05"])
def test_what_is_no_money(text: str) -> None:
    assert money(text) == []
