"""A figure of the seed filing is followed by its accession number from the raw submission to the view."""

import hashlib
import json
from pathlib import Path

import polars as pl

from pipeline.warehouse.query import run_query
from tests.conftest import MONTH, settings_for

SEED = "0000888693-08-000039"
WORDS = "The costs associated with this retention program are estimated at \\$100,000."


def test_the_seeds_retention_charge_from_raw_to_the_view(month_home: Path) -> None:
    index = json.loads((month_home / "raw" / "index" / f"{MONTH}.json").read_bytes())
    [indexed] = [row for row in index["filings"] if row["accession_number"] == SEED]
    assert "2.05" in indexed["items"]

    raw = (month_home / "raw" / "filings" / MONTH / f"{SEED}.txt").read_bytes()
    held = json.loads((month_home / "raw" / "manifest" / f"{MONTH}.json").read_bytes())["held"][SEED]
    assert held["sha256"] == hashlib.sha256(raw).hexdigest()
    assert WORDS in " ".join(raw.decode("latin-1").split())

    staged_in = month_home / "staging" / "exit_charges" / MONTH

    def published_rows(table: str) -> pl.DataFrame:
        part = month_home / "warehouse" / table / f"filed_month={MONTH}" / "part-0.parquet"
        return pl.read_parquet(part, hive_partitioning=False).filter(accession_number=SEED)

    staged = pl.read_parquet(staged_in / "charges.parquet").filter(
        accession_number=SEED, category="retention"
    )
    published = published_rows("charges").filter(category="retention")
    assert staged["charge_id"].to_list() == published["charge_id"].to_list()
    [charge] = published.to_dicts()
    [section] = (
        published_rows("sections")
        .filter(document_sequence=charge["document_sequence"], section_ordinal=charge["section_ordinal"])
        .to_dicts()
    )
    assert section["text"][charge["char_start"] : charge["char_end"]] == charge["evidence"] == WORDS
    assert published_rows("filings")["source_sha256"].to_list() == [held["sha256"]]

    query = (
        f"select charge_id, amount_low, amount_high from %s where accession_number = '{SEED}' order by all"
    )
    home = settings_for(month_home).home
    table, view = (run_query(home, query % name).rows for name in ("charges", "current_charges"))
    assert table == view
    assert (charge["charge_id"], charge["amount_low"], charge["amount_high"]) in view
