"""The indexes with the header of each candidate."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.edgar.discovery.filing_indexes import FILING_INDEXES
from pipeline.edgar.discovery.header_archive import HeaderArchive
from pipeline.edgar.discovery.question import Found
from pipeline.edgar.indexed_filing import CoRegistrant
from pipeline.errors import BlockedError, SourceError, StorageError
from pipeline.settings import Settings
from tests.edgar.conftest import Ask
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar
from tests.replica.tiny_indexes import write_daily_index, write_daily_indexes, write_quarterly_indexes

FIRST, SECOND, OTHER = "0000000901-08-000001", "0000000901-08-000002", "0000000902-08-000007"

Find = Callable[..., Found]


@pytest.fixture
def find(ask: Ask) -> Find:
    return lambda *companies, **facts: FILING_INDEXES.find(ask("2008-10", *companies, **facts))


@pytest.fixture
def indexed(edgar: TinyEdgar) -> TinyEdgar:
    edgar.add(FIRST, "2008-10-07")
    edgar.add("0000000901-08-000009", "2008-10-07", items=("8.01",))
    edgar.add("0000000901-08-000010", "2008-10-07", form="8-K12B")
    edgar.add(SECOND, "2008-10-31", form="8-K/A", others=(("0000000202", "SUBSIDIARY LLC"),))
    edgar.add(OTHER, "2008-11-03", cik="0000000202", name="OTHER INC")
    write_quarterly_indexes(edgar)
    return edgar


def numbers(found: Found) -> list[str]:
    return [filing.accession_number for filing in found.filings]


def test_headers_say_which_filings_have_the_item(indexed: TinyEdgar, find: Find) -> None:
    first, second = find().filings
    assert (first.accession_number, first.cik, first.company_name) == (FIRST, "0000000101", "EXAMPLE CORP")
    assert (first.form_type, first.items, first.report_date) == (
        "8-K",
        ("2.05", "9.01"),
        dt.date(2008, 10, 7),
    )
    assert (second.accession_number, second.form_type) == (SECOND, "8-K/A")
    assert second.co_registrants == (CoRegistrant("0000000202", "SUBSIDIARY LLC"),)
    assert second.source_url.endswith(f"/data/101/{SECOND}.txt")


def test_a_second_run_asks_for_the_index_alone(indexed: TinyEdgar, find: Find, replica: Replica) -> None:
    once = find()
    assert replica.asked(".hdr.sgml") == 3
    replica.targets.clear()
    assert find() == once
    assert replica.targets == ["/Archives/edgar/full-index/2008/QTR4/master.idx"]


def test_a_watch_list_costs_the_headers_of_its_companies(
    indexed: TinyEdgar, find: Find, replica: Replica
) -> None:
    assert numbers(find("0000000202")) == [SECOND]
    assert replica.asked("/data/") == 1


def test_without_a_header_file_the_head_of_the_submission_is_read(
    indexed: TinyEdgar, find: Find, replica: Replica, settings_home: Path
) -> None:
    expected = find()
    for file in indexed.archive.rglob("*.hdr.sgml"):
        file.unlink()
    submission = indexed.submission_path(FIRST)
    submission.write_bytes(submission.read_bytes() + b"x" * 5_000_000)
    (settings_home / "raw" / "headers" / "2008-10.json.gz").unlink()
    assert find() == expected
    assert replica.asked(f"{FIRST}.txt") == 1


def test_a_header_file_that_is_an_error_page_is_gone_round(
    indexed: TinyEdgar, find: Find, replica: Replica
) -> None:
    replica.fail(".hdr.sgml", faults.error_page)
    assert numbers(find()) == [FIRST, SECOND]


def test_a_header_of_another_filing_is_an_error_that_names_both(
    indexed: TinyEdgar, find: Find, replica: Replica
) -> None:
    replica.fail(f"{FIRST}.hdr.sgml", faults.body(b"<ACCESSION-NUMBER>0000000901-08-000099\n"))
    replica.fail(f"{FIRST}.txt", faults.error_page)
    with pytest.raises(SourceError, match=FIRST) as raised:
        find()
    assert "hdr.sgml" in str(raised.value)
    assert "0000000901-08-000099" in str(raised.value)
    assert numbers(find()) == [FIRST, SECOND]


def test_what_an_index_lists_but_edgar_no_longer_has_was_removed(indexed: TinyEdgar, find: Find) -> None:
    indexed.header_path(FIRST).unlink()
    indexed.submission_path(FIRST).unlink()
    assert numbers(find()) == [SECOND]


def test_headers_that_were_read_before_an_error_are_kept(
    indexed: TinyEdgar, find: Find, replica: Replica
) -> None:
    replica.fail(f"{SECOND}.hdr.sgml", faults.block_page())
    with pytest.raises(BlockedError):
        find()
    replica.targets.clear()
    find()
    assert replica.asked(".hdr.sgml") == 2  # the refused one and the one behind it


def test_headers_are_kept_as_they_come(
    indexed: TinyEdgar, find: Find, replica: Replica, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.edgar.discovery.candidate_headers.KEPT_AT_ONCE", 1)
    seen: list[int] = []
    add = HeaderArchive.add

    def count(archive: HeaderArchive, headers: dict[str, str]) -> None:
        add(archive, headers)
        seen.append(len(archive.read()))

    monkeypatch.setattr(HeaderArchive, "add", count)
    find()
    assert seen == [1, 2, 3, 3]


def test_what_another_run_kept_meanwhile_stays(settings: Settings) -> None:
    one, other = (HeaderArchive(settings.home, "2008-10") for _ in range(2))
    assert one.read() == other.read() == {}
    one.add({FIRST: "a"})
    other.add({SECOND: "é"})
    assert one.read() == {FIRST: "a", SECOND: "é"}


def test_damaged_kept_headers_are_an_error_with_their_remedy(
    indexed: TinyEdgar, find: Find, settings_home: Path
) -> None:
    find()
    (settings_home / "raw" / "headers" / "2008-10.json.gz").write_bytes(b"\x1f\x8b")
    with pytest.raises(StorageError, match="delete it"):
        find()


@pytest.mark.parametrize("fault", [faults.status(404), faults.error_page, faults.body(b"1|2\n")])
def test_where_the_master_index_is_no_good_the_form_index_is_read(
    indexed: TinyEdgar, find: Find, replica: Replica, fault: faults.Fault
) -> None:
    replica.fail("master.idx", fault)
    assert numbers(find()) == [FIRST, SECOND]


def test_where_both_are_no_good_the_error_names_the_index(
    indexed: TinyEdgar, find: Find, replica: Replica
) -> None:
    replica.fail("full-index", faults.error_page, faults.error_page)
    with pytest.raises(SourceError, match=r"full-index/2008/QTR4/form\.idx .* is no index"):
        find()


def test_rows_that_come_twice_are_one_filing(indexed: TinyEdgar, find: Find) -> None:
    indexed.rows.extend(indexed.rows)
    write_quarterly_indexes(indexed)
    assert numbers(find()) == [FIRST, SECOND]


class TestRunningQuarter:
    """The quarterly index ends on some day; the daily ones have what came after."""

    TODAY = dt.date(2008, 10, 31)

    @pytest.fixture(autouse=True)
    def _indexes(self, indexed: TinyEdgar) -> None:
        write_quarterly_indexes(indexed, received=dt.date(2008, 10, 17))
        write_daily_indexes(indexed)
        write_daily_index(indexed, "2008-10-20")

    def test_daily_indexes_complete_it(self, find: Find, replica: Replica) -> None:
        found = find(today=self.TODAY)
        assert (numbers(found), found.known_through) == ([FIRST, SECOND], self.TODAY)
        asked = [target for target in replica.targets if "daily-index" in target and "master" in target]
        assert len(asked) == 10  # the weekdays from the 20th to the 31st

    def test_where_edgar_lists_the_days_only_those_are_asked_for(
        self, find: Find, edgar: TinyEdgar, replica: Replica
    ) -> None:
        names = ["master.20081020.idx", "form.20081020.idx", "master.20081031.idx", "sitemap.xml"]
        listing = {"directory": {"item": [{"name": name, "type": "file"} for name in names]}}
        path = edgar.archive / "daily-index" / "2008" / "QTR4" / "index.json"
        path.write_text(json.dumps(listing))
        assert numbers(find(today=self.TODAY)) == [FIRST, SECOND]
        assert replica.asked("/master.2008") == 2

    def test_it_is_complete_to_the_last_day_that_has_an_index(self, find: Find) -> None:
        found = find(today=dt.date(2008, 10, 30))
        assert (numbers(found), found.known_through) == ([FIRST], dt.date(2008, 10, 20))

    def test_a_quarter_s_first_days_have_daily_indexes_only(self, find: Find, edgar: TinyEdgar) -> None:
        for file in (edgar.archive / "full-index").rglob("*.idx"):
            file.unlink()
        found = find(today=self.TODAY)
        assert numbers(found) == [FIRST, SECOND]

    def test_a_refused_day_is_a_block_and_no_holiday(self, find: Find, replica: Replica) -> None:
        replica.fail("master.20081022", faults.status(403))
        with pytest.raises(BlockedError):
            find(today=self.TODAY)

    def test_a_malformed_list_of_days_is_an_error(self, find: Find, replica: Replica) -> None:
        replica.fail("index.json", faults.body(b"{}"))
        with pytest.raises(SourceError, match="no list of daily indexes"):
            find(today=self.TODAY)


def test_no_index_at_all_is_an_error(find: Find) -> None:
    with pytest.raises(SourceError, match="neither a quarterly nor a daily index of 2008-10"):
        find()
