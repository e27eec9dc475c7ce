"""Cost tables: units, columns, rows, totals."""

from tests.charges.reading_text import brief, understand_table


def test_unit_from_the_caption_and_total_row() -> None:
    read = understand_table(
        [
            ["(in thousands)", "Estimate"],
            ["Severance", "$ 4,200"],
            ["Lease termination", "1,300"],
            ["Total", "$ 5,500"],
        ]
    )
    assert [brief(charge, "amount_low", "category", "role", "counts_in_sum") for charge in read.charges] == [
        (4_200, "severance", "component", True),
        (1_300, "contract_termination", "component", True),
        (5_500, "mixed", "total", False),
    ]
    assert read.charges[0]["parent_charge_id"] == read.charges[2]["charge_id"]
    assert read.charges[0]["context_spans"]
    assert read.exit_plans[0]["reconciliation"] == "adds_up"


def test_low_and_high_columns_make_a_range() -> None:
    read = understand_table(
        [
            ["(in millions)", "Low", "High"],
            ["Severance", "$ 4", "$ 5"],
            ["Relocation", "—", "2"],
            ["Total", "$ 4", "$ 7"],
        ]
    )
    assert [brief(charge, "amount_low", "amount_high") for charge in read.charges] == [
        (4_000, 5_000),
        (0, 2_000),
        (4_000, 7_000),
    ]


def test_cash_and_noncash_columns() -> None:
    read = understand_table(
        [
            ["(in thousands)", "Cash", "Non-cash", "Total"],
            ["Severance", "$ 900", "$ —", "$ 900"],
            ["Facility exit costs", "600", "400", "1,000"],
            ["Total", "$ 1,500", "$ 400", "$ 1,900"],
        ]
    )
    assert [brief(charge, "amount_low", "role", "settlement") for charge in read.charges] == [
        (900, "component", "cash"),
        (600, "cash_portion", "cash"),
        (400, "noncash_portion", "noncash"),
        (1_000, "component", "mixed"),
        (1_500, "cash_portion", "cash"),
        (400, "noncash_portion", "noncash"),
        (1_900, "total", "mixed"),
    ]
    assert sum(charge["amount_low"] for charge in read.charges if charge["counts_in_sum"]) == 1_900_000


def test_a_column_that_says_cash_or_not_in_words() -> None:
    read = understand_table(
        [
            ["Type of cost", "Amount", "Nature"],
            ["Severance", "$250,000", "Cash"],
            ["Asset write-offs", "90,000", "Non-cash"],
        ]
    )
    assert [charge["settlement"] for charge in read.charges] == ["cash", "noncash"]


def test_period_columns() -> None:
    read = understand_table(
        [
            ["(in millions)", "Q1 2012", "Q2 2012", "Later quarters", "Total"],
            ["Severance", "$ 1", "$ 2", "$ 3", "$ 6"],
            ["Relocation", "—", "4", "—", "4"],
        ]
    )
    assert [brief(charge, "amount_low", "role", "period_text") for charge in read.charges] == [
        (1_000, "period_portion", "Q1 2012"),
        (2_000, "period_portion", "Q2 2012"),
        (3_000, "period_portion", None),
        (6_000, "component", None),
        (4_000, "component", "Q2 2012"),
    ]


def test_credits_in_parentheses_and_ranges_in_cells() -> None:
    read = understand_table(
        [
            ["(in thousands)", "Estimate"],
            ["Severance", "$ 400 - 500"],
            ["Reversal of accrued bonuses", "(120)"],
        ]
    )
    assert [brief(charge, "amount_low", "amount_high") for charge in read.charges] == [
        (400, 500),
        (-120, -120),
    ]


def test_a_per_share_column_is_no_charge() -> None:
    read = understand_table([["", "Amount", "Per diluted share"], ["Severance", "$ 400,000", "$ 0.03"]])
    assert [charge["amount_low"] for charge in read.charges] == [400_000]


def test_the_evidence_is_the_row_and_the_figure_the_cell() -> None:
    (first, *_) = understand_table([["(in thousands)", "Estimate"], ["Severance", "$ 4,200"]]).charges
    assert first["evidence"] == "Severance\t$ 4,200"
    assert first["figure_end"] - first["figure_start"] == len("$ 4,200")


def test_figures_in_the_words_of_a_table_are_mentions() -> None:
    read = understand_table(
        [["(in thousands)", "Estimate"], ["Severance (150 employees, 12% of the workforce)", "$ 4,200"]]
    )
    assert [charge["amount_low"] for charge in read.charges] == [4_200_000]
    assert [(mention["mention_text"], mention["relation"]) for mention in read.mentions] == [
        ("150", "context"),
        ("12%", "context"),
        ("$ 4,200", "states"),
    ]


def test_a_row_without_a_label_below_the_others_is_the_total() -> None:
    read = understand_table(
        [["(in thousands)", "Estimate"], ["Severance", "$ 400"], ["Relocation", "100"], ["", "$ 500"]]
    )
    assert [charge["role"] for charge in read.charges] == ["component", "component", "total"]
