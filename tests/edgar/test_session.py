import datetime as dt
import email.utils
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from pipeline.edgar.sample_server import Answer
from pipeline.edgar.session import EdgarSession, RetryPolicy
from pipeline.edgar.source import ARCHIVE_URL, LIVE, SEARCH_URL, SUBMISSIONS_URL, Source
from pipeline.errors import BlockedError, ConfigurationError, SourceError
from pipeline.settings import Settings
from tests.edgar.waiting import Waiting
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar

ACCESSION = "0000000901-08-000001"
ADDRESS = f"{ARCHIVE_URL}/data/101/{ACCESSION}.txt"


@pytest.fixture(autouse=True)
def submission(edgar: TinyEdgar) -> bytes:
    return edgar.add(ACCESSION, "2008-10-07")


def test_an_address_on_edgar_is_asked_of_the_source(session: EdgarSession, submission: bytes) -> None:
    assert session.get(ADDRESS) == submission
    assert session.requests == 1


def test_a_short_retry_after_is_obeyed(session: EdgarSession, replica: Replica, waiting: Waiting) -> None:
    replica.fail(ACCESSION, faults.status(429, "7"), faults.status(503, "20"))
    session.get(ADDRESS)
    assert waiting.slept == [7.0, 20.0]
    assert session.requests == 3


def test_retry_after_can_be_a_date(session: EdgarSession, replica: Replica, waiting: Waiting) -> None:
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
    replica.fail(ACCESSION, faults.status(503, email.utils.format_datetime(soon, usegmt=True)))
    session.get(ADDRESS)
    assert 25 < waiting.slept[0] <= 30


@pytest.mark.parametrize("fault", [faults.status(429, "1200"), faults.status(503, "1200")])
def test_a_long_wait_is_left_to_the_user(
    session: EdgarSession, replica: Replica, fault: faults.Fault
) -> None:
    replica.fail(ACCESSION, fault)
    with pytest.raises(BlockedError, match=r"Wait 20 minutes"):
        session.get(ADDRESS)
    assert session.requests == 1


def test_an_undeclared_tool_is_told_to_declare_itself(session: EdgarSession, replica: Replica) -> None:
    replica.fail(ACCESSION, faults.block_page(words="Undeclared Automated Tool"))
    with pytest.raises(BlockedError, match="EXIT_CHARGES_IDENTITY"):
        session.get(ADDRESS)


def test_a_stalled_answer_is_given_up(
    source: Source, settings: Settings, tmp_path: Path, replica: Replica, waiting: Waiting, submission: bytes
) -> None:
    policy = RetryPolicy(tries=2, read_timeout=0.05)
    limiter = waiting.limiter(8.0, tmp_path)
    replica.stall(ACCESSION)
    with EdgarSession(source, settings, policy=policy, limiter=limiter, sleep=waiting.sleep) as session:
        assert session.get(ADDRESS) == submission
        assert session.requests == 2


def test_a_redirect_within_the_source_is_followed(
    session: EdgarSession, replica: Replica, submission: bytes
) -> None:
    replica.fail(
        ACCESSION, faults.redirect(f"/Archives/edgar/data/101/{ACCESSION.replace('-', '')}/{ACCESSION}.txt")
    )
    assert session.get(ADDRESS) == submission
    assert session.requests == 2


@pytest.mark.parametrize("place", ["http://127.0.0.1:1/x", "https://example.org/x", "file:///etc/passwd"])
def test_a_redirect_away_from_the_source_is_not_followed(
    session: EdgarSession, replica: Replica, place: str
) -> None:
    replica.fail(ACCESSION, faults.redirect(place))
    with pytest.raises(SourceError, match="leads away"):
        session.get(ADDRESS)
    assert session.requests == 1


def test_redirects_come_to_an_end(session: EdgarSession, replica: Replica) -> None:
    replica.fail(ACCESSION, *[faults.redirect(f"/Archives/edgar/data/101/{ACCESSION}.txt")] * 9)
    with pytest.raises(SourceError, match="redirected more than"):
        session.get(ADDRESS)


@pytest.mark.parametrize("address", ["https://example.org/a", "https://www.sec.gov/cgi-bin/x", "/etc/passwd"])
def test_only_edgars_archive_submissions_and_search_are_asked(session: EdgarSession, address: str) -> None:
    with pytest.raises(SourceError, match="no address of EDGAR"):
        session.get(address)
    assert session.requests == 0


def test_a_missing_document_is_not_tried_again(session: EdgarSession) -> None:
    with pytest.raises(SourceError, match="status 404"):
        session.get_json(f"{SUBMISSIONS_URL}/CIK0000000999.json")
    assert session.requests == 1


def test_every_try_passes_the_limiter(session: EdgarSession, replica: Replica, waiting: Waiting) -> None:
    started = waiting.now
    for _ in range(10):
        session.get(ADDRESS)
    replica.fail(ACCESSION, faults.status(500))
    session.get(ADDRESS)
    assert session.requests == 12
    assert waiting.now - started - sum(waiting.slept) >= 10 / 8


@pytest.mark.parametrize("identity", [None, "Jane Doe", "jane@example.org", "Jane Doe jane@example"])
def test_live_is_refused_without_an_identity(settings: Settings, identity: str | None) -> None:
    live = Source(LIVE, ARCHIVE_URL, SUBMISSIONS_URL, SEARCH_URL, is_live=True)
    with pytest.raises(ConfigurationError, match="EXIT_CHARGES_IDENTITY"):
        EdgarSession(live, replace(settings, identity=identity))


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_edgars_block_page_is_a_block_under_any_status(
    settings: Settings, tmp_path: Path, waiting: Waiting, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    def answer(self: requests.Session, url: str, **options: object) -> requests.Response:
        response = requests.Response()
        response.status_code = status
        response._content = faults.block_page()(Answer(200, b"")).body
        return response

    monkeypatch.setattr(requests.Session, "get", answer)
    live = Source(LIVE, ARCHIVE_URL, SUBMISSIONS_URL, SEARCH_URL, is_live=True)
    policy, limiter = RetryPolicy(blocks=0), waiting.limiter(8.0, tmp_path)
    with EdgarSession(live, settings, policy=policy, limiter=limiter) as session:
        with pytest.raises(BlockedError, match="Wait 10 minutes"):
            session.get(ADDRESS)
        assert session.requests == 1


def test_waits_double_and_stay_below_the_longest() -> None:
    policy = RetryPolicy(first_wait=1.0, longest_wait=5.0)
    assert [policy.wait_before(n, jitter=0.0) for n in (2, 3, 4, 5)] == [1.0, 2.0, 4.0, 5.0]
    assert policy.wait_before(3, jitter=1.0) == 1.0


def test_a_name_outside_ascii_can_be_declared(
    source: Source, settings: Settings, replica: Replica, new_session: Callable[[], EdgarSession]
) -> None:
    named = replace(settings, identity="José Núñez jose@example.org")
    with EdgarSession(replace(source, name="sample"), named) as session:
        session.get(ADDRESS)
    assert {agent.encode("latin-1").decode() for agent in replica.user_agents} == {named.identity}
