"""What the checks of `headcount_figures` look at, beyond single columns."""

import polars as pl

from expectations.number_reading import states_percent
from expectations.places import Frames, counts_read_again, evidence_checks, figure_readings, read_once

_LARGEST_COUNT = 1_000_000
LARGEST_WORKFORCE = 3_000_000
"""More people than any registrant employs: a count and its share of the workforce imply no more."""
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
        _percent_reads_from_evidence(rows, frames),
        rows.select(
            (pl.max_horizontal(*_COUNTS) * 100 <= percent.cast(pl.Float64) * LARGEST_WORKFORCE).alias(
                "workforce_is_plausible"
            )
        ).to_series(),
        read_once(rows),
    )


def _percent_reads_from_evidence(rows: pl.DataFrame, frames: Frames) -> pl.Series:
    verdicts = [
        None
        if percent is None
        else any(states_percent(text, percent) for text in (evidence or "", *contexts))
        for (*_, contexts), (percent, evidence) in zip(
            figure_readings(rows, frames), rows.select("percent", "evidence").iter_rows(), strict=True
        )
    ]
    return pl.Series("percent_reads_from_evidence", verdicts, dtype=pl.Boolean)
