"""Loading into PostgreSQL: what changed and nothing else, whatever texts and months there are."""

from decimal import Decimal
from pathlib import Path

import pytest
from upath import UPath

from pipeline.errors import StorageError
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.records import part_path, record_path
from tests.factories import month_rows, publishable
from tests.warehouse.invented_months import publish_filings
from tests.warehouse.postgres_rows import ask, assert_equal, load


@pytest.fixture
def home(tmp_path: Path) -> UPath:
    return publish_filings(UPath(tmp_path), {"2008-10": 2, "2008-11": 0, "2008-12": 1})


def test_a_month_that_did_not_change_is_left_alone(home: UPath, postgres_url: str) -> None:
    assert load(home, postgres_url).months.loaded == ("2008-10", "2008-11", "2008-12")
    stored = "SELECT filed_month, xmin::text, ctid::text FROM charges ORDER BY 1, 2, 3"
    before = ask(postgres_url, stored)
    publish_filings(home, {"2008-12": 2})

    report = load(home, postgres_url)

    assert (report.months.loaded, report.months.unchanged) == (("2008-12",), ("2008-10", "2008-11"))
    assert report.schema_changes == ()
    after = ask(postgres_url, stored)
    assert [row for row in after if row[0] == "2008-10"] == [row for row in before if row[0] == "2008-10"]
    assert_equal(home, postgres_url)


def test_without_news_nothing_is_written(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    before = ask(postgres_url, "SELECT xmin::text FROM published_months")
    report = load(home, postgres_url)
    assert (report.months.loaded, report.months.removed, report.schema_changes) == ((), (), ())
    assert ask(postgres_url, "SELECT xmin::text FROM published_months") == before


def test_a_month_that_is_gone_is_removed(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    for name in ("charges", "filings"):
        part_path(home, name, "2008-10").unlink()
    record_path(home, "2008-10").unlink()

    report = load(home, postgres_url)

    assert report.months.removed == ("2008-10",)
    assert ask(postgres_url, "SELECT DISTINCT filed_month FROM charges") == [("2008-12",)]
    assert ask(postgres_url, "SELECT filed_month FROM published_months ORDER BY 1") == [
        ("2008-11",),
        ("2008-12",),
    ]


def test_a_torn_month_is_left_out_as_in_duckdb(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    part_path(home, "charges", "2008-10").write_bytes(b"torn")

    report = load(home, postgres_url)

    assert (report.months.torn, report.months.removed) == (("2008-10",), ("2008-10",))
    assert_equal(home, postgres_url)


def test_a_home_without_months_empties_no_database(home: UPath, tmp_path: Path, postgres_url: str) -> None:
    load(home, postgres_url)
    with pytest.raises(StorageError, match=r"Nothing is published in .*nothing was changed"):
        load(UPath(tmp_path / "elsewhere"), postgres_url)
    assert ask(postgres_url, "SELECT count(*) FROM filings") == [(3,)]


def test_a_filing_that_stands_in_two_months_can_be_loaded(tmp_path: Path, postgres_url: str) -> None:
    """EDGAR moved it to another day, and the month that lost it keeps what it published."""
    home = UPath(tmp_path)
    for month in ("2008-10", "2008-11"):
        publish_month(home, month, publishable(month_rows(1)))
    load(home, postgres_url)
    assert ask(postgres_url, "SELECT count(*), count(DISTINCT accession_number) FROM filings") == [(2, 1)]


def test_texts_that_postgresql_cannot_hold_are_loaded_with_their_spans(
    tmp_path: Path, postgres_url: str
) -> None:
    home, rows = UPath(tmp_path), month_rows(1)
    rows["filings"][0] |= {
        "company_name": "A\0B",
        "tickers": ["\0"],
        "co_registrants": [{"cik": "0000000001", "name": "C\0"}],
    }
    rows["sections"][0]["text"] = rows["sections"][0]["text"].replace("Ohio", "Oh\0o")
    publish_month(home, "2008-10", publishable(rows))
    load(home, postgres_url)
    assert ask(postgres_url, "SELECT company_name, tickers, co_registrants->0->>'name' FROM filings") == [
        ("A\ufffdB", ["\ufffd"], "C\ufffd")
    ]
    assert ask(postgres_url, "SELECT char_length(text) = char_count FROM sections") == [(True,)]
    at_their_spans = """
        SELECT count(*) FROM charges
        JOIN sections USING (accession_number, document_sequence, section_ordinal)
        WHERE substr(text, char_start::int + 1, (char_end - char_start)::int) = evidence
    """
    assert ask(postgres_url, at_their_spans) == [(4,)]


def test_money_is_exact(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    assert ask(postgres_url, "SELECT sum(amount_low) FROM charges WHERE counts_in_sum") == [
        (Decimal("24000000.00"),)
    ]
