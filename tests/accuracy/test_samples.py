"""The labelled samples: the seed exactly, the composed filings well enough that a regression shows."""

import datetime as dt

import pytest

from benchmarks.accuracy import score
from benchmarks.corpora import SAMPLES, labelled_batches, labelled_samples
from pipeline.charges.filing_rows import Held, read_figures, read_sections

SEED = "0000888693-08-000039"


def test_the_seed_is_read_as_a_careful_reader_does() -> None:
    rows = read_sections((SAMPLES / f"888693/{SEED}.txt").read_bytes(), Held(SEED))
    filing, read = read_figures(rows.filing, rows.sections)
    assert (filing["read_status"], filing["cik"], filing["report_date"]) == (
        "read",
        "0000888693",
        dt.date(2008, 10, 27),
    )
    columns = ("amount_low", "amount_high", "is_approximate", "category", "role", "settlement", "status")
    assert [tuple(charge[column] for column in columns) for charge in read.charges] == [
        (75_000, 75_000, True, "severance", "component", "unstated", "expected"),
        (100_000, 100_000, True, "retention", "component", "unstated", "expected"),
        (75_000, 75_000, True, "stock_compensation", "component", "noncash", "expected"),
    ]
    (share,) = read.share_figures
    assert (share["count_low"], share["count_high"], share["action"]) == (
        1_100_000,
        1_100_000,
        "vesting_accelerated",
    )
    assert share["charge_id"] == read.charges[2]["charge_id"]
    assert read.headcount_figures == []
    (plan,) = read.exit_plans
    assert (plan["commitment_date"], plan["estimate_status"]) == (dt.date(2008, 10, 27), "partial")
    assert (plan["total_low"], plan["total_high"]) == (None, None)
    assert (plan["components_low"], plan["components_high"]) == (250_000, 250_000)


@pytest.mark.parametrize("batch", labelled_batches())
def test_charges_of_the_batches(batch: str) -> None:
    assert score(labelled_batches()[batch]).f1("charges") >= 0.94


@pytest.mark.parametrize(("kind", "least"), [("charges", 0.94), ("shares", 0.88), ("headcounts", 0.86)])
def test_figures_of_the_composed_samples(kind: str, least: float) -> None:
    assert score(labelled_samples()).f1(kind) >= least


@pytest.mark.parametrize(
    ("attribute", "least"),
    [
        ("category", 0.79),
        ("role", 0.88),
        ("settlement", 0.83),
        ("status", 0.96),
        ("approx", 0.95),
        ("estimate", 0.97),
    ],
)
def test_attributes_of_the_composed_samples(attribute: str, least: float) -> None:
    assert score(labelled_samples()).agreement(attribute) >= least
