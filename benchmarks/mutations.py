"""How many damaged rows the checks notice: good rows of the labelled texts, each damaged in one typical way.

`python -m benchmarks.mutations`; some minutes.
"""

import copy
import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from benchmarks.corpora import Labelled, labelled_batches
from benchmarks.good_rows import staged_rows
from expectations import Judgement, judge_month
from pipeline.tables.registry import TABLES
from tests.factories import Rows, arrow_tables, together

Row = dict[str, Any]
_MOST = 60
"""Damaged rows of a kind, each of another filing."""
_MONTH = "2020-01"


@dataclass(frozen=True)
class Mutation:
    """A kind of damage: `damage` changes a row in place where `applies` to it."""

    table: str
    damage: Callable[[Row], None]
    applies: Callable[[Row], bool] = lambda row: True
    to: Literal["the row", "a copy", "nothing left"] = "the row"
    """What the damage is done to; of a copy the row itself stays as it is, and is not told apart from it."""


def _set(**values: Any) -> Callable[[Row], None]:
    return lambda row: row.update(values)


def _times(factor: Decimal, *columns: str) -> Callable[[Row], None]:
    def damage(row: Row) -> None:
        for column in columns:
            if row[column] is not None:
                scaled = row[column] * factor
                row[column] = int(scaled) if isinstance(row[column], int) else scaled

    return damage


def _swap(one: str, other: str) -> Callable[[Row], None]:
    def damage(row: Row) -> None:
        row[one], row[other] = row[other], row[one]

    return damage


def _move(by: int, *columns: str) -> Callable[[Row], None]:
    return lambda row: row.update({column: row[column] + by for column in columns})


def _new_id(column: str) -> Callable[[Row], None]:
    return lambda row: row.update({column: "0" * 4 + row[column][4:], "ordinal": 99})


def _stated(*columns: str) -> Callable[[Row], bool]:
    return lambda row: all(row[column] is not None for column in columns)


def _ordered(one: str, other: str) -> Callable[[Row], bool]:
    """Applies where both are given and the first is the smaller."""
    return lambda row: None not in (row[one], row[other]) and row[one] < row[other]


def _is_positive_point(row: Row) -> bool:
    return row["amount_low"] is not None and row["amount_low"] == row["amount_high"] > 0


AMOUNTS = ("amount_low", "amount_high")
COUNTS = ("count_low", "count_high")
MUTATIONS: Mapping[str, Mutation] = {
    "charge: thousands read as millions": Mutation("charges", _times(Decimal(1000), *AMOUNTS)),
    "charge: millions read as thousands": Mutation("charges", _times(Decimal("0.001"), *AMOUNTS)),
    "charge: a digit too many": Mutation("charges", _times(Decimal(10), *AMOUNTS)),
    "charge: another number": Mutation("charges", _times(Decimal("1.3"), *AMOUNTS)),
    "charge: bounds swapped": Mutation("charges", _swap(*AMOUNTS), _ordered(*AMOUNTS)),
    "charge: high bound of a point raised": Mutation(
        "charges", _times(Decimal(2), "amount_high"), _is_positive_point
    ),
    "charge: negative": Mutation("charges", _times(Decimal(-1), *AMOUNTS), _is_positive_point),
    "charge: low bound dropped": Mutation("charges", _set(amount_low=None), _is_positive_point),
    "charge: high bound dropped": Mutation("charges", _set(amount_high=None), _is_positive_point),
    "charge: no bound": Mutation("charges", _set(amount_low=None, amount_high=None)),
    "charge: another currency": Mutation(
        "charges", _set(currency="GBP"), lambda row: row["currency"] == "USD"
    ),
    "charge: unknown currency": Mutation("charges", _set(currency="XQZ")),
    "charge: figure three characters off": Mutation("charges", _move(3, "figure_start", "figure_end")),
    "charge: figure before its evidence": Mutation("charges", _set(figure_start=0, figure_end=4)),
    "charge: evidence cut": Mutation("charges", lambda row: row.update(evidence=row["evidence"][:-2])),
    "charge: evidence of another place": Mutation(
        "charges", _move(-5, "char_start", "char_end"), lambda row: row["char_start"] > 5
    ),
    "charge: no evidence": Mutation("charges", _set(evidence=None)),
    "charge: section that is not there": Mutation("charges", _set(section_ordinal=99)),
    "charge: document that is not there": Mutation("charges", _set(document_sequence=99)),
    "charge: unknown category": Mutation("charges", _set(category="severence")),
    "charge: unknown role": Mutation("charges", _set(role="sum")),
    "charge: unknown settlement": Mutation("charges", _set(settlement="partly")),
    "charge: no status": Mutation("charges", _set(status=None)),
    "charge: plan that is not there": Mutation("charges", _set(plan_ordinal=9)),
    "charge: parent that is not there": Mutation(
        "charges", _set(parent_charge_id="0" * 20), _stated("parent_charge_id")
    ),
    "charge: its own parent": Mutation("charges", lambda row: row.update(parent_charge_id=row["charge_id"])),
    "charge: period ends before it starts": Mutation(
        "charges",
        _swap("period_start", "period_end"),
        _ordered("period_start", "period_end"),
    ),
    "charge: accession number of no filing": Mutation(
        "charges", _set(accession_number="0009999999-20-000001")
    ),
    "share: count times 1000": Mutation("share_figures", _times(Decimal(1000), *COUNTS)),
    "share: unknown action": Mutation("share_figures", _set(action="vested")),
    "share: charge that is not there": Mutation("share_figures", _set(charge_id="0" * 20)),
    "share: figure off": Mutation("share_figures", _move(2, "figure_start", "figure_end")),
    "people: count times 10": Mutation("headcount_figures", _times(Decimal(10), *COUNTS), _stated(*COUNTS)),
    "people: more than all": Mutation("headcount_figures", _set(percent=Decimal(250))),
    "people: evidence cut": Mutation(
        "headcount_figures", lambda row: row.update(evidence=row["evidence"][1:])
    ),
    "plan: total's bounds swapped": Mutation(
        "exit_plans",
        _swap("total_low", "total_high"),
        lambda row: (
            None not in (row["total_low"], row["total_high"]) and row["total_low"] < row["total_high"]
        ),
    ),
    "plan: complete before it was committed": Mutation(
        "exit_plans",
        _swap("commitment_date", "completion_by"),
        lambda row: (
            None not in (row["commitment_date"], row["completion_by"])
            and row["commitment_date"] < row["completion_by"]
        ),
    ),
    "charge: row twice under another id": Mutation("charges", _new_id("charge_id"), to="a copy"),
    "charge: part lost": Mutation(
        "charges", lambda row: None, lambda row: row["role"] == "component", to="nothing left"
    ),
    "charge: cash portion that is not cash": Mutation(
        "charges", _set(settlement="noncash"), lambda row: row["role"] == "cash_portion"
    ),
    "charge: earlier estimate that counts": Mutation(
        "charges", _set(role="revision_prior"), lambda row: row["counts_in_sum"]
    ),
    "charge: period of another century": Mutation(
        "charges",
        lambda row: row.update(period_start=dt.date(1908, 1, 1)),
        _stated("period_start"),
    ),
    "share: row twice under another id": Mutation("share_figures", _new_id("share_figure_id"), to="a copy"),
    "people: row twice under another id": Mutation(
        "headcount_figures", _new_id("headcount_figure_id"), to="a copy"
    ),
    "people: another percentage": Mutation(
        "headcount_figures", _times(Decimal("0.3"), "percent"), _stated("percent")
    ),
    "plan: total of no charge": Mutation(
        "exit_plans", _times(Decimal("1.3"), "total_low", "total_high"), _stated("total_low", "total_high")
    ),
    "plan: cash of no charge": Mutation(
        "exit_plans", _times(Decimal("0.7"), "cash_low", "cash_high"), _stated("cash_low", "cash_high")
    ),
    "plan: components of other charges": Mutation(
        "exit_plans",
        _times(Decimal("0.7"), "components_low", "components_high"),
        _stated("components_low", "components_high"),
    ),
    "plan: headcount of no figure": Mutation(
        "exit_plans", _times(Decimal(3), "headcount_low", "headcount_high"), _stated("headcount_low")
    ),
    "plan: committed ten years before": Mutation(
        "exit_plans",
        lambda row: row.update(
            commitment_date=row["commitment_date"].replace(year=row["commitment_date"].year - 10, day=1)
        ),
        _stated("commitment_date"),
    ),
    "plan: completed thirty years after": Mutation(
        "exit_plans",
        lambda row: row.update(
            completion_by=row["completion_by"].replace(year=row["completion_by"].year + 30, day=1)
        ),
        _stated("completion_by"),
    ),
    "filing: without figures that has some": Mutation(
        "filings",
        _set(read_status="no_figures", read_problem="None."),
        lambda row: row["read_status"] == "read",
    ),
    "mention: another amount": Mutation(
        "mentions",
        _times(Decimal("1.3"), "low", "high"),
        lambda row: row["relation"] == "states" and row["unit"] == "money",
    ),
    "mention: lost": Mutation(
        "mentions",
        lambda row: None,
        lambda row: row["unit"] == "money" and "$" in row["mention_text"],
        to="nothing left",
    ),
    "plan: unknown estimate": Mutation("exit_plans", _set(estimate_status="maybe")),
    "mention: target that is not there": Mutation("mentions", _set(target_id="0" * 20), _stated("target_id")),
    "mention: neither target nor kind": Mutation(
        "mentions", _set(target_id=None, target_table=None, kind=None)
    ),
    "mention: other words": Mutation("mentions", _set(mention_text="$1.23 billion")),
    "mention: unknown relation": Mutation("mentions", _set(relation="repeats")),
}


def caught(good: Rows, mutation: Mutation, seen: Judgement) -> tuple[int, int]:
    """How many damaged rows are noticed that were not as good rows, and of how many."""
    draw = random.Random(0)
    rows = copy.deepcopy(good)
    fit = [row for row in rows[mutation.table] if mutation.applies(row)]
    draw.shuffle(fit)
    one_a_filing = list({row["accession_number"]: row for row in fit}.values())[:_MOST]
    key = TABLES[mutation.table].key
    keys = []
    for row in one_a_filing:
        if mutation.to == "a copy":
            row = dict(row)
            rows[mutation.table].append(row)
        if mutation.to == "nothing left":
            rows[mutation.table] = [other for other in rows[mutation.table] if other is not row]
        mutation.damage(row)
        keys.append("|".join("" if row[name] is None else str(row[name]) for name in key))
    try:
        judgement = judge_month(_MONTH, arrow_tables(rows))
    except (TypeError, ValueError):
        return len(keys), len(keys)  # the declared schema refuses it
    if not judgement.passed:
        return len(keys), len(keys)
    if mutation.to != "the row":
        found, seen_before = _failures_by_filing(judgement, rows), _failures_by_filing(seen, good)
        filings = [row["accession_number"] for row in one_a_filing]
        return sum(found[name] > seen_before[name] for name in filings), len(filings)
    before = _named(seen, mutation.table)
    now = _named(judgement, mutation.table)
    return sum(bool(now.get(name, frozenset()) - before.get(name, frozenset())) for name in keys), len(keys)


def _failures_by_filing(judgement: Judgement, rows: Rows) -> Counter[str]:
    """How many rows of a filing fail checks, over all tables and checks."""
    filing_of = {
        (table, "|".join(str(row[name]) for name in TABLES[table].key)): row["accession_number"]
        for table, listed in rows.items()
        for row in listed
    }
    return Counter(
        filing_of[outcome.table, key] for outcome in judgement.outcomes for key in outcome.row_keys
    )


def _named(judgement: Judgement, table: str) -> dict[str, frozenset[str]]:
    """By row key the checks that the row fails."""
    found: dict[str, set[str]] = {}
    for outcome in judgement.outcomes:
        if outcome.table == table:
            for name in outcome.row_keys:
                found.setdefault(name, set()).add(outcome.check_id)
    return {name: frozenset(checks) for name, checks in found.items()}


def main(texts: Sequence[Labelled], mutations: Mapping[str, Mutation]) -> None:
    """Print how many damaged rows of each kind were noticed, and of all."""
    good = together(*(staged_rows(number, labelled) for number, labelled in enumerate(texts)))
    seen = judge_month(_MONTH, arrow_tables(good))
    table = Table("damage", "rows", "noticed", title="Mutations")
    noticed = damaged = 0
    for name, mutation in mutations.items():
        found, of = caught(good, mutation, seen)
        noticed, damaged = noticed + found, damaged + of
        table.add_row(name, str(of), f"{found / of:.0%}" if of else "")
    table.add_row("all", str(damaged), f"{noticed / damaged:.1%}" if damaged else "")
    Console(width=90).print(table)


if __name__ == "__main__":
    main([labelled for batch in labelled_batches().values() for labelled in batch], MUTATIONS)
