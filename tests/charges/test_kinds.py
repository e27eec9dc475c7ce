"""What is a cost of the plan, and what only stands beside one."""

import pytest

from tests.charges.reading_text import understand_text


@pytest.mark.parametrize(
    "sentence",
    [
        "The Company expects to record a charge of $4 million.",
        "Severance is put at $4 million.",
        "The closing is expected to cost $4 million.",
        "The Company will write off equipment, a non-cash charge of $4 million.",
        "About $4 million will be spent on relocating machinery.",
        "The plan will require future cash expenditures of $4 million.",
        "The Company will pay $4 million to terminate its lease.",
    ],
)
def test_costs(sentence: str) -> None:
    (charge,) = understand_text(sentence).charges
    assert charge["amount_high"] == 4_000_000


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The plan should yield annual savings of $4 million.", "saving"),
        ("The Company expects the closing to save $4 million in operating expenses.", "saving"),
        ("Annual pre-tax income improvements of at least $4 million are expected.", "saving"),
        ("The plan should result in $4 million in reduced annualized operating expenses.", "saving"),
        (
            "The Company acquired the plant in 2004 for approximately $4 million in cash.",
            "purchase_price",
        ),
        ("Mr. Roe and Dr. Poe will receive cash payments of approximately $4 million.", "compensation"),
        ("The security deposit of $4 million was credited against the payment.", "other_matter"),
        ("The Company had capitalized costs of $4 million for the project.", "other_matter"),
        ("Pension contributions of $4 million are required by law.", "other_matter"),
        ("The total increased, an increase of $4 million from the prior estimate.", "other_matter"),
        ("The Company also made payments of $4 million that were expensed in prior years.", "other_plan"),
        ("The plan will lower operating expenses by $4 million a year.", "saving"),
        ("The Company expects to reduce its costs by approximately $4 million.", "saving"),
        ("The building is to be sold, with estimated proceeds of $4 million.", "proceeds"),
        ("The plant had net sales of $4 million in 2011.", "revenue"),
        ("The Company has $4 million outstanding under its credit facility.", "debt"),
        ("The Company bought the plant in 2005 for a purchase price of $4 million.", "purchase_price"),
        ("At year-end the Company had cash and cash equivalents of $4 million.", "cash_balance"),
        ("The Company had $4 million in cash on April 30, 2012.", "cash_balance"),
        ("The Company raised its EBITDA guidance to $4 million.", "guidance"),
        ("Mr. Roe will receive an annual base salary of $400,000.", "compensation"),
        ("The net book value of the plant is $4 million.", "other_matter"),
        ("Integration costs of $4 million are not included in the plan.", "other_matter"),
    ],
)
def test_other_amounts_are_mentions_of_their_kind(sentence: str, kind: str) -> None:
    read = understand_text(sentence)
    assert read.charges == []
    (mention,) = [mention for mention in read.mentions if mention["unit"] == "money"]
    assert mention["relation"] in ("none", "per_unit")
    assert mention["kind"] == kind


def test_a_cost_and_a_saving_in_one_sentence() -> None:
    read = understand_text("The plan will cost $3 million and bring savings of $5 million a year.")
    assert [charge["amount_low"] for charge in read.charges] == [3_000_000]


def test_an_amount_per_unit_is_no_charge() -> None:
    read = understand_text("The lease costs $3,000 per month.")
    assert read.charges == []
    assert [mention["relation"] for mention in read.mentions] == ["per_unit"]


def test_a_translation_is_no_second_charge() -> None:
    read = understand_text("Severance will cost €5 million (approximately $6.1 million).")
    assert [(charge["amount_low"], charge["currency"]) for charge in read.charges] == [(5_000_000, "EUR")]
    assert [mention["relation"] for mention in read.mentions] == ["states", "translates"]
    assert read.mentions[1]["target_id"] == read.charges[0]["charge_id"]


def test_the_same_figure_again_restates_it() -> None:
    read = understand_text(
        "The Company expects total charges of $9 million.", "The total charges of $9 million are estimates."
    )
    assert len(read.charges) == 1
    assert [mention["relation"] for mention in read.mentions] == ["states", "restates"]
