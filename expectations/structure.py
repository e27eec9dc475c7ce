"""Structural breaches: what makes a whole month unfit, whatever its rows say."""

from collections.abc import Collection, Mapping

import polars as pl
import pyarrow as pa

from expectations.derivation import DERIVED_COLUMNS, row_keys
from expectations.places import Frames
from expectations.review import DROPPED
from pipeline.tables.registry import FIGURE_TABLES, TABLES
from pipeline.warehouse.parquet import schema_problem

HIGHEST_REJECTION_RATE = 0.10
FEWEST_ROWS_FOR_A_RATE = 20
"""With so few rows, one bad row says nothing of the month."""


def schema_breaches(month: str, staged: Mapping[str, pa.Table]) -> list[str]:
    """Tables that are missing or foreign, columns that are missing, foreign or of another type."""
    breaches = [
        f"{month}: the staged table {name} is missing." for name in DERIVED_COLUMNS if name not in staged
    ]
    breaches += [f"{month}: {name} is no staged table." for name in staged if name not in DERIVED_COLUMNS]
    for name in DERIVED_COLUMNS:
        if name in staged and (problem := schema_problem(TABLES[name], staged[name].schema)):
            breaches.append(f"{month}: {name}: {problem}.")
    return breaches


def key_breaches(month: str, frames: Frames) -> list[str]:
    """Keys that two rows of a table share."""
    breaches = []
    for name, frame in frames.items():
        keys = row_keys(TABLES[name], frame)
        if doubled := sorted(keys.filter(keys.is_duplicated()).unique().to_list()):
            breaches.append(
                f"{month}: {len(doubled)} keys of {name} stand on several rows: {', '.join(doubled[:3])}."
            )
    return breaches


def index_breaches(month: str, frames: Frames, indexed: Collection[str]) -> list[str]:
    """Filings of the index without a row in `filings`, and rows that the index does not know."""
    found = set(frames["filings"].get_column("accession_number").to_list())
    breaches = []
    if lost := sorted(set(indexed) - found):
        breaches.append(
            f"{month}: {len(lost)} filings of the index have no row in filings: {', '.join(lost[:3])}."
        )
    if foreign := sorted(found - set(indexed)):
        breaches.append(f"{month}: {len(foreign)} filings are not in the index: {', '.join(foreign[:3])}.")
    return breaches


def count_breaches(
    month: str, staged: Mapping[str, int], passed: Mapping[str, int], rejected: pl.DataFrame
) -> list[str]:
    """Staged rows that are neither passed nor rejected, or both; too large a share of rejected rows.

    Args:
        month: for the messages.
        staged: rows by table.
        passed: rows by table.
        rejected: `rejected_rows`; a row that failed several checks stands there several times. One that
            somebody dropped was decided on, and is no sign of a bad month.
    """
    distinct = rejected.unique(("table_name", "row_key")).get_column("table_name").to_list()
    breaches = []
    for name, count in staged.items():
        if count != passed[name] + distinct.count(name):
            breaches.append(
                f"{month}: {name} has {count} staged rows, but {passed[name]} passed and "
                f"{distinct.count(name)} were rejected."
            )
    judged = {name: staged[name] for name in FIGURE_TABLES}
    failed = rejected.filter(pl.col("expectation") != DROPPED.id).unique(("table_name", "row_key"))
    names = failed.get_column("table_name").to_list()
    rates = [("all figures", len(names), sum(judged.values()))]
    rates += [(name, names.count(name), count) for name, count in judged.items()]
    for what, bad, count in rates:
        if count > FEWEST_ROWS_FOR_A_RATE and bad > HIGHEST_REJECTION_RATE * count:
            breaches.append(f"{month}: {bad} of {count} rows of {what} were rejected, more than one in ten.")
    return breaches
