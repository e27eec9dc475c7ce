"""What the checks of `sections` look at, beyond single columns."""

import polars as pl

from expectations.places import Frames


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a section; null: does not apply."""
    known = frames["filings"].get_column("accession_number")
    return frames["sections"].select(
        pl.col("accession_number").is_in(known.implode()).fill_null(value=False).alias("filing_exists"),
        (pl.col("char_count") == pl.col("text").str.len_chars()).alias("char_count_is_the_length"),
    )
