"""The charges of a plan as a tree: each below the total or subtotal that it is part of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.pages.figures import Figure
from pipeline.pages.words import money


@dataclass(frozen=True, slots=True)
class Node:
    """A charge and how deep it stands, from 0."""

    figure: Figure
    depth: int
    parent: str
    """The number of the charge above it; empty for one that is part of none."""

    @property
    def counts(self) -> bool:
        return bool(self.figure.row["counts_in_sum"])


def charge_tree(charges: Iterable[Figure]) -> tuple[Node, ...]:
    """The charges in reading order, the parts of each right behind it.

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
            yield Node(figure, depth, parent)
            yield from walk(below[figure.row["charge_id"]], depth + 1, figure.key)

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


def counted_sums(charges: Iterable[Figure]) -> tuple[str, ...]:
    """The sum of the charges that count, in each currency; a bound that is open in one is open in the sum."""
    by_currency: dict[str | None, list[Figure]] = defaultdict(list)
    for figure in charges:
        if figure.row["counts_in_sum"]:
            by_currency[figure.row["currency"]].append(figure)
    return tuple(
        money(_sum(found, "amount_low"), _sum(found, "amount_high"), currency)
        or "no bound, since one is open on either side"
        for currency, found in by_currency.items()
    )


def _sum(figures: Iterable[Figure], bound: str) -> Decimal | None:
    values = [figure.row[bound] for figure in figures]
    return None if any(value is None for value in values) else sum(values, Decimal(0))
