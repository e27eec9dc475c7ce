"""Which currencies the words beside a figure allow."""

import pytest

from expectations.currency_reading import allowed_currencies


@pytest.mark.parametrize(
    ("figure", "currency"),
    [
        ("€5 million", "EUR"),
        ("5 million euros", "EUR"),
        ("£5 million", "GBP"),
        ("CHF 5 million", "CHF"),
        ("US$5 million", "USD"),
        ("C$5 million", "CAD"),
        ("U.S. dollars", "USD"),
    ],
)
def test_a_sign_allows_its_currency_only(figure: str, currency: str) -> None:
    assert allowed_currencies(figure) == {currency}


def test_a_bare_dollar_sign_allows_every_dollar_but_no_euro() -> None:
    assert {"USD", "CAD"} < allowed_currencies("$5 million")
    assert "EUR" not in allowed_currencies("$5 million")


def test_yen_and_yuan_share_a_sign() -> None:
    assert allowed_currencies("¥5 million") == {"JPY", "CNY"}


def test_the_context_speaks_where_the_figure_has_no_sign() -> None:
    assert allowed_currencies("1,465", ["(in thousands of euros)"]) == {"EUR"}
    assert allowed_currencies("€5 million", ["($ in thousands)"]) == {"EUR"}


def test_without_any_sign_nothing_is_ruled_out() -> None:
    assert allowed_currencies("1,465", ["(in thousands)"]) == frozenset()
