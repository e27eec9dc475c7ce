"""The charges of a plan as a tree: each below the total or subtotal that it is part of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.pages.figures import Figure
from pipeline.pages.filing_view import Row
from pipeline.pages.words import amount, money


@dataclass(frozen=True, slots=True)
class Amount:
    """The bounds of a closed range, to stand below those of others; for anything else all of it in `high`."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Node:
    """A charge and how deep it stands, from 0."""

    figure: Figure
    depth: int
    parent: str
    """The number of the charge above it; empty for one that is part of none."""
    amount: Amount
    is_approximate: bool
    counts: bool


def charge_tree(charges: Iterable[Figure]) -> tuple[Node, ...]:
    """The charges in reading order, the parts of each right behind it, earlier estimates last.

    A charge whose parent is not among them, or that is its own ancestor, stands at the top.
    """
    listed = list(charges)
    by_id = {figure.row["charge_id"]: figure for figure in listed}
    below: Mapping[str, list[Figure]] = defaultdict(list)
    tops = []
    for figure in listed:
        parent = figure.row["parent_charge_id"]
        if parent in by_id and not _circular(figure, by_id):
            below[parent].append(figure)
        else:
            tops.append(figure)

    def walk(figures: Iterable[Figure], depth: int, parent: str) -> Iterator[Node]:
        for figure in figures:
            row = figure.row
            shown = _in_columns(row["amount_low"], row["amount_high"], row["currency"])
            yield Node(figure, depth, parent, shown, row["is_approximate"], row["counts_in_sum"])
            yield from walk(below[figure.row["charge_id"]], depth + 1, figure.key)

    tops.sort(key=lambda figure: bool(figure.row["role"] == "revision_prior"))
    return tuple(walk(tops, 0, ""))


def _circular(figure: Figure, by_id: Mapping[str, Figure]) -> bool:
    seen = set()
    above: Figure | None = figure
    while above is not None:
        if above.key in seen:
            return True
        seen.add(above.key)
        above = by_id.get(above.row["parent_charge_id"] or "")
    return False


def counted_sums(charges: Iterable[Figure]) -> tuple[Amount, ...]:
    """The sum of the charges that count, in each currency; a bound that is open in one is open in the sum."""
    by_currency: dict[str | None, list[Row]] = defaultdict(list)
    for figure in charges:
        if figure.row["counts_in_sum"]:
            by_currency[figure.row["currency"]].append(figure.row)
    return tuple(
        _in_columns(_sum(rows, "amount_low"), _sum(rows, "amount_high"), currency)
        for currency, rows in by_currency.items()
    )


def _sum(rows: Iterable[Row], bound: str) -> Decimal | None:
    values = [row[bound] for row in rows]
    return None if any(value is None for value in values) else sum(values, Decimal(0))


def _in_columns(low: Any, high: Any, currency: str | None) -> Amount:
    if low is None or high is None or low == high:
        return Amount("", money(low, high, currency) or "no bound")
    return Amount(amount(low, currency), amount(high, currency))
