"""What the checks of `headcount_figures` look at, beyond single columns."""

import polars as pl

from expectations.places import Frames, counts_read_again, evidence_checks

_LARGEST_COUNT = 1_000_000
_COUNTS = ("count_low", "count_high")


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a figure; null: does not apply."""
    rows = frames["headcount_figures"]
    percent = pl.col("percent")
    return evidence_checks(rows, frames).with_columns(
        *rows.select(
            (
                pl.any_horizontal(pl.col(*_COUNTS, "percent").is_not_null())
                & pl.all_horizontal((pl.col(*_COUNTS) > 0).fill_null(value=True))
                & ((percent > 0) & (percent <= 100)).fill_null(value=True)
            ).alias("headcount_is_stated"),
            pl.all_horizontal((pl.col(*_COUNTS) <= _LARGEST_COUNT).fill_null(value=True)).alias(
                "headcount_is_plausible"
            ),
        ),
        counts_read_again(rows, frames),
    )
