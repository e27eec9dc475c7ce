"""The raw archive on S3: what a filing costs in requests, and that runs that store at once lose none."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from upath import UPath

from pipeline.edgar.archive import RawArchive, received
from tests.edgar.test_archive import FILING, NOW
from tests.s3_server import S3Server

NUMBERED = [replace(FILING, accession_number=f"0001000001-08-{number:06d}") for number in range(1, 7)]


def test_a_filing_takes_five_requests_to_keep_and_one_to_read(s3_home: UPath, s3: S3Server) -> None:
    archive = RawArchive(s3_home)
    archive.store(NUMBERED[0], b"first", "live", NOW)
    s3.counted()
    archive.store(NUMBERED[1], b"second", "live", NOW)
    assert s3.counted() == {"PUT": 4, "GET": 1}
    entries = archive.entries(NUMBERED)
    assert [received(entry) for entry in entries.values()] == [b"first", b"second"]
    assert s3.counted() == {"GET": 3}


def test_a_failure_and_what_came_instead(s3_home: UPath) -> None:
    archive = RawArchive(s3_home)
    archive.note_failure(FILING, "truncated", b"half", NOW)
    assert archive.failure(FILING.accession_number) == "truncated"
    assert archive.missing([FILING]) == [FILING]
    archive.store(FILING, b"whole", "live", NOW)
    assert archive.failure(FILING.accession_number) is None
    assert archive.read(FILING.accession_number) == b"whole"
    assert s3_home.fs.find((s3_home / "raw/refused").path) == []


def test_runs_that_store_at_once_lose_no_row(s3_home: UPath) -> None:
    def store(number: int) -> None:
        RawArchive(s3_home).store(NUMBERED[number], b"%d" % number, "live", NOW)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(store, range(len(NUMBERED))))
    assert len(RawArchive(s3_home).entries(NUMBERED)) == len(NUMBERED)
