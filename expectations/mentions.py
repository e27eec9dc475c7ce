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
    )
