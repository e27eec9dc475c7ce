"""From staged Arrow tables to the frame that a table's suite reads."""

from collections.abc import Callable, Mapping

import polars as pl
import pyarrow as pa

from expectations import (
    charges,
    exit_plans,
    filings,
    headcount_figures,
    mentions,
    sections,
    share_figures,
)
from expectations.places import Frames
from expectations.run import ROW_KEY
from pipeline.tables.model import Table
from pipeline.tables.registry import TABLES

DERIVED_COLUMNS: Mapping[str, Callable[[Frames], pl.DataFrame]] = {
    "filings": filings.derived_columns,
    "sections": sections.derived_columns,
    "exit_plans": exit_plans.derived_columns,
    "charges": charges.derived_columns,
    "share_figures": share_figures.derived_columns,
    "headcount_figures": headcount_figures.derived_columns,
    "mentions": mentions.derived_columns,
}
"""The tables that are judged, in the order in which they are: what others refer to comes first."""


def as_frame(rows: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)
    return frame


def row_keys(table: Table, frame: pl.DataFrame) -> pl.Series:
    """The key of each row as one text, parts parted by |."""
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in table.key]
    return frame.select(pl.concat_str(parts, separator="|").alias(ROW_KEY)).to_series()


def judged_frame(table_name: str, frames: Frames) -> pl.DataFrame:
    """The table with its row keys and a boolean column for each derived check."""
    frame = frames[table_name]
    return pl.concat(
        [
            frame.with_columns(row_keys(TABLES[table_name], frame)),
            DERIVED_COLUMNS[table_name](frames),
        ],
        how="horizontal",
    )
