"""What the checks of `charges` look at, beyond single columns."""

import polars as pl

from expectations.charge_sums import checks_between_charges
from expectations.currency_reading import allowed_currencies
from expectations.number_reading import (
    calls_it_a_credit,
    possible_amounts,
    words_for_open_bounds,
    written_as_negative,
)
from expectations.places import (
    Frames,
    Window,
    evidence_checks,
    exists_in_filing,
    figure_readings,
    near_filing,
)

PERIODS = Window(years_before=10, years_after=15)
"""Earlier estimates come with their periods; lease costs can run long."""


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a charge; null: does not apply."""
    rows = frames["charges"]
    return evidence_checks(rows, frames).with_columns(
        rows.select(
            pl.any_horizontal(pl.col("amount_low", "amount_high").is_not_null()).alias("amount_is_stated")
        ).to_series(),
        rows.select(pl.col("currency").is_not_null().alias("currency_is_stated")).to_series(),
        *_read_again(rows, frames),
        rows.select((pl.col("period_start") <= pl.col("period_end")).alias("period_is_ordered")).to_series(),
        rows.select(_settlement_fits_role()).to_series(),
        near_filing(rows, frames, "period_near_filing", "period_start", "period_end", PERIODS),
        _parent_exists(rows),
        _part_not_above_parent(rows),
        *checks_between_charges(rows, frames),
    )


def _read_again(rows: pl.DataFrame, frames: Frames) -> tuple[pl.Series, ...]:
    """The checks that read the figure's text and context again."""
    agrees: list[bool | None] = []
    negative_is_fair: list[bool | None] = []
    currency_agrees: list[bool | None] = []
    open_is_fair: list[bool | None] = []
    for (figure, before, after, contexts), (low, high, currency, evidence) in zip(
        figure_readings(rows, frames),
        rows.select("amount_low", "amount_high", "currency", "evidence").iter_rows(),
        strict=True,
    ):
        bounds = [bound for bound in (low, high) if bound is not None]
        credit = calls_it_a_credit(evidence or "")
        possible = possible_amounts(figure, before, after, contexts)
        agrees.append(
            all(bound in possible or (credit and -bound in possible) for bound in bounds) if bounds else None
        )
        negative_is_fair.append(
            credit or written_as_negative(figure, before, after) if any(b < 0 for b in bounds) else None
        )
        cap, floor = words_for_open_bounds((evidence or "", figure, *contexts))
        open_is_fair.append((cap if low is None else floor) if len(bounds) == 1 else None)
        allowed = allowed_currencies(figure, contexts)
        currency_agrees.append(currency in allowed if allowed and currency else None)
    return (
        pl.Series("amount_reads_from_figure", agrees, dtype=pl.Boolean),
        pl.Series("negative_only_for_credit", negative_is_fair, dtype=pl.Boolean),
        pl.Series("currency_reads_from_figure", currency_agrees, dtype=pl.Boolean),
        pl.Series("open_bound_is_stated", open_is_fair, dtype=pl.Boolean),
    )


def _settlement_fits_role() -> pl.Expr:
    role, settlement = pl.col("role"), pl.col("settlement")
    return (
        pl.when(role == "cash_portion")
        .then(settlement == "cash")
        .when(role == "noncash_portion")
        .then(settlement == "noncash")
        .alias("settlement_fits_role")
    )


def _parent_exists(rows: pl.DataFrame) -> pl.Series:
    known = exists_in_filing(rows, "parent_charge_id", rows, "charge_id")
    own = rows.select(pl.col("parent_charge_id") == pl.col("charge_id")).to_series()
    return (known & ~own).alias("parent_exists")


def _part_not_above_parent(rows: pl.DataFrame) -> pl.Series:
    parents = rows.select(
        "accession_number",
        pl.col("charge_id").alias("parent_charge_id"),
        pl.col("amount_low").alias("parent_low"),
        pl.col("amount_high").alias("parent_high"),
        pl.col("currency").alias("parent_currency"),
    )
    parts = rows.join(parents, on=("accession_number", "parent_charge_id"), how="left", maintain_order="left")
    low_above = (pl.col("amount_low") > pl.col("parent_low")).fill_null(value=False)
    high_above = (pl.col("amount_high") > pl.col("parent_high")).fill_null(value=False)
    comparable = pl.col("currency") == pl.col("parent_currency")
    return parts.select(
        pl.when(comparable).then(~(low_above | high_above)).alias("part_not_above_parent")
    ).to_series()
