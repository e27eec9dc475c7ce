"""What the checks of `sections` look at, beyond single columns."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import polars as pl

from expectations.places import SECTION_KEY, Frames
from expectations.tokens import unaccounted
from pipeline.edgar.items import EXIT_ITEM


def derived_columns(frames: Frames) -> pl.DataFrame:
    """A boolean column for each derived check of the table, one row a section; null: does not apply."""
    known = frames["filings"].get_column("accession_number")
    return frames["sections"].select(
        pl.col("accession_number").is_in(known.implode()).fill_null(value=False).alias("filing_exists"),
        (pl.col("char_count") == pl.col("text").str.len_chars()).alias("char_count_is_the_length"),
        pl.Series("every_figure_is_mentioned", list(_figures_mentioned(frames)), dtype=pl.Boolean),
    )


def _figures_mentioned(frames: Frames) -> Iterator[bool | None]:
    """Of each Item 2.05 whether all figures that an independent tokenizer finds lie in mentions."""
    spans: defaultdict[tuple[Any, ...], list[tuple[int, int]]] = defaultdict(list)
    for *key, start, end in frames["mentions"].select(*SECTION_KEY, "char_start", "char_end").iter_rows():
        spans[tuple(key)].append((max(start or 0, 0), max(end or 0, 0)))
    for *key, item, text in frames["sections"].select(*SECTION_KEY, "item", "text").iter_rows():
        if item != EXIT_ITEM:
            yield None
        else:
            yield next(unaccounted(text or "", spans[tuple(key)]), None) is None
