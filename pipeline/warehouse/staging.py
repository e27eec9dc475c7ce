"""Staged rows: what the reading made of a month, before it is judged and published."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pyarrow as pa
from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import read_bytes, write_atomically
from pipeline.tables.arrow import rows_to_arrow
from pipeline.tables.registry import TABLES
from pipeline.warehouse.parquet import from_parquet, to_parquet
from pipeline.warehouse.records import check_month

Stage = Literal["sections", "exit_charges"]
STAGED_TABLES: dict[Stage, tuple[str, ...]] = {
    "sections": ("filings", "sections"),
    "exit_charges": ("filings", "exit_plans", "charges", "share_figures", "headcount_figures", "mentions"),
}
"""The tables of each stage; `filings` of the second says how reading the figures ended."""


def staged_path(home: UPath, stage: Stage, month: str, table_name: str) -> UPath:
    """`staging/<stage>/YYYY-MM/<table>.parquet`."""
    return home / "staging" / stage / month / f"{table_name}.parquet"


def write_staged(
    home: UPath, stage: Stage, month: str, rows_by_table: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, pa.Table]:
    """Stage a month's rows, and return them as Arrow tables; a file that would not change is left alone.

    Raises:
        StorageError: the home cannot be written to.
        ValueError: the tables are not the stage's, or a row has an undeclared column or lacks a required one.
    """
    check_month(month)
    if rows_by_table.keys() != set(STAGED_TABLES[stage]):
        raise ValueError(
            f"stage {stage} holds {', '.join(STAGED_TABLES[stage])}, not {', '.join(rows_by_table)}"
        )
    staged = {name: rows_to_arrow(TABLES[name], rows) for name, rows in rows_by_table.items()}
    for name, rows in staged.items():
        write_atomically(staged_path(home, stage, month, name), to_parquet(TABLES[name], rows))
    return staged


def read_staged(home: UPath, stage: Stage, month: str) -> dict[str, pa.Table]:
    """The stage's tables of a month.

    Raises:
        StorageError: they were never staged, or a file is damaged or of an older schema.
    """
    check_month(month)
    staged = {}
    for name in STAGED_TABLES[stage]:
        path = staged_path(home, stage, month, name)
        data = read_bytes(path)
        if data is None:
            raise StorageError(
                f"{path} is missing: {month} is not staged; materialize staged/{stage} for it first."
            )
        staged[name] = from_parquet(TABLES[name], data, str(path))
    return staged
