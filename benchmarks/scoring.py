"""Scoring figure rows against labels: precision, recall, F1, and how often attributes of matched rows agree.

A label set is a folder of JSON files, one a filing: `charges` (low, high, currency, approx, category, role,
settlement, status; a key with `_alt` holds a second defensible value), `shares` (count_low, count_high,
action), `headcount` (low, high, percent), `commitment_date`, `completion_by`, `unable_to_estimate`.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.charges.understanding import Understanding

Label = Mapping[str, Any]
Row = Mapping[str, Any]
ATTRIBUTES = {
    "category": "category",
    "role": "role",
    "settlement": "settlement",
    "status": "status",
    "approx": "is_approximate",
}
ESTIMATE = {"given": "no", "none": "no", "partial": "partial", "unable": "all"}


@dataclass
class Score:
    """Counts over many filings."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    leaked: int = 0
    """Charges read that the labels name as something else."""
    filings: int = 0
    exact: int = 0

    def f1(self, kind: str) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing found."""
        right, wrong = self.hit[kind], self.missed[kind] + self.extra[kind]
        return 1.0 if right + wrong == 0 else 2 * right / (2 * right + wrong)

    def agreement(self, attribute: str) -> float:
        return self.agreed[attribute] / self.asked[attribute] if self.asked[attribute] else 1.0

    def add(self, label: Label, read: Understanding) -> None:
        """Count one filing."""
        self.filings += 1
        pairs, missed, extra = pair_charges(label, read)
        self._count("charges", pairs, missed, extra)
        self.exact += not missed and not extra
        self.leaked += sum(is_distractor(label, row) for row in extra)
        for labelled, row in pairs:
            for attribute, column in ATTRIBUTES.items():
                self._ask(attribute, agrees(labelled, attribute, row[column]))
        shares = pair_shares(label, read)
        self._count("shares", *shares)
        for labelled, row in shares[0]:
            self._ask("action", agrees(labelled, "action", row["action"]))
        self._count("headcounts", *pair_headcounts(label, read))
        plan = read.exit_plans[0] if read.exit_plans else {}
        for column in ("commitment_date", "completion_by"):
            if label.get(column):
                stated = plan.get(column)
                self._ask(column, agrees(label, column, stated.isoformat() if stated else None))
        self._ask(
            "estimate", agrees(label, "unable_to_estimate", ESTIMATE[plan.get("estimate_status", "none")])
        )

    def _count(self, kind: str, pairs: Sequence[Any], missed: Sequence[Any], extra: Sequence[Any]) -> None:
        self.hit[kind] += len(pairs)
        self.missed[kind] += len(missed)
        self.extra[kind] += len(extra)

    def _ask(self, attribute: str, right: bool) -> None:
        self.asked[attribute] += 1
        self.agreed[attribute] += right


def agrees(label: Label, attribute: str, value: object) -> bool:
    """True where the value is the labelled one or one of its alternatives."""
    alternatives = label.get(f"{attribute}_alt")
    listed = (
        alternatives if isinstance(alternatives, list) else [alternatives] if alternatives is not None else []
    )
    return value == label.get(attribute) or value in listed


def is_distractor(label: Label, row: Row) -> bool:
    """True for an amount that the label lists as no charge: by its words, or by its value."""
    start = row["char_start"]
    words = _squeezed(row["evidence"][row["figure_start"] - start : row["figure_end"] - start])
    return any(
        words in _squeezed(str(other["amount"])) or str(other["amount"]) == str(_number(row["amount_high"]))
        for other in label.get("distractors", [])
        if other.get("amount") is not None
    )


def _squeezed(words: str) -> str:
    return "".join(words.split()).lower()


Pairs = tuple[list[tuple[Label, Row]], list[Label], list[Row]]
"""Labels with their rows; labels without a row; rows without a label."""


def pair_charges(label: Label, read: Understanding) -> Pairs:
    """The labelled charges and those read."""
    return _pair(label["charges"], read.charges, _charge_label, _charge_row, _agreements)


def pair_shares(label: Label, read: Understanding) -> Pairs:
    """The labelled share figures that state a count, and those read."""
    counted = [s for s in label.get("shares", []) if s.get("count_low") or s.get("count_high")]
    return _pair(counted, read.share_figures, _share_label, _share_row)


def pair_headcounts(label: Label, read: Understanding) -> Pairs:
    """The labelled headcounts and those read."""
    return _pair(label.get("headcount", []), read.headcount_figures, _head_label, _head_row)


def _pair(
    labels: Sequence[Label],
    rows: Sequence[Row],
    label_key: Callable[[Label], Hashable],
    row_key: Callable[[Row], Hashable],
    likeness: Callable[[Label, Row], int] = lambda _label, _row: 0,
) -> Pairs:
    """One-to-one pairs of equal keys, those that are most alike first; then the labels and rows left over."""
    candidates = sorted(
        (-likeness(label, row), place, other)
        for place, label in enumerate(labels)
        for other, row in enumerate(rows)
        if label_key(label) == row_key(row)
    )
    used_labels: set[int] = set()
    used_rows: set[int] = set()
    pairs = []
    for _, place, other in candidates:
        if place not in used_labels and other not in used_rows:
            used_labels.add(place)
            used_rows.add(other)
            pairs.append((labels[place], rows[other]))
    return (
        pairs,
        [label for place, label in enumerate(labels) if place not in used_labels],
        [row for place, row in enumerate(rows) if place not in used_rows],
    )


def _agreements(label: Label, row: Row) -> int:
    return sum(agrees(label, attribute, row[column]) for attribute, column in ATTRIBUTES.items())


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 2)


def _charge_label(label: Label) -> Hashable:
    return _number(label["low"]), _number(label["high"]), label.get("currency") or "USD"


def _charge_row(row: Row) -> Hashable:
    return _number(row["amount_low"]), _number(row["amount_high"]), row["currency"]


def _share_label(label: Label) -> Hashable:
    return label.get("count_low"), label.get("count_high")


def _share_row(row: Row) -> Hashable:
    return row["count_low"], row["count_high"]


def _head(low: Any, high: Any, percent: Any) -> Hashable:
    return low, high, None if low or high or percent is None else round(float(percent), 1)


def _head_label(label: Label) -> Hashable:
    return _head(label.get("low"), label.get("high"), label.get("percent"))


def _head_row(row: Row) -> Hashable:
    return _head(row["count_low"], row["count_high"], row["percent"])
