"""Checks of where a figure was read: the section's text at its spans. Offsets are Unicode code points."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from expectations.number_reading import possible_amounts

Frames = Mapping[str, pl.DataFrame]
"""All tables of the month, by name."""

SECTION_KEY = ("accession_number", "document_sequence", "section_ordinal")


def with_section_text(rows: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """The rows in their order with `section_text`, null where the section does not exist."""
    texts = frames["sections"].select(*SECTION_KEY, pl.col("text").alias("section_text"))
    return rows.join(texts, on=SECTION_KEY, how="left", maintain_order="left")


def is_text_at(words: str, start: str, end: str) -> pl.Expr:
    """Whether the column `words` is the section's text at start:end; false outside the section."""
    first, last, text = pl.col(start), pl.col(end), pl.col("section_text")
    inside = (first >= 0) & (first < last) & (last <= text.str.len_chars())
    found = text.str.slice(first.clip(lower_bound=0), (last - first).clip(lower_bound=0))
    return (inside & (found == pl.col(words))).fill_null(value=False)


def evidence_checks(rows: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """The verdicts of EVIDENCE_CHECKS, one row a row of `rows`."""
    plan_key = ("accession_number", "plan_ordinal")
    plans = frames["exit_plans"].select(*plan_key, pl.lit(value=True).alias("plan_exists"))
    placed = with_section_text(rows, frames).join(plans, on=plan_key, how="left", maintain_order="left")
    start, end = pl.element().struct.field("start"), pl.element().struct.field("end")
    spans = pl.col("context_spans")
    return placed.select(
        pl.col("plan_exists").fill_null(value=False),
        is_text_at("evidence", "char_start", "char_end").alias("evidence_is_the_text"),
        (
            (pl.col("figure_start") >= pl.col("char_start"))
            & (pl.col("figure_start") < pl.col("figure_end"))
            & (pl.col("figure_end") <= pl.col("char_end"))
        ).alias("figure_inside_evidence"),
        (
            spans.list.eval((start >= 0) & (start < end)).list.all()
            & (spans.list.eval(end).list.max().fill_null(0) <= pl.col("section_text").str.len_chars())
        )
        .fill_null(value=False)
        .alias("context_inside_section"),
    )


@dataclass(frozen=True, slots=True)
class Window:
    """How far from the filing date a date may plausibly lie."""

    years_before: int = 0
    years_after: int = 0
    days_after: int = 0


def near_filing(
    rows: pl.DataFrame, frames: Frames, name: str, first: str, last: str, window: Window
) -> pl.Series:
    """Whether the dates of the columns `first` and `last` lie in the window; null where neither is given."""
    filed = frames["filings"].select("accession_number", pl.col("filed_date").alias("_filed"))
    joined = rows.select("accession_number", first, *({last} - {first})).join(
        filed, on="accession_number", how="left", maintain_order="left"
    )
    earliest = pl.col("_filed").dt.offset_by(f"-{window.years_before}y")
    latest = pl.col("_filed").dt.offset_by(f"{window.years_after}y{window.days_after}d")
    inside = (pl.col(first) >= earliest).fill_null(value=True) & (pl.col(last) <= latest).fill_null(
        value=True
    )
    given = pl.any_horizontal(
        pl.col(first, last).is_not_null() if first != last else pl.col(first).is_not_null()
    )
    return joined.select(pl.when(given).then(inside).alias(name)).to_series()


def read_once(rows: pl.DataFrame, *what: str) -> pl.Series:
    """Whether the row is the first of its plan, place and the columns that say what it is."""
    key = ("plan_ordinal", *SECTION_KEY, "figure_start", "figure_end", *what)
    return rows.select(pl.struct(key).is_first_distinct().alias("figure_read_once")).to_series()


def exists_in_filing(rows: pl.DataFrame, column: str, target: pl.DataFrame, target_key: str) -> pl.Series:
    """Whether `column` names a row of `target` in the same filing; null where it names none."""
    known = target.select(
        "accession_number", pl.col(target_key).alias(column), pl.lit(value=True).alias("_known")
    )
    joined = rows.select("accession_number", column).join(
        known, on=("accession_number", column), how="left", maintain_order="left"
    )
    return joined.select(
        pl.when(pl.col(column).is_not_null()).then(pl.col("_known").fill_null(value=False)).alias(column)
    ).to_series()


def counts_read_again(rows: pl.DataFrame, frames: Frames) -> pl.Series:
    """Whether the numbers of the figure's text, read again, give the count; null without a count."""
    agrees = []
    for (figure, before, after, contexts), bounds in zip(
        figure_readings(rows, frames), rows.select("count_low", "count_high").iter_rows(), strict=True
    ):
        given = [bound for bound in bounds if bound is not None]
        possible = possible_amounts(figure, before, after, contexts)
        agrees.append(all(bound in possible for bound in given) if given else None)
    return pl.Series("count_reads_from_figure", agrees, dtype=pl.Boolean)


def figure_readings(rows: pl.DataFrame, frames: Frames) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """For each row the figure's text, the character before and after it, and its contexts' texts."""
    texts: dict[tuple[Any, ...], str] = {
        row[:-1]: row[-1] or "" for row in frames["sections"].select(*SECTION_KEY, "text").iter_rows()
    }
    readings = []
    for *key, start, end, spans in rows.select(
        *SECTION_KEY, "figure_start", "figure_end", "context_spans"
    ).iter_rows():
        text = texts.get(tuple(key), "")
        start, end = max(start or 0, 0), max(end or 0, 0)
        contexts = tuple(text[max(span["start"] or 0, 0) : max(span["end"] or 0, 0)] for span in spans or ())
        readings.append((text[start:end], text[max(start - 1, 0) : start], text[end : end + 1], contexts))
    return readings
