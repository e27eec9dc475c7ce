"""What the checks of `share_figures` look at, beyond single columns."""

import polars as pl

from expectations.places import Frames, counts_read_again, evidence_checks, exists_in_filing, read_once

_LARGEST_COUNT = 10_000_000_000
_COUNTS = ("count_low", "count_high")
EXERCISED = ("stock_option", "other")
"""Shares and units are not exercised: they have no exercise period to extend."""


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a share figure; null: does not apply."""
    rows = frames["share_figures"]
    return evidence_checks(rows, frames).with_columns(
        *rows.select(
            (
                pl.any_horizontal(pl.col(*_COUNTS).is_not_null())
                & pl.all_horizontal((pl.col(*_COUNTS) > 0).fill_null(value=True))
            ).alias("count_is_positive"),
            pl.all_horizontal((pl.col(*_COUNTS) <= _LARGEST_COUNT).fill_null(value=True)).alias(
                "count_is_plausible"
            ),
        ),
        counts_read_again(rows, frames),
        exists_in_filing(rows, "charge_id", frames["charges"], "charge_id").alias("charge_exists"),
        _value_is_the_charge(rows, frames["charges"]),
        rows.select(
            pl.when(pl.col("action") == "exercise_period_extended")
            .then(pl.col("security").is_in(EXERCISED))
            .alias("action_fits_security")
        ).to_series(),
        read_once(rows, "action", "security"),
    )


def _value_is_the_charge(rows: pl.DataFrame, charges: pl.DataFrame) -> pl.Series:
    amounts = charges.select("accession_number", "charge_id", "amount_low", "amount_high")
    linked = rows.join(amounts, on=("accession_number", "charge_id"), how="left", maintain_order="left")
    values_given = pl.col("value_low").is_not_null() | pl.col("value_high").is_not_null()
    same = pl.col("value_low").eq_missing(pl.col("amount_low")) & pl.col("value_high").eq_missing(
        pl.col("amount_high")
    )
    return linked.select(
        pl.when(pl.col("charge_id").is_not_null() & values_given).then(same).alias("value_is_the_charge")
    ).to_series()
