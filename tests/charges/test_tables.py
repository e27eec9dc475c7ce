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


def test_low_and_high_columns_under_two_heads() -> None:
    read = understand_table(
        [
            ["", "Original Low", "Original High", "Revised Low", "Revised High"],
            ["Severance (in millions)", "$ 4", "$ 5", "$ 6", "$ 7"],
        ],
        "The estimates in millions of dollars:",
    )
    assert [brief(charge, "amount_low", "amount_high", "role") for charge in read.charges] == [
        (4_000, 5_000, "revision_prior"),
        (6_000, 7_000, "total"),
    ]


def test_a_range_in_three_cells_is_one_figure_and_a_nil_dash_parts_none() -> None:
    in_three = understand_table([["Severance", "$ 5.0", "–", "6.0"], ["Leases", "$ 1.0", "–", "2.0"]])
    assert [(c["amount_low"], c["amount_high"]) for c in in_three.charges] == [(5, 6), (1, 2)]
    nil = understand_table(
        [
            ["(in thousands)", "Cash", "Non-cash", "Total"],
            ["Severance", "5", "–", "5"],
            ["Leases", "4", "–", "4"],
        ]
    )
    assert [(c["amount_low"], c["amount_high"]) for c in nil.charges] == [(5_000, 5_000), (4_000, 4_000)]


def test_a_row_of_years_is_a_head() -> None:
    read = understand_table(
        [["(in millions)", "2011", "2012-2013", "Total"], ["Severance", "$ 4", "$ 2", "$ 6"]]
    )
    assert [brief(charge, "amount_low", "role", "period_text") for charge in read.charges] == [
        (4_000, "period_portion", "2011"),
        (2_000, "period_portion", "2012-2013"),
        (6_000, "total", None),
    ]


def test_quarters_without_a_year_are_period_columns() -> None:
    read = understand_table(
        [["(in millions)", "Third Quarter", "Fourth Quarter", "Total"], ["Severance", "$ 1", "$ 2", "$ 3"]]
    )
    assert [charge["role"] for charge in read.charges] == ["period_portion", "period_portion", "total"]


def test_cash_columns_of_two_years_are_portions_of_periods() -> None:
    read = understand_table(
        [
            ["(in millions)", "2012 Cash", "2012 Non-cash", "2013 Cash", "Total"],
            ["Severance", "$ 5", "$ 1", "$ 2", "$ 8"],
        ]
    )
    assert [brief(charge, "amount_low", "role", "settlement") for charge in read.charges] == [
        (5_000, "period_portion", "cash"),
        (1_000, "period_portion", "noncash"),
        (2_000, "period_portion", "cash"),
        (8_000, "total", "mixed"),
    ]


def test_the_column_of_a_second_currency_translates_the_first() -> None:
    read = understand_table([["", "EUR million", "USD million"], ["Social plan", "14.0", "15.4"]])
    assert [(c["amount_low"], c["currency"]) for c in read.charges] == [(14_000_000, "EUR")]
    assert [m["relation"] for m in read.mentions] == ["states", "translates"]


def test_a_dollar_that_the_caption_calls_canadian() -> None:
    read = understand_table([["(in millions of Canadian dollars)", "Amount"], ["Severance", "$ 4"]])
    assert [(charge["amount_low"], charge["currency"]) for charge in read.charges] == [(4_000_000, "CAD")]


def test_changes_of_an_estimate_are_no_costs() -> None:
    read = understand_table(
        [
            ["(in millions)", "As previously reported", "Change", "Revised estimate"],
            ["Leases", "$ 6.5", "(1.5)", "$ 5.0"],
        ]
    )
    assert [brief(charge, "amount_low", "role") for charge in read.charges] == [
        (6_500, "revision_prior"),
        (5_000, "total"),
    ]
    assert [mention["kind"] for mention in read.mentions if mention["mention_text"] == "(1.5)"] == [
        "other_matter"
    ]


def test_of_the_movements_of_an_accrual_only_the_charges_are_costs() -> None:
    read = understand_table(
        [
            ["(in thousands)", "Severance", "Facilities"],
            ["Balance at December 31, 2011", "$ 410", "$ 1,200"],
            ["Charges", "2,300", "150"],
            ["Cash payments", "(900)", "(400)"],
            ["Balance at March 31, 2012", "$ 1,810", "$ 950"],
        ],
        "The movements of the accrual were:",
    )
    assert [brief(charge, "amount_low", "category", "status") for charge in read.charges] == [
        (2_300, "severance", "incurred"),
        (150, "facility", "incurred"),
    ]


def test_a_grand_total_below_groups_belongs_to_none_of_them() -> None:
    read = understand_table(
        [
            ["(in thousands)", "Estimate"],
            ["Cash charges:", ""],
            ["Severance", "$ 3,400"],
            ["Total cash charges", "3,400"],
            ["Non-cash charges:", ""],
            ["Impairment of equipment", "2,200"],
            ["Inventory write-down", "700"],
            ["Total non-cash charges", "2,900"],
            ["Total charges", "$ 6,300"],
        ]
    )
    assert [brief(charge, "amount_low", "role", "settlement") for charge in read.charges] == [
        (3_400, "component", "cash"),
        (3_400, "cash_portion", "cash"),
        (2_200, "component", "noncash"),
        (700, "component", "noncash"),
        (2_900, "noncash_portion", "noncash"),
        (6_300, "total", "mixed"),
    ]
    assert read.exit_plans[0]["components_low"] == 6_300_000


def test_a_footnote_speaks_of_its_row() -> None:
    read = understand_table(
        [["(in thousands)", "Estimate"], ["Severance (1)", "$ 400"], ["Other costs (2)", "100"]],
        "The charges:",
        after="<p>(1) To be paid in cash.</p><p>(2) Non-cash write-offs of equipment.</p>",
    )
    assert [charge["settlement"] for charge in read.charges] == ["cash", "noncash"]


def test_a_unit_in_a_row_of_its_own_stands_with_the_context() -> None:
    read = understand_table([["", "Amount"], ["Severance", "$ 4"], ["(in millions)", ""], ["Leases", "2"]])
    assert [charge["amount_low"] for charge in read.charges] == [4_000_000, 2_000_000]
    for charge in read.charges:
        last = charge["context_spans"][-1]
        assert last["end"] - last["start"] == len("(in millions)")
