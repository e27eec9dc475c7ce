"""What becomes of rejected rows, and of the rows that refer to them.

A published row refers to published rows only. A plan's rows fall with it (their check `plan_exists` fails).
A charge whose total was rejected and a share figure whose charge was rejected lose the link. A mention whose
figure was rejected is published as unclassified, under the rule `target_rejected`: the filing's account of
its figures stays whole, and no mention points at a row that nobody can read. A plan says how many of its
figures were rejected, and keeps no amount or headcount that only a rejected figure states.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from expectations.mentions import TARGET_KEYS
from expectations.run import ROW_KEY
from pipeline.tables.model import Check
from pipeline.tables.row_json import as_json

TARGET_REJECTED = "target_rejected"
_PLAN = ("accession_number", "plan_ordinal")
_AMOUNT = ("amount_low", "amount_high")
TAKEN_OVER = (
    ("charges", "total", _AMOUNT, "total"),
    ("charges", "cash_portion", _AMOUNT, "cash"),
    ("charges", "noncash_portion", _AMOUNT, "noncash"),
    ("headcount_figures", None, ("count_low", "count_high"), "headcount"),
)
"""What a plan takes over from one of its figures: table, role, the figure's bounds, the plan's columns."""


def rejected_row(
    table_name: str, check: Check, row: Mapping[str, Any], columns: Sequence[str]
) -> dict[str, Any]:
    """A row of `rejected_rows`; `columns` are the table's own."""
    return {
        "table_name": table_name,
        "row_key": row[ROW_KEY],
        "expectation": check.id,
        "column": ", ".join(check.columns),
        "observed": observed(check, row),
        "row": as_json({name: row[name] for name in columns}),
        "reader_version": row["reader_version"] or "unknown",
    }


def observed(check: Check, row: Mapping[str, Any]) -> str:
    """What stood in the columns that the check looks at."""
    return as_json({name: row[name] for name in check.columns})


def unlink(
    passed: Mapping[str, pl.DataFrame], rejected: Mapping[str, frozenset[str]]
) -> dict[str, pl.DataFrame]:
    """The passed tables without references to rejected charges, share figures and headcounts.

    Args:
        passed: the rows that passed, by table.
        rejected: the keys of rejected rows, by table.
    """
    tables = dict(passed)
    charges = sorted(rejected["charges"])
    for name, column in (("charges", "parent_charge_id"), ("share_figures", "charge_id")):
        link = pl.col(column)
        tables[name] = tables[name].with_columns(pl.when(~link.is_in(charges)).then(link).alias(column))
    gone = pl.lit(value=False)
    for name in TARGET_KEYS:
        target = (pl.col("target_table") == name) & pl.col("target_id").is_in(sorted(rejected[name]))
        gone = gone | target.fill_null(value=False)
    tables["mentions"] = tables["mentions"].with_columns(
        pl.when(gone).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)
        for column, value in {
            "relation": "none",
            "target_table": None,
            "target_id": None,
            "kind": "unclassified",
            "rule": TARGET_REJECTED,
        }.items()
    )
    return tables


def mark_plans(passed: Mapping[str, pl.DataFrame], rejected: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The plans with `rejected_rows`, and without what a rejected figure says of them.

    Args:
        passed: the rows that passed, by table.
        rejected: the rejected rows of the tables that have a plan_ordinal, by table.
    """
    counts = Counter(key for name in TARGET_KEYS for key in rejected[name].select(_PLAN).iter_rows())
    if not counts:
        return passed["exit_plans"]
    stated = {
        (role, *row)
        for table, role, columns, _ in TAKEN_OVER
        for row in _in_role(passed[table], role).select(*_PLAN, *columns).iter_rows()
    }
    plans = passed["exit_plans"].to_dicts()
    for plan in plans:
        key = (plan["accession_number"], plan["plan_ordinal"])
        if not counts[key]:
            continue
        plan["rejected_rows"] = counts[key]
        for _, role, _, name in TAKEN_OVER:
            if (role, *key, plan[f"{name}_low"], plan[f"{name}_high"]) not in stated:
                plan |= {f"{name}_low": None, f"{name}_high": None}
        if any(row[:2] == key for row in rejected["charges"].select(_PLAN).iter_rows()):
            plan |= {"components_low": None, "components_high": None, "reconciliation": "not_comparable"}
    return pl.DataFrame(plans, schema=passed["exit_plans"].schema)


def _in_role(rows: pl.DataFrame, role: str | None) -> pl.DataFrame:
    return rows if role is None else rows.filter(pl.col("role") == role)
