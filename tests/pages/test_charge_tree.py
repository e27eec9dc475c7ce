"""Charges below the totals that they are part of, and the sum of those that count."""

from decimal import Decimal

from pipeline.pages.charge_tree import Amount, charge_tree, counted_sums
from pipeline.pages.figures import Figure, find_figures
from tests.factories import Row, charges
from tests.pages.views import NUMBER, view_of


def charge_figures(*rows: Row) -> list[Figure]:
    return find_figures(view_of(charges=list(rows))).of("charges")


def test_parts_stand_below_their_total_and_earlier_estimates_last() -> None:
    total, severance, leases, cash = charges(NUMBER)
    earlier = {**total, "charge_id": "e" * 20, "role": "revision_prior", "ordinal": 0}
    nodes = charge_tree(charge_figures(earlier, total, severance, leases, cash))
    assert [(node.figure.said.label, node.depth) for node in nodes] == [
        ("Total", 0),
        ("Severance", 1),
        ("Leases and other contracts", 1),
        ("Cash portion", 0),
        ("Earlier estimate", 0),
    ]
    assert [node.parent for node in nodes][1] == nodes[0].figure.key
    assert [node.counts for node in nodes] == [False, True, True, False, False]


def test_a_range_has_two_columns_and_a_point_or_open_bound_one() -> None:
    nodes = charge_tree(charge_figures(*charges(NUMBER)))
    assert nodes[0].amount == Amount("$8,000,000", "$9,500,000")
    assert nodes[3].amount == Amount("", "up to $7,500,000")


def test_charges_that_are_parts_of_each_other_all_stand_at_the_top() -> None:
    first, second, *_ = charges(NUMBER)
    first = {**first, "parent_charge_id": second["charge_id"]}
    second = {**second, "parent_charge_id": first["charge_id"]}
    assert [node.depth for node in charge_tree(charge_figures(first, second))] == [0, 0]


def test_a_part_whose_total_was_rejected_stands_at_the_top() -> None:
    _, severance, *_ = charges(NUMBER)
    assert [node.depth for node in charge_tree(charge_figures(severance))] == [0]


def test_sums_are_by_currency_and_open_where_a_bound_is_open() -> None:
    rows = charges(NUMBER)
    assert counted_sums(charge_figures(*rows)) == (Amount("$8,000,000", "$9,500,000"),)
    rows[1] |= {"currency": "CAD"}
    rows[2] |= {"amount_low": None, "amount_high": Decimal(5)}
    assert counted_sums(charge_figures(*rows)) == (
        Amount("CAD\N{NO-BREAK SPACE}5,000,000", "CAD\N{NO-BREAK SPACE}6,000,000"),
        Amount("", "up to $5"),
    )
