"""Category, role, settlement, status and period of charges in sentences and lists."""

import datetime as dt

import pytest

from pipeline.charges.filing_rows import Held, read_figures, read_sections
from tests.charges.reading_text import HEADING, brief, understand_text


@pytest.mark.parametrize(
    ("words", "category", "asc420_class"),
    [
        ("severance and related benefits", "severance", "one_time_termination_benefits"),
        ("one-time termination benefits", "severance", "one_time_termination_benefits"),
        ("retention bonuses", "retention", "one_time_termination_benefits"),
        ("lease termination costs", "contract_termination", "contract_termination"),
        ("plant closure costs", "facility", "other_associated"),
        ("relocation of equipment", "relocation", "other_associated"),
        ("accelerated depreciation", "asset_impairment", "outside_asc420"),
        ("goodwill impairment", "goodwill_intangible", "outside_asc420"),
        ("inventory write-downs", "inventory", "outside_asc420"),
        ("stock-based compensation", "stock_compensation", "outside_asc420"),
        ("legal and professional fees", "professional_fees", "other_associated"),
        ("pension curtailment charges", "pension", "outside_asc420"),
        ("severance and lease termination costs", "mixed", "several"),
    ],
)
@pytest.mark.parametrize(
    "template", ["The Company will record {} of $4 million.", "It will incur $4 million of {}."]
)
def test_category(template: str, words: str, category: str, asc420_class: str) -> None:
    (charge,) = understand_text(template.format(words)).charges
    assert (charge["category"], charge["asc420_class"]) == (category, asc420_class)


def test_each_amount_of_an_enumeration_has_its_own_words() -> None:
    read = understand_text(
        "The Company expects charges of $10 million to $12 million, consisting of $5 million to "
        "$6 million of "
        "severance, $3 million to $4 million of lease termination costs and $2 million of "
        "non-cash asset write-offs."
    )
    assert [brief(charge, "amount_low", "category", "role", "settlement") for charge in read.charges] == [
        (10_000, "mixed", "total", "unstated"),
        (5_000, "severance", "component", "unstated"),
        (3_000, "contract_termination", "component", "unstated"),
        (2_000, "asset_impairment", "component", "noncash"),
    ]
    assert {charge["parent_charge_id"] for charge in read.charges[1:]} == {read.charges[0]["charge_id"]}


def test_names_before_the_amounts() -> None:
    read = understand_text(
        "The Company will incur severance of $5 million, relocation costs of $2 million and "
        "legal fees of $1 million."
    )
    assert [charge["category"] for charge in read.charges] == ["severance", "relocation", "professional_fees"]


def test_respectively() -> None:
    read = understand_text("Severance and lease costs will be about $5 million and $2 million, respectively.")
    assert [brief(charge, "amount_low", "category") for charge in read.charges] == [
        (5_000, "severance"),
        (2_000, "contract_termination"),
    ]


def test_parts_in_a_list_below_their_total() -> None:
    read = understand_text(
        "The Company expects total charges of $9 million, as follows:",
        "* $6 million for severance;",
        "* $3 million for closing the plant.",
    )
    assert [brief(charge, "amount_low", "category", "role") for charge in read.charges] == [
        (9_000, "mixed", "total"),
        (6_000, "severance", "component"),
        (3_000, "facility", "component"),
    ]
    assert [charge["counts_in_sum"] for charge in read.charges] == [False, True, True]
    assert read.exit_plans[0]["reconciliation"] == "adds_up"


def test_up_to_before_a_list_caps_its_amounts() -> None:
    read = understand_text(
        "The Company will incur costs of up to:", "* $6 million for severance;", "* $3 million for rent."
    )
    assert [(charge["amount_low"], charge["amount_high"]) for charge in read.charges] == [
        (None, 6_000_000),
        (None, 3_000_000),
    ]
    assert all(charge["context_spans"] for charge in read.charges)


def test_cash_and_noncash_portions_of_a_total() -> None:
    read = understand_text(
        "The Company expects pre-tax charges of $20 million, of which $12 million represents future cash "
        "expenditures and $8 million is non-cash."
    )
    assert [brief(charge, "amount_low", "role", "settlement", "is_pretax") for charge in read.charges] == [
        (20_000, "total", "mixed", True),
        (12_000, "cash_portion", "cash", True),
        (8_000, "noncash_portion", "noncash", True),
    ]
    plan = read.exit_plans[0]
    assert (plan["total_low"], plan["cash_low"], plan["noncash_low"]) == (20_000_000, 12_000_000, 8_000_000)
    assert plan["reconciliation"] == "adds_up"


def test_all_of_it_in_cash() -> None:
    read = understand_text(
        "The Company expects charges of $7 million, comprised of $5 million of severance and $2 "
        "million of moving "
        "costs. All of these charges will result in cash expenditures."
    )
    assert {charge["settlement"] for charge in read.charges} == {"cash"}


def test_what_was_recorded_is_incurred() -> None:
    read = understand_text(
        "The Company expects total charges of $20 million, of which $8 million was recorded in "
        "the first quarter of 2012."
    )
    assert [brief(charge, "amount_low", "role", "status") for charge in read.charges] == [
        (20_000, "total", "expected"),
        (8_000, "period_portion", "incurred"),
    ]
    assert (read.charges[1]["period_start"], read.charges[1]["period_end"]) == (
        dt.date(2012, 1, 1),
        dt.date(2012, 3, 31),
    )


def test_the_earlier_estimate_of_a_revised_plan() -> None:
    read = understand_text(
        "The Company had previously estimated charges of $10 million. It now expects charges of $14 million."
    )
    assert [brief(charge, "amount_low", "role") for charge in read.charges] == [
        (10_000, "revision_prior"),
        (14_000, "total"),
    ]
    assert [charge["counts_in_sum"] for charge in read.charges] == [False, True]


def test_the_only_cost_is_the_total() -> None:
    (charge,) = understand_text("Severance is estimated at $3 million.").charges
    assert brief(charge, "category", "role", "is_approximate") == ("severance", "total", True)


def test_after_tax_beside_pretax_is_not_summed() -> None:
    read = understand_text("The Company will record a pre-tax charge of $20 million ($13 million after tax).")
    assert [brief(charge, "amount_low", "is_pretax", "counts_in_sum") for charge in read.charges] == [
        (20_000, True, True),
        (13_000, False, False),
    ]


def test_a_credit_inside_the_charges_is_negative() -> None:
    read = understand_text(
        "Stock-based compensation will be $6 million, net of a reversal of $2 million for forfeitures."
    )
    assert [charge["amount_low"] for charge in read.charges] == [6_000_000, -2_000_000]


@pytest.mark.parametrize(
    ("sentences", "charges"),
    [
        (
            "Costs will be $57 million (an increase of $6 million from our estimate): "
            "severance, $31 million; lease termination, $26 million.",
            [
                (57_000, "mixed", "total"),
                (31_000, "severance", "component"),
                (26_000, "contract_termination", "component"),
            ],
        ),
        (
            "One-time costs comprise $3 million for the termination of contracts "
            "and severance costs of $2 million.",
            [(3_000, "contract_termination", "component"), (2_000, "severance", "component")],
        ),
        (
            "The vesting of these shares will result in a charge of $2 million. "
            "Severance will be $1 million.",
            [(2_000, "stock_compensation", "component"), (1_000, "severance", "component")],
        ),
        (
            "The Company expects a charge of $21 million in the third quarter of 2012 "
            "and $4 million in 2013.",
            [(21_000, "unstated", "period_portion"), (4_000, "unstated", "period_portion")],
        ),
        (
            "Termination benefits will be $5 million. Of this, $3 million will be recorded in research "
            "and development expense and $2 million in selling, general and administrative expense.",
            [
                (5_000, "severance", "component"),
                (3_000, "unstated", "component"),
                (2_000, "unstated", "component"),
            ],
        ),
    ],
)
def test_wording(sentences: str, charges: list[tuple[int, str, str]]) -> None:
    read = understand_text(sentences)
    assert [brief(charge, "amount_low", "category", "role") for charge in read.charges] == charges


def test_all_but_an_amount_is_the_other_settlement() -> None:
    read = understand_text("The charge will be $47 million, of which all but $1 million will be non-cash.")
    assert [brief(charge, "role", "settlement") for charge in read.charges][-1] == ("cash_portion", "cash")


def test_parts_add_up_within_the_rounding_of_each_figure() -> None:
    read = understand_text(
        "Charges of approximately $1.2 million include $394,000 for lease terminations "
        "and $818,000 of severance."
    )
    assert read.exit_plans[0]["reconciliation"] == "adds_up"


def test_a_figure_that_stands_only_in_the_exhibit_is_read_there_and_a_restated_one_once() -> None:
    header = (
        "<SEC-HEADER>ACCESSION NUMBER: 0009990001-12-000001\nCONFORMED SUBMISSION TYPE: 8-K\n</SEC-HEADER>\n"
    )
    item = f"{HEADING}\n\nA charge of $21 million is expected; see Exhibit 99.1, incorporated by reference.\n"
    release = "The closing leads to a charge of $21 million.\n\nSeverance of $4 million is included.\n"
    text = header + "".join(
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{number}\n<TEXT>\n{body}</TEXT>\n</DOCUMENT>\n"
        for number, (kind, body) in enumerate((("8-K", item), ("EX-99.1", release)), start=1)
    )
    rows = read_sections(text.encode(), Held("memory"))
    read = read_figures(rows.filing, rows.sections)[1]
    assert [(c["amount_low"], c["document_sequence"]) for c in read.charges] == [
        (21_000_000, 1),
        (4_000_000, 2),
    ]


@pytest.mark.parametrize("sums_up", ["for a total of", "or an aggregate of", "representing total costs of"])
def test_what_parts_come_to_is_their_total_and_not_another_of_the_last_parts_kind(sums_up: str) -> None:
    read = understand_text(
        "It expects $3.0 million of severance, $0.5 million for retention and $0.3 million of facility exit "
        f"costs, {sums_up} approximately $3.8 million."
    )
    found = [brief(charge, "amount_low", "category", "role") for charge in read.charges]
    assert found == [
        (3000, "severance", "component"),
        (500, "retention", "component"),
        (300, "facility", "component"),
        (3800, "mixed", "total"),
    ]
    assert {charge["parent_charge_id"] for charge in read.charges[:3]} == {read.charges[3]["charge_id"]}


def test_a_sum_of_equal_amounts_keeps_what_they_are_of() -> None:
    read = understand_text("It will pay severance of $20,000 for each employee, for a total of $2 million.")
    assert brief(read.charges[-1], "amount_low", "category") == (2000, "severance")


@pytest.mark.parametrize(
    "sentence",
    [
        "If it should also give up its warehouse, an additional charge of $2 million is possible.",
        "The Company may incur additional costs of up to $2 million if the plant cannot be sublet.",
    ],
)
def test_what_may_come_on_top_is_no_part_of_the_total_and_of_the_sum(sentence: str) -> None:
    read = understand_text("The Company expects total charges of $5 million in 2012.", sentence)
    total, contingent = read.charges
    assert brief(total, "amount_low", "role", "counts_in_sum") == (5000, "total", True)
    assert brief(contingent, "amount_high", "role", "counts_in_sum") == (2000, "component", False)
    assert contingent["parent_charge_id"] is None
    [plan] = read.exit_plans
    assert (plan["total_low"], plan["components_high"]) == (5_000_000, None)


def test_the_first_quarter_is_no_first_estimate() -> None:
    read = understand_text(
        "The Company recorded $5 million of severance in the first quarter and expects to record $2 million "
        "of lease termination costs in the second quarter."
    )
    assert [charge["role"] for charge in read.charges] == ["component", "component"]
