"""What the checks of `filings` look at, beyond single columns."""

import polars as pl

from expectations.mentions import TARGET_KEYS
from expectations.places import Frames


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a filing; null: does not apply."""
    return frames["filings"].select(
        pl.when(pl.col("read_status") != "read")
        .then(pl.col("read_problem").str.strip_chars().str.len_chars().fill_null(0) > 0)
        .alias("problem_is_stated"),
        (pl.col("read_status") != "not_fetched").alias("submission_was_had"),
        (pl.col("report_date") <= pl.col("filed_date")).alias("report_not_after_filing"),
        (
            (pl.col("read_status") == "read")
            == pl.col("accession_number").is_in(_with_figures(frames).implode())
        )
        .fill_null(value=False)
        .alias("charges_or_a_reason"),
    )


def _with_figures(frames: Frames) -> pl.Series:
    return pl.concat([frames[name].get_column("accession_number") for name in TARGET_KEYS]).unique()
