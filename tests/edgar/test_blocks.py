"""A block stops the requests of all processes for the time that EDGAR states; then it goes on by itself."""

import itertools
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.edgar.limit import LONGEST_BLOCK
from pipeline.edgar.sample_server import Answer
from pipeline.edgar.session import EdgarSession, RetryPolicy
from pipeline.edgar.source import Source
from pipeline.errors import BlockedError, NotFoundError
from pipeline.settings import Settings
from tests.edgar.waiting import Waiting
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar

ACCESSION = "0000000901-08-000001"
ADDRESS = f"https://www.sec.gov/Archives/edgar/data/101/{ACCESSION}.txt"

Patient = Callable[[], EdgarSession]


@pytest.fixture
def submission(edgar: TinyEdgar) -> bytes:
    return edgar.add(ACCESSION, "2008-10-07")


@pytest.fixture
def patient(source: Source, settings: Settings, tmp_path: Path, waiting: Waiting) -> Patient:
    """Sessions that wait through up to two blocks in a row."""

    def new() -> EdgarSession:
        limiter = waiting.limiter(8.0, tmp_path / "limit")
        return EdgarSession(
            source, settings, policy=RetryPolicy(tries=2, blocks=2), limiter=limiter, sleep=waiting.sleep
        )

    return new


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (faults.block_page(), 600),
        (faults.block_page(429), 600),
        (faults.status(403), 600),
        (faults.status(429), 600),
        (faults.status(429, "1200"), 1200),
        (faults.status(503, "900"), 900),
    ],
)
def test_it_goes_on_after_the_time_that_is_stated(
    patient: Patient, replica: Replica, waiting: Waiting, submission: bytes, fault: faults.Fault, seconds: int
) -> None:
    replica.fail(ACCESSION, fault)
    started = waiting.now
    with patient() as session:
        assert session.get(ADDRESS) == submission
        assert (session.requests, session.retries) == (2, 1)
    assert seconds <= waiting.now - started < seconds + 1


def test_it_says_that_it_waits(
    patient: Patient, replica: Replica, submission: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    replica.fail(ACCESSION, faults.block_page())
    with caplog.at_level(logging.WARNING), patient() as session:
        session.get(ADDRESS)
    assert "Wait 10 minutes before asking again" in caplog.text


@pytest.mark.usefixtures("submission")
def test_no_other_process_asks_meanwhile(
    patient: Patient, replica: Replica, waiting: Waiting, tmp_path: Path
) -> None:
    waiting.limiter(8.0, tmp_path / "limit").block(600)
    started = waiting.now
    with patient() as session:
        session.get(ADDRESS)
    assert 600 <= waiting.now - started < 601


def test_after_a_block_requests_do_not_come_in_a_burst(waiting: Waiting, tmp_path: Path) -> None:
    limiters = [waiting.limiter(10.0, tmp_path) for _ in range(4)]
    limiters[0].block(600)
    moments = []
    for number in range(40):
        limiters[number % 4].wait()
        moments.append(waiting.now)
    assert moments[0] >= 1600
    assert all(later - earlier > 0.1 for earlier, later in itertools.pairwise(moments))


def test_a_block_that_begins_while_a_request_waits_holds_it_too(tmp_path: Path) -> None:
    waiting = Waiting()

    def blocked_meanwhile(seconds: float) -> None:
        waiting.now += seconds
        if len(waiting.slept) == 0:
            waiting.slept.append(seconds)
            waiting.limiter(10.0, tmp_path).block(600)

    limiter = waiting.limiter(10.0, tmp_path)
    limiter.wait()
    limiter._sleep = blocked_meanwhile
    limiter.wait()
    assert waiting.now >= 1600


def test_what_is_not_there_is_no_block(patient: Patient, replica: Replica) -> None:
    """EDGAR's storage answers so for files that do not exist, such as the index of a holiday."""
    denied = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>'
    replica.fail(ACCESSION, lambda due: Answer(403, denied, "application/xml"))
    with patient() as session, pytest.raises(NotFoundError):
        session.get(ADDRESS)


@pytest.mark.usefixtures("submission")
def test_blocks_in_a_row_end_it(patient: Patient, replica: Replica) -> None:
    replica.fail(ACCESSION, *[faults.block_page()] * 3)
    with patient() as session:
        with pytest.raises(BlockedError, match="Wait 10 minutes"):
            session.get(ADDRESS)
        assert session.requests == 3


def test_blocks_with_answers_between_them_do_not(
    patient: Patient, replica: Replica, submission: bytes
) -> None:
    replica.fail(ACCESSION, faults.block_page(), faults.block_page(), faults.status(500))
    with patient() as session:
        assert session.get(ADDRESS) == submission
        replica.fail(ACCESSION, faults.block_page(), faults.block_page())
        assert session.get(ADDRESS) == submission


@pytest.mark.usefixtures("submission")
def test_waiting_does_not_help_who_has_not_said_who_he_is(patient: Patient, replica: Replica) -> None:
    replica.fail(ACCESSION, faults.block_page(words="Undeclared Automated Tool"))
    with patient() as session:
        with pytest.raises(BlockedError, match="EXIT_CHARGES_IDENTITY"):
            session.get(ADDRESS)
        assert session.requests == 1


@pytest.mark.usefixtures("submission")
def test_the_sample_archive_is_never_waited_for(source: Source, settings: Settings, replica: Replica) -> None:
    replica.fail(ACCESSION, faults.status(403))
    with EdgarSession(replace(source, name="sample"), settings) as session, pytest.raises(BlockedError):
        session.get(ADDRESS)


def test_a_block_noted_by_a_wrong_clock_is_none(waiting: Waiting, tmp_path: Path) -> None:
    waiting.now += 10 * LONGEST_BLOCK
    waiting.limiter(10.0, tmp_path).block(600)
    waiting.now -= 10 * LONGEST_BLOCK
    started = waiting.now
    waiting.limiter(10.0, tmp_path).wait()
    assert waiting.now - started < 1
