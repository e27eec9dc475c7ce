"""Spans are offsets in Unicode code points; whatever else counts them misses."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from expectations import charges
from expectations.derivation import as_frame
from tests.factories import Row, arrow_tables, charge, filing_rows, section

FILED = "0001000001-08-000001"
EMOJI = "🏭🏭 Closing the plant 👩‍🔧 costs $4.0 million."


def verdicts(text: str, row: Row) -> Mapping[str, Any]:
    rows = filing_rows(FILED)
    rows["sections"] = [section(FILED, text)]
    rows["charges"] = [row]
    frames: dict[str, pl.DataFrame] = {name: as_frame(table) for name, table in arrow_tables(rows).items()}
    return charges.derived_columns(frames).row(0, named=True)


def placed(text: str, figure: str, low: float, **changes: Any) -> Row:
    start = text.index(figure)
    row = charge(FILED, "$8.0 million", "$8.0 million", 1, low, low)
    return row | {
        "evidence": text,
        "char_start": 0,
        "char_end": len(text),
        "figure_start": start,
        "figure_end": start + len(figure),
        **changes,
    }


def test_code_points_find_the_text_behind_an_emoji() -> None:
    found = verdicts(EMOJI, placed(EMOJI, "$4.0 million", 4e6))

    assert found["evidence_is_the_text"]
    assert found["amount_reads_from_figure"]


@pytest.mark.parametrize(
    "length",
    [lambda text: len(text.encode("utf-16-le")) // 2, lambda text: len(text.encode())],
    ids=["utf-16", "utf-8"],
)
def test_other_units_miss_it(length: Any) -> None:
    before = EMOJI[: EMOJI.index("$4.0")]
    start = length(before)

    row = placed(EMOJI, "$4.0 million", 4e6, figure_start=start, figure_end=start + len("$4.0 million"))

    assert not verdicts(EMOJI, row)["amount_reads_from_figure"]


def test_a_context_span_lends_its_unit() -> None:
    text = "(in thousands)\nSeverance\t1,465"
    context = [{"start": 0, "end": 14}]

    assert verdicts(text, placed(text, "1,465", 1_465_000, context_spans=context))["amount_reads_from_figure"]
    assert not verdicts(text, placed(text, "1,465", 1_465, context_spans=context))["amount_reads_from_figure"]
    assert not verdicts(text, placed(text, "1,465", 1_465_000))["amount_reads_from_figure"]


def test_a_credit_may_be_negative_and_a_cost_may_not() -> None:
    credit = "A credit of $2.0 million will be booked."
    cost = "A charge of $2.0 million will be booked."

    assert verdicts(credit, placed(credit, "$2.0 million", -2e6))["negative_only_for_credit"]
    assert verdicts(credit, placed(credit, "$2.0 million", -2e6))["amount_reads_from_figure"]
    assert not verdicts(cost, placed(cost, "$2.0 million", -2e6))["negative_only_for_credit"]
    assert verdicts(cost, placed(cost, "$2.0 million", 2e6))["negative_only_for_credit"] is None


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (0, 10_000)])
def test_a_span_outside_the_section_is_no_evidence(start: int, end: int) -> None:
    row = placed(EMOJI, "$4.0 million", 4e6, char_start=start, char_end=end, evidence=EMOJI[start:end])

    assert not verdicts(EMOJI, row)["evidence_is_the_text"]


def test_a_charge_is_not_its_own_parent() -> None:
    row = placed(EMOJI, "$4.0 million", 4e6)

    assert not verdicts(EMOJI, row | {"parent_charge_id": row["charge_id"]})["parent_exists"]
    assert verdicts(EMOJI, row)["parent_exists"] is None


def test_a_null_bound_is_open_and_no_breach() -> None:
    row = placed(EMOJI, "$4.0 million", 4e6, amount_low=None)

    assert row["amount_high"] == Decimal(4_000_000)
    assert verdicts(EMOJI, row)["amount_reads_from_figure"]
