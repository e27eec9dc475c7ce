"""The independent reading of a figure's numbers: what they could mean, and what they could not."""

from decimal import Decimal

import pytest

from expectations.number_reading import calls_it_a_credit, possible_amounts, written_as_negative


def readings(figure: str, *contexts: str, before: str = "", after: str = "") -> set[Decimal]:
    return set(possible_amounts(figure, before, after, contexts))


@pytest.mark.parametrize(
    ("figure", "amounts"),
    [
        ("$1,234,567", [1_234_567]),
        ("$40 million", [40_000_000]),
        ("approximately $1.5 million", [1_500_000]),
        ("$20 to $25 million", [20_000_000, 25_000_000]),
        ("$20 - $25 million", [20_000_000, 25_000_000]),
        ("$20-$25 million", [20_000_000, 25_000_000]),
        ("$800,000 to $1 million", [800_000, 1_000_000]),
        ("$950 thousand", [950_000]),
        ("$2.5M", [2_500_000]),
        ("$500K", [500_000]),
        ("$3 bn", [3_000_000_000]),
        ("£1.2bn", [1_200_000_000]),
        ("EUR 2,5 million", [2_500_000]),
        ("EUR 1.234.567", [1_234_567]),
        ("CHF 1'200'000", [1_200_000]),
        ("$1 ½ million", [1_500_000]),
        ("twenty-five million dollars", [25_000_000]),
        ("one hundred and twenty-five thousand dollars", [125_000]),
        ("two million five hundred thousand dollars", [2_500_000]),
        ("half a million dollars", [500_000]),
        ("half of a million dollars", [500_000]),
        ("one-half million dollars", [500_000]),
        ("three quarters of a million", [750_000]),
        ("one to one-and-a-half million dollars", [1_000_000, 1_500_000]),
        ("four to four and a half million dollars", [4_000_000, 4_500_000]),
        ("between fifteen and eighteen million dollars", [15_000_000, 18_000_000]),
        ("a thousand", [1_000]),
        ("—\t—\t275,000", [0, 275_000]),
        ("$(1.2) million", [-1_200_000]),
        ("(1,275)", [-1_275]),
        ("-$3.4 million", [-3_400_000]),
        ("—", [0]),
        ("nil", [0]),
    ],
)
def test_what_a_figure_says(figure: str, amounts: list[int]) -> None:
    assert {Decimal(amount) for amount in amounts} <= readings(figure)


@pytest.mark.parametrize(
    ("figure", "not_these"),
    [
        ("$40 million", [40, 40_000, 4_000_000, 400_000_000, -40_000_000]),
        ("$20 to $25 million", [20, 25, 20_000, 22_500_000]),
        ("$1,234,567", [1_234, 1_234_567_000]),
        ("$20 - $25 million", [-25_000_000]),
        ("$(1.2) million", [1_200_000]),
        ("$ — $ 8,940", [-8_940]),
        ("20 – 25", [0]),
        ("fifteen to eighteen million dollars", [15, 18, 15_000]),
        ("a figure", [0]),
    ],
)
def test_what_it_does_not_say(figure: str, not_these: list[int]) -> None:
    assert not {Decimal(amount) for amount in not_these} & readings(figure)


@pytest.mark.parametrize(
    "context",
    ["(in thousands)", "($000s)", "in 000's", "Dollars in thousands, except per share data", "($ thousand)"],
)
def test_a_declared_unit_scales_a_bare_number_and_nothing_else_will_do(context: str) -> None:
    assert readings("1,465", context) == {Decimal(1_465_000)}


@pytest.mark.parametrize("context", ["(in millions)", "$M", "(US$ millions)", "$MM"])
def test_millions_too(context: str) -> None:
    assert readings("0.4", context) == {Decimal(400_000)}


def test_a_unit_that_belongs_to_a_number_of_the_context_may_be_lent() -> None:
    assert readings("$1.2", "and $3.4 million, respectively") == {Decimal("1.2"), Decimal(1_200_000)}


def test_the_figures_own_unit_goes_before_the_contexts() -> None:
    assert readings("$5 million", "(in thousands)") == {Decimal(5_000_000)}


def test_parentheses_around_the_figure_leave_the_sign_open() -> None:
    assert readings("$3,400", before="(", after=")") == {Decimal(3_400), Decimal(-3_400)}
    assert readings("($3,400)") == {Decimal(3_400), Decimal(-3_400)}


@pytest.mark.parametrize(
    ("figure", "before", "after"), [("(1,275)", "", ""), ("1,275", "(", ")"), ("-$3", "", ""), ("3", "-", "")]
)
def test_negatives_as_accounts_write_them(figure: str, before: str, after: str) -> None:
    assert written_as_negative(figure, before, after)


def test_a_plain_figure_is_not_negative() -> None:
    assert not written_as_negative("$20 - $25 million", " ", ".")


@pytest.mark.parametrize(
    ("sentence", "is_credit"),
    [
        ("partly offset by a credit of $2 million", True),
        ("a gain of $2 million on the sale of the plant", True),
        ("a reversal of $2 million accrued earlier", True),
        ("termination benefits of $2 million", False),
        ("fees under the credit facility of $2 million", False),
    ],
)
def test_what_the_text_calls_a_credit(sentence: str, is_credit: bool) -> None:
    assert calls_it_a_credit(sentence) is is_credit


def test_it_shares_no_code_with_the_reader() -> None:
    import expectations.number_reading as module

    used = {getattr(value, "__module__", "") or "" for value in vars(module).values()}
    assert not [name for name in used if name.startswith("pipeline")]
