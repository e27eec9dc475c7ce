"""What the checks of `exit_plans` look at, beyond single columns."""

import polars as pl

from expectations.places import Frames


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a plan; null: does not apply."""
    known = frames["filings"].get_column("accession_number")
    return frames["exit_plans"].select(
        pl.col("accession_number").is_in(known.implode()).fill_null(value=False).alias("filing_exists"),
        (pl.col("completion_by") >= pl.col("commitment_date")).alias("completion_not_before_commitment"),
        pl.when(pl.col("reconciliation") != "not_comparable")
        .then(pl.col("reconciliation") == "adds_up")
        .alias("parts_add_up"),
    )
