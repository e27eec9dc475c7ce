"""What the checks of `mentions` look at, beyond single columns."""

import polars as pl

from expectations.places import Frames, is_text_at, with_section_text

TARGET_KEYS = {
    "charges": "charge_id",
    "share_figures": "share_figure_id",
    "headcount_figures": "headcount_figure_id",
}
_NEEDS_TARGET = ("states", "restates")
"""A translation may be of an amount that is none of ours, and then has a kind."""


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a mention; null: does not apply."""
    rows = with_section_text(frames["mentions"], frames)
    has_target = pl.col("target_table").is_not_null() & pl.col("target_id").is_not_null()
    has_kind = pl.col("kind").is_not_null()
    targets = pl.concat(
        frames[name].select(
            "accession_number",
            pl.lit(name).alias("target_table"),
            pl.col(key).alias("target_id"),
            pl.lit(value=True).alias("target_known"),
            *_stated_bounds(name),
        )
        for name, key in TARGET_KEYS.items()
    )
    key = ("accession_number", "target_table", "target_id")
    return rows.join(targets, on=key, how="left", maintain_order="left").select(
        is_text_at("mention_text", "char_start", "char_end").alias("mention_is_the_text"),
        pl.when(pl.col("relation").is_in(_NEEDS_TARGET))
        .then(has_target)
        .otherwise(has_target | has_kind)
        .alias("mention_is_accounted_for"),
        pl.when(pl.col("target_table").is_not_null() | pl.col("target_id").is_not_null())
        .then(pl.col("target_known").fill_null(value=False))
        .alias("target_exists"),
        pl.when((pl.col("relation") == "states") & pl.col("target_known"))
        .then(_agrees())
        .alias("states_its_target"),
    )


def _stated_bounds(name: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """What a row of the table states: bounds without a sign, which words leave out, and a percentage."""
    low, high = ("amount_low", "amount_high") if name == "charges" else ("count_low", "count_high")
    percent = pl.col("percent") if name == "headcount_figures" else pl.lit(None)
    return (
        pl.col(low).cast(pl.Float64).abs().alias("target_low"),
        pl.col(high).cast(pl.Float64).abs().alias("target_high"),
        percent.cast(pl.Float64).alias("target_percent"),
    )


def _agrees() -> pl.Expr:
    """One of the mention's bounds is one of the target's."""
    bounds = [pl.col(name).cast(pl.Float64).abs() for name in ("low", "high")]
    targets = [pl.col(name) for name in ("target_low", "target_high", "target_percent")]
    return pl.any_horizontal(
        (bound == target).fill_null(value=False) for bound in bounds for target in targets
    )
