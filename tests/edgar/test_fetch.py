"""Fetching from a source that answers as it should."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.edgar.archive import RawArchive
from pipeline.edgar.fetch import MOST_WRONG_ANSWERS, fetch_filings
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import Source, source_at
from pipeline.errors import StorageError
from pipeline.settings import Settings
from tests.edgar.fetching import FIRST, Fetch
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar


def test_every_filing_is_fetched_as_it_stands(
    fetch: Fetch, archive: RawArchive, wanted: list[IndexedFiling], edgar: TinyEdgar, replica: Replica
) -> None:
    outcome = fetch()
    assert (outcome.held, outcome.fetched, outcome.failed) == (0, 3, {})
    for filing in wanted:
        served = edgar.submission_path(filing.accession_number, filing.cik).read_bytes()
        entry = archive.entry(filing.accession_number)
        assert entry is not None
        assert archive.read(filing.accession_number) == served
        assert (entry.bytes, entry.sha256) == (len(served), hashlib.sha256(served).hexdigest())
        assert (entry.url, entry.source) == (filing.source_url, "replica")
    assert (
        outcome.requests == len(replica.targets) == 5
    )  # a list for each of two companies, three submissions
    assert replica.user_agents == {"Jane Doe jane.doe@example.org"}


def test_other_filings_of_the_day_are_not_downloaded(fetch: Fetch, replica: Replica) -> None:
    fetch()
    assert replica.asked("0000000901-08-000009") == 0


def test_the_next_run_downloads_nothing_that_is_held(fetch: Fetch, replica: Replica) -> None:
    fetch()
    replica.targets.clear()
    outcome = fetch()
    assert (outcome.held, outcome.fetched, outcome.requests) == (3, 0, 0)
    assert replica.targets == []


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"x"), lambda path: path.unlink()])
def test_a_damaged_copy_is_fetched_again_and_said_so(
    fetch: Fetch, archive: RawArchive, damage: Callable[[Path], None]
) -> None:
    fetch()
    entry = archive.entry(FIRST)
    assert entry is not None
    damage(Path(str(entry.path)))
    with pytest.raises(StorageError, match=FIRST):
        archive.read(FIRST)
    outcome = fetch()
    assert (outcome.held, outcome.fetched, list(outcome.replaced)) == (2, 1, [FIRST])
    assert archive.read(FIRST)


def test_nothing_is_left_behind_but_the_archive(fetch: Fetch, settings_home: Path) -> None:
    fetch()
    fetch()
    names = sorted(
        path.name for path in settings_home.rglob("*") if path.is_file() and path.suffix != ".lock"
    )
    assert names == [
        "0000000901-08-000001.txt",
        "0000000901-08-000002.txt",
        "0000000902-08-000007.txt",
        "2008-10.json",
    ]


def test_the_library_is_as_it_was_afterwards_and_prints_nothing(
    fetch: Fetch, replica: Replica, capsys: pytest.CaptureFixture[str]
) -> None:
    from sec_edgar_downloader import _Downloader, _orchestrator, _sec_gateway

    before = (_sec_gateway._call_sec, _Downloader.get_ticker_to_cik_mapping)
    replica.fail(f"{FIRST}.txt", faults.status(404), faults.status(404))
    assert fetch().failed
    assert (_sec_gateway._call_sec, _Downloader.get_ticker_to_cik_mapping) == before
    assert "print" not in vars(_orchestrator)
    assert capsys.readouterr().out == ""
    assert replica.asked("company_tickers") == 0


def test_a_sample_is_no_substitute_elsewhere_but_a_mirror_is(
    fetch: Fetch,
    replica: Replica,
    settings: Settings,
    archive: RawArchive,
    wanted: list[IndexedFiling],
    new_session: Callable[[], EdgarSession],
) -> None:
    sample, mirror = source_at(replica.base_url, "sample"), source_at(replica.base_url, "mirror")
    fetch_filings(sample, settings, archive, wanted, session=new_session())
    outcome = fetch()
    assert (outcome.held, outcome.fetched) == (0, 3)
    assert outcome.replaced[FIRST] == "it came from the sample archive"
    assert fetch_filings(mirror, settings, archive, wanted, session=new_session()).held == 3
    assert fetch_filings(sample, settings, archive, wanted, session=new_session()).held == 3


def test_progress_goes_from_what_is_held_to_all(
    fetch: Fetch,
    source: Source,
    settings: Settings,
    archive: RawArchive,
    wanted: list[IndexedFiling],
    new_session: Callable[[], EdgarSession],
    replica: Replica,
) -> None:
    replica.fail(f"{FIRST}.txt", *[faults.error_page] * MOST_WRONG_ANSWERS)
    fetch()
    told: list[tuple[int, int]] = []
    fetch_filings(
        source, settings, archive, wanted, lambda done, of: told.append((done, of)), session=new_session()
    )
    assert told == [(2, 3), (3, 3)]
