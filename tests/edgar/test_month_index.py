"""A month asked for again: late filings appear, removed ones stay, narrowed answers narrow nothing."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from upath import UPath

from pipeline.edgar.archive import RawArchive
from pipeline.edgar.discovery import Attempt
from pipeline.edgar.indexed_filing import CoRegistrant, IndexedFiling, to_json_row
from pipeline.edgar.month_index import MonthIndex, NoLongerListed
from tests.edgar.answers import answer

MONTH = "2008-10"
TODAY, LATER = dt.date(2026, 1, 2), dt.date(2026, 1, 9)


def filing(number: int, cik: str = "0000000101", day: int = 7) -> IndexedFiling:
    accession = f"0000000901-08-{number:06d}"
    return IndexedFiling(
        accession_number=accession,
        cik=cik,
        company_name="EXAMPLE CORP",
        tickers=(),
        co_registrants=(),
        form_type="8-K",
        filed_date=dt.date(2008, 10, day),
        report_date=None,
        items=("2.05",),
        primary_document=None,
        source_url=f"https://www.sec.gov/Archives/edgar/data/{int(cik)}/{accession}.txt",
    )


FIRST, SECOND, THIRD = filing(1), filing(2), filing(3, cik="0000000202")


def numbers(index: MonthIndex) -> list[int]:
    return [int(one.accession_number[-6:]) for one in index.filings]


def test_a_late_filing_appears(archive: RawArchive) -> None:
    archive.write_index(MONTH, answer([FIRST]), TODAY)
    assert numbers(archive.write_index(MONTH, answer([FIRST, SECOND]), LATER)) == [1, 2]


def test_a_removed_filing_stays_with_the_day_since_when(archive: RawArchive) -> None:
    archive.write_index(MONTH, answer([FIRST, SECOND]), TODAY)
    archive.write_index(MONTH, answer([SECOND]), TODAY)
    index = archive.write_index(MONTH, answer([SECOND], method="filing indexes"), LATER)
    assert numbers(index) == [1, 2]
    assert archive.index(MONTH) == [FIRST, SECOND]
    assert index.no_longer_listed == {FIRST.accession_number: NoLongerListed(TODAY, "full-text search")}


def test_one_that_comes_back_is_listed_again(archive: RawArchive) -> None:
    for filings in ([FIRST, SECOND], [SECOND], [FIRST, SECOND]):
        index = archive.write_index(MONTH, answer(filings), TODAY)
    assert (numbers(index), index.no_longer_listed) == ([1, 2], {})


def test_what_is_filed_after_the_source_s_last_day_is_not_missing(archive: RawArchive) -> None:
    archive.write_index(MONTH, answer([FIRST, filing(2, day=30)]), TODAY)
    index = archive.write_index(MONTH, answer([], known_through=dt.date(2008, 10, 29)), TODAY)
    assert numbers(index) == [1, 2]
    assert list(index.no_longer_listed) == [FIRST.accession_number]


def test_a_correction_replaces_what_was_known(archive: RawArchive) -> None:
    archive.write_index(MONTH, answer([FIRST]), TODAY)
    corrected = replace(FIRST, items=("2.05", "9.01"), report_date=dt.date(2008, 10, 1))
    archive.write_index(MONTH, answer([corrected]), LATER)
    assert archive.index(MONTH) == [corrected]


def test_what_a_list_cannot_say_is_kept_from_another(archive: RawArchive) -> None:
    by_search = replace(FIRST, tickers=("EXM",), primary_document="body.htm")
    archive.write_index(MONTH, answer([by_search]), TODAY)
    archive.write_index(MONTH, answer([FIRST], method="filing indexes"), LATER)
    assert archive.index(MONTH) == [by_search]


class TestNarrowed:
    def test_on_a_whole_month_it_only_adds(self, archive: RawArchive) -> None:
        archive.write_index(MONTH, answer([FIRST, THIRD]), TODAY)
        index = archive.write_index(MONTH, answer([FIRST, SECOND], "0000000101"), LATER)
        assert (numbers(index), index.no_longer_listed, index.companies) == ([1, 2, 3], {}, None)

    def test_it_notes_what_those_companies_no_longer_list(self, archive: RawArchive) -> None:
        archive.write_index(MONTH, answer([FIRST, SECOND, THIRD]), TODAY)
        index = archive.write_index(MONTH, answer([SECOND], "0000000101"), LATER)
        assert list(index.no_longer_listed) == [FIRST.accession_number]
        other = archive.write_index(MONTH, answer([THIRD], "0000000202"), LATER)
        assert other.no_longer_listed == index.no_longer_listed

    def test_a_month_of_some_companies_says_so_until_the_market_was_asked_for(
        self, archive: RawArchive
    ) -> None:
        index = archive.write_index(MONTH, answer([FIRST], "0000000101"), TODAY)
        assert index.companies == frozenset({"0000000101"})
        index = archive.write_index(MONTH, answer([THIRD], "0000000202"), TODAY)
        assert (numbers(index), index.companies) == ([1, 3], frozenset({"0000000101", "0000000202"}))
        index = archive.write_index(MONTH, answer([FIRST, SECOND, THIRD]), LATER)
        assert (numbers(index), index.companies) == ([1, 2, 3], None)

    def test_a_company_s_own_list_does_not_take_co_registrants_away(self, archive: RawArchive) -> None:
        joint = replace(FIRST, co_registrants=(CoRegistrant("0000000202", "SUBSIDIARY LLC"),))
        archive.write_index(MONTH, answer([joint]), TODAY)
        alone = replace(filing(1, cik="0000000202"), items=("2.05", "9.01"))
        archive.write_index(MONTH, answer([alone], "0000000202"), LATER)
        assert archive.index(MONTH) == [replace(joint, items=("2.05", "9.01"))]


@pytest.mark.parametrize(("before", "after"), [("sample", "live"), ("live", "sample")])
def test_samples_and_filings_do_not_mix(archive: RawArchive, before: str, after: str) -> None:
    archive.write_index(MONTH, answer([FIRST], source=before), TODAY)
    index = archive.write_index(MONTH, answer([SECOND], source=after), TODAY)
    assert (numbers(index), index.no_longer_listed) == ([2], {})


def test_an_index_of_before_is_read_and_then_replaced(archive: RawArchive, settings_home: Path) -> None:
    path = settings_home / "raw" / "index" / f"{MONTH}.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"month": MONTH, "filings": [to_json_row(FIRST)]}))
    assert archive.index(MONTH) == [FIRST]
    archive.write_index(MONTH, answer([SECOND]), TODAY)
    assert archive.index(MONTH) == [SECOND]


def test_how_it_is_known_is_kept(archive: RawArchive, settings_home: Path) -> None:
    given_up = (Attempt("full-text search", "status 500"),)
    written = archive.write_index(MONTH, answer([FIRST], method="filing indexes", attempts=given_up), TODAY)
    read = RawArchive(UPath(settings_home)).month_index(MONTH)
    assert read == written
    assert (read.method, read.attempts) == ("filing indexes", given_up)
