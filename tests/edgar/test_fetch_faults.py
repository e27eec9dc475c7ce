"""Fetching from a source that fails, answers with something else, or blocks."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.edgar.archive import RawArchive
from pipeline.edgar.fetch import MOST_WRONG_ANSWERS, fetch_filings
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.session import EdgarSession, RetryPolicy
from pipeline.edgar.source import source_at
from pipeline.errors import BlockedError, SourceError, StorageError
from pipeline.settings import Settings
from tests.edgar.fetching import FIRST, OTHER, SECOND, Fetch
from tests.edgar.waiting import Waiting
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar, submission

FILING = IndexedFiling(
    accession_number=FIRST,
    cik="0000000101",
    company_name="EXAMPLE CORP",
    tickers=(),
    co_registrants=(),
    form_type="8-K",
    filed_date=dt.date(2008, 10, 7),
    report_date=None,
    items=("2.05",),
    primary_document=None,
    source_url=f"https://www.sec.gov/Archives/edgar/data/101/{FIRST}.txt",
)


@pytest.mark.parametrize(
    "fault", [faults.status(500), faults.status(503), faults.short, faults.truncated_gzip]
)
def test_a_passing_fault_is_waited_out(
    fetch: Fetch, replica: Replica, fault: faults.Fault, waiting: Waiting
) -> None:
    replica.fail(f"{FIRST}.txt", fault, fault)
    replica.fail("CIK0000000202", fault)
    outcome = fetch()
    assert (outcome.fetched, outcome.failed, outcome.detours) == (3, {}, {})
    assert waiting.slept == [1.0, 2.0, 1.0]  # seconds: doubling for the first filing, then the list


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (faults.cut, "truncated: no closing </SEC-DOCUMENT>"),
        (faults.error_page, 'HTML page titled "Service Unavailable"'),
        (faults.body(b""), "empty"),
        (faults.block_page(200), "Request Rate Threshold Exceeded"),
        (faults.body(b"{}"), "no submission"),
        (faults.body(submission(OTHER, "0000000101", "X", "2008-10-07")), "another filing"),
        (faults.body(submission(FIRST, "0000000303", "X", "2008-10-07")), "another company's filing"),
    ],
)
class TestWrongDocument:
    """With status 200 comes something that is not the filing."""

    def test_once_is_made_good_by_asking_directly(
        self, fetch: Fetch, replica: Replica, fault: faults.Fault, reason: str
    ) -> None:
        replica.fail(f"{FIRST}.txt", fault)
        outcome = fetch()
        assert (outcome.fetched, outcome.failed) == (3, {})
        assert reason in outcome.detours[FIRST]

    def test_always_ends_as_failed_with_the_reason_and_is_not_stored(
        self, fetch: Fetch, replica: Replica, fault: faults.Fault, reason: str, archive: RawArchive
    ) -> None:
        replica.fail(f"{FIRST}.txt", *[fault] * MOST_WRONG_ANSWERS)
        outcome = fetch()
        assert (outcome.fetched, list(outcome.failed)) == (2, [FIRST])
        assert reason in outcome.failed[FIRST]
        assert archive.failure(FIRST) == outcome.failed[FIRST]
        assert archive.entry(FIRST) is None
        assert replica.asked(f"{FIRST}.txt") == MOST_WRONG_ANSWERS
        with pytest.raises(StorageError, match=FIRST):
            archive.read(FIRST)

    def test_the_next_run_tries_once_more(
        self,
        fetch: Fetch,
        replica: Replica,
        fault: faults.Fault,
        reason: str,
        archive: RawArchive,
        settings: Settings,
    ) -> None:
        replica.fail(f"{FIRST}.txt", *[fault] * MOST_WRONG_ANSWERS)
        fetch()
        refused = settings.home / "raw" / "refused" / f"{FIRST}.txt"
        assert refused.exists()
        outcome = fetch()
        assert (outcome.held, outcome.fetched) == (2, 1)
        assert archive.failure(FIRST) is None
        assert not refused.exists()


def test_what_the_source_does_not_have_ends_as_failed(
    fetch: Fetch, edgar: TinyEdgar, replica: Replica, archive: RawArchive
) -> None:
    edgar.submission_path(FIRST).unlink()
    outcome = fetch()
    assert "status 404" in outcome.failed[FIRST]
    assert outcome.fetched == 2
    assert replica.asked(f"{FIRST}.txt") == 2


def test_a_source_that_stays_down_ends_as_failed_not_as_an_endless_run(
    fetch: Fetch, replica: Replica
) -> None:
    replica.fail(FIRST, *[faults.status(500)] * 9)
    outcome = fetch()
    assert "status 500, at the last of 3 tries" in outcome.failed[FIRST]


def test_a_source_that_is_gone_ends_the_run_before_it_has_tried_everything(
    settings: Settings, archive: RawArchive, waiting: Waiting, tmp_path: Path
) -> None:
    gone = source_at("http://127.0.0.1:1")  # nothing listens there
    filings = [
        replace(FILING, cik=f"{number:010d}", accession_number=f"0000000901-08-{number:06d}")
        for number in range(50)
    ]
    policy = RetryPolicy(tries=6)
    session = EdgarSession(
        gone, settings, policy=policy, limiter=waiting.limiter(8.0, tmp_path / "limit"), sleep=waiting.sleep
    )
    with session, pytest.raises(SourceError, match="48 filings were not asked for"):
        fetch_filings(gone, settings, archive, filings, session=session)


@pytest.mark.parametrize(
    ("listing", "reason"),
    [
        (b'{"filings": {"recent": {"accessionNumber": []}, "files": []}}', "malformed"),
        (b'{"filings": {}}', "malformed"),
        (b"[]", "malformed"),
        (
            b'{"filings": {"recent": {"accessionNumber": [], "form": [], "primaryDocument": [], '
            b'"filingDate": []}, "files": []}}',
            "does not have it",
        ),
    ],
)
def test_a_company_list_without_the_filing_is_gone_round(
    fetch: Fetch, replica: Replica, listing: bytes, reason: str
) -> None:
    replica.fail("CIK0000000101", faults.body(listing))
    outcome = fetch()
    assert (outcome.fetched, outcome.failed) == (3, {})
    assert sorted(outcome.detours) == [FIRST, SECOND]
    assert reason in outcome.detours[FIRST]


def test_a_company_list_that_is_no_json_or_missing_is_gone_round(fetch: Fetch, replica: Replica) -> None:
    replica.fail("CIK0000000101", faults.error_page, faults.error_page)
    replica.fail("CIK0000000202", faults.status(404))
    outcome = fetch()
    assert (outcome.fetched, outcome.failed) == (3, {})
    assert "no JSON" in outcome.detours[FIRST]
    assert "status 404" in outcome.detours[OTHER]


def test_older_parts_of_the_list_are_read_where_they_can_have_the_day(
    fetch: Fetch, edgar: TinyEdgar, replica: Replica
) -> None:
    path = edgar.root / "submissions" / "CIK0000000101.json"
    listing = json.loads(path.read_text())
    older, newer = "CIK0000000101-submissions-002.json", "CIK0000000101-submissions-001.json"
    (path.parent / newer).write_text(json.dumps(listing["filings"]["recent"]))
    listing["filings"]["recent"] = {column: [] for column in listing["filings"]["recent"]}
    listing["filings"]["files"] = [
        {"name": newer, "filingFrom": "2008-10-07", "filingTo": "2011-08-09"},
        {"name": older, "filingFrom": "1996-01-26", "filingTo": "2008-10-06"},
    ]
    path.write_text(json.dumps(listing))
    outcome = fetch()
    assert (outcome.fetched, outcome.detours) == (3, {})
    assert replica.asked(newer) == 1
    assert replica.asked(older) == 0


@pytest.mark.parametrize(
    "fault",
    [
        faults.block_page(),
        faults.block_page(503),
        faults.block_page(403, "Undeclared Automated Tool"),
        faults.status(429),
        faults.status(429, "600"),
    ],
)
def test_a_block_that_is_not_waited_through_ends_the_run_and_is_never_stored(
    fetch: Fetch, replica: Replica, archive: RawArchive, fault: faults.Fault
) -> None:
    replica.fail(f"{SECOND}.txt", fault)
    with pytest.raises(BlockedError, match="10 minutes"):
        fetch()
    assert replica.targets[-1].endswith(f"{SECOND}.txt")
    assert archive.entry(FIRST)
    assert archive.entry(SECOND) is None
    assert archive.failure(SECOND) is None
    outcome = fetch()
    assert (outcome.held, outcome.fetched, outcome.failed) == (1, 2, {})
