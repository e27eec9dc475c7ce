"""Numbers of people and shares, and percentages."""

import pytest

from pipeline.figures.find import find_figures


def found(text: str, unit: str) -> list[tuple[int | None, int | None]]:
    return [
        (None if figure.low is None else int(figure.low), None if figure.high is None else int(figure.high))
        for figure in find_figures(text)
        if figure.unit == unit
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("eliminate approximately 150 positions", [(150, 150)]),
        ("150 to 200 employees", [(150, 200)]),
        ("approximately 600-700 jobs", [(600, 700)]),
        ("more than 1,000 employees", [(1000, None)]),
        ("up to 40 roles", [(None, 40)]),
        ("twenty-five employees", [(25, 25)]),
        ("one hundred and ten positions", [(110, 110)]),
        ("between ten and fifteen people", [(10, 15)]),
        ("1,600 full-time equivalent employees", [(1600, 1600)]),
        ("reduce its workforce by 121, or 23%", [(121, 121)]),
        ("143 hourly and 19 salaried positions", [(143, 143), (19, 19)]),
        ("eighty of the 112 staff", [(80, 80), (112, 112)]),
        ("from 93 to 81 employees", [(93, 93), (81, 81)]),
        ("some 1,900 store associates", [(1900, 1900)]),
    ],
)
def test_people(text: str, counts: list[tuple[int | None, int | None]]) -> None:
    assert found(text, "people") == counts


@pytest.mark.parametrize(
    "text",
    [
        "On May 3, 2010 employees were informed",
        "in 2009 employees left",
        "a $5 million charge",
        "12 plants",
        "Section 16 officers",
    ],
)
def test_what_is_no_number_of_people(text: str) -> None:
    assert found(text, "people") == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("approximately 1.1 million shares of common stock", [(1_100_000, 1_100_000)]),
        ("options to purchase 480,000 shares", [(480_000, 480_000)]),
        (
            "412,300 restricted stock units and 88,150 performance stock units",
            [(412_300,) * 2, (88_150,) * 2],
        ),
        ("200,000 to 250,000 RSUs", [(200_000, 250_000)]),
        ("up to 50,000 unvested options", [(None, 50_000)]),
    ],
)
def test_shares(text: str, counts: list[tuple[int | None, int | None]]) -> None:
    assert found(text, "shares") == counts


@pytest.mark.parametrize(
    "text", ["three business units", "$0.51 per share", "two operating units", "15% of shares"]
)
def test_what_is_no_number_of_shares(text: str) -> None:
    assert found(text, "shares") == []


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("18% of its workforce", [(18, 18)]),
        ("10% to 15% of employees", [(10, 15)]),
        ("twenty percent of our staff", [(20, 20)]),
        ("at least 25%", [(25, None)]),
        ("5% and 7%, respectively", [(5, 5), (7, 7)]),
    ],
)
def test_percentages(text: str, percents: list[tuple[int | None, int | None]]) -> None:
    assert found(text, "percent") == percents
