import datetime as dt
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from upath import UPath

from pipeline.edgar.archive import RawArchive
from pipeline.edgar.indexed_filing import CoRegistrant, IndexedFiling
from pipeline.errors import StorageError
from tests.edgar.answers import answer

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
FILING = IndexedFiling(
    accession_number="0000000901-08-000001",
    cik="0000000101",
    company_name="EXÄMPLE CORP",
    tickers=("EXM",),
    co_registrants=(CoRegistrant("0000000102", "SUBSIDIARY LLC"),),
    form_type="8-K",
    filed_date=dt.date(2008, 10, 7),
    report_date=None,
    items=("2.05", "9.01"),
    primary_document="body.htm",
    source_url="https://www.sec.gov/Archives/edgar/data/101/0000000901-08-000001.txt",
)
LATER = replace(FILING, accession_number="0000000901-08-000002", report_date=dt.date(2008, 10, 1))


def test_an_index_comes_back_as_it_was_written(archive: RawArchive) -> None:
    archive.write_index("2008-10", answer([LATER, FILING]))
    assert archive.index("2008-10") == [FILING, LATER]


def test_an_index_is_the_same_bytes_and_not_written_again(archive: RawArchive, settings_home: Path) -> None:
    archive.write_index("2008-10", answer([LATER, FILING]))
    path = settings_home / "raw" / "index" / "2008-10.json"
    first, written = path.read_bytes(), path.stat().st_mtime_ns
    archive.write_index("2008-10", answer([FILING, LATER]))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (first, written)


def test_a_month_that_was_not_indexed_is_an_error(archive: RawArchive) -> None:
    with pytest.raises(StorageError, match=r"2008-10\.json is missing"):
        archive.index("2008-10")


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"month": "2008-10", "filings": [{}]}'])
def test_a_damaged_index_is_an_error(archive: RawArchive, settings_home: Path, damage: str) -> None:
    archive.write_index("2008-10", answer([]))
    (settings_home / "raw" / "index" / "2008-10.json").write_text(damage)
    with pytest.raises(StorageError, match="damaged"):
        archive.index("2008-10")


def test_a_submission_is_found_without_knowing_its_month(archive: RawArchive, settings_home: Path) -> None:
    archive.store(FILING, b"\x00bytes\r\n", "live", NOW)
    archive.store(replace(LATER, filed_date=dt.date(2009, 1, 5)), b"later", "live", NOW)
    fresh = RawArchive(UPath(settings_home))
    assert fresh.read(LATER.accession_number) == b"later"
    assert fresh.read(FILING.accession_number) == b"\x00bytes\r\n"
    entry = fresh.entry(FILING.accession_number)
    assert entry is not None
    assert (entry.bytes, entry.fetched_at, entry.source) == (8, NOW, "live")
    assert fresh.entry("0000000901-08-000099") is None


def test_a_failure_stands_until_the_filing_is_held(archive: RawArchive, settings_home: Path) -> None:
    archive.note_failure(FILING, "truncated", b"<SEC-DOC", NOW)
    assert archive.failure(FILING.accession_number) == "truncated"
    refused = settings_home / "raw" / "refused" / "0000000901-08-000001.txt"
    assert refused.read_bytes() == b"<SEC-DOC"
    assert archive.missing([FILING, LATER]) == [FILING, LATER]
    archive.store(FILING, b"whole", "live", NOW)
    assert archive.failure(FILING.accession_number) is None
    assert not refused.exists()
    assert archive.missing([FILING, LATER]) == [LATER]


def test_two_writers_of_a_month_lose_no_row(settings_home: Path) -> None:
    filings = [replace(FILING, accession_number=f"0000000901-08-{number:06d}") for number in range(40)]

    def write(part: list[IndexedFiling]) -> None:
        archive = RawArchive(UPath(settings_home))
        for filing in part:
            archive.store(filing, filing.accession_number.encode(), "live", NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, [filings[start::4] for start in range(4)]))
    assert RawArchive(UPath(settings_home)).missing(filings) == []


def test_what_a_killed_run_left_beside_does_not_stay(archive: RawArchive, settings_home: Path) -> None:
    folder = settings_home / "raw" / "filings" / "2008-10"
    folder.mkdir(parents=True)
    (folder / ".beside-0000000901-08-000001.txt-abc").write_bytes(b"hal")
    (folder / "0000000901-08-000001.txt").write_bytes(b"whole, but its row was not written")
    assert archive.missing([FILING]) == [FILING]
    archive.store(FILING, b"whole", "live", NOW)
    assert [path.name for path in folder.iterdir()] == ["0000000901-08-000001.txt"]
    assert archive.read(FILING.accession_number) == b"whole"


@pytest.mark.parametrize(
    "damage", ["", "[]", '{"held": 1}', '{"held": {"0000000901-08-000001": {}}, "failed": {}}']
)
def test_a_damaged_manifest_is_an_error_with_its_remedy(
    archive: RawArchive, settings_home: Path, damage: str
) -> None:
    archive.store(FILING, b"whole", "live", NOW)
    (settings_home / "raw" / "manifest" / "2008-10.json").write_text(damage)
    with pytest.raises(StorageError, match="delete"):
        archive.read(FILING.accession_number)


def test_it_works_on_a_file_system_behind_a_url() -> None:
    archive = RawArchive(UPath("memory://raw-archive-test"))
    archive.write_index("2008-10", answer([FILING]))
    archive.note_failure(FILING, "truncated", b"part", NOW)
    archive.store(FILING, b"whole", "live", NOW)
    fresh = RawArchive(UPath("memory://raw-archive-test"))
    assert fresh.index("2008-10") == [FILING]
    assert RawArchive(UPath("memory://raw-archive-test")).read(FILING.accession_number) == b"whole"
    assert fresh.failure(FILING.accession_number) is None


def test_the_manifest_says_what_the_design_asks(archive: RawArchive, settings_home: Path) -> None:
    archive.store(FILING, b"whole", "live", NOW)
    manifest = json.loads((settings_home / "raw" / "manifest" / "2008-10.json").read_bytes())
    assert manifest["held"][FILING.accession_number] == {
        "url": FILING.source_url,
        "source": "live",
        "sha256": hashlib.sha256(b"whole").hexdigest(),
        "bytes": 5,
        "fetched_at": "2026-01-02T03:04:05+00:00",
    }
