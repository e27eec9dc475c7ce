"""A replica of a small EDGAR, and a session that reaches it without waiting."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from upath import UPath

from pipeline.edgar.archive import RawArchive
from pipeline.edgar.discovery import find_filings
from pipeline.edgar.discovery.question import Question
from pipeline.edgar.fetch import fetch_filings
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.session import EdgarSession, RetryPolicy
from pipeline.edgar.source import Source, source_at
from pipeline.settings import Settings, load_settings
from tests.edgar.fetching import FIRST, OTHER, SECOND, Fetch
from tests.edgar.waiting import Waiting
from tests.replica.replica import Replica, running_replica
from tests.replica.tiny_edgar import TinyEdgar

Ask = Callable[..., Question]
"""Puts the question of a month, narrowed to the CIKs that follow it."""

TODAY = dt.date(2026, 1, 2)


@pytest.fixture
def edgar(tmp_path: Path) -> TinyEdgar:
    """An empty archive in EDGAR's layout."""
    return TinyEdgar(tmp_path / "edgar")


@pytest.fixture
def replica(edgar: TinyEdgar) -> Iterator[Replica]:
    """The archive served, with faults on demand."""
    with running_replica(edgar.root) as replica:
        yield replica


@pytest.fixture
def source(replica: Replica) -> Source:
    return replace(source_at(replica.base_url), name="replica")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, home=str(tmp_path / "home"), identity="Jane Doe jane.doe@example.org")


@pytest.fixture
def settings_home(settings: Settings) -> Path:
    return Path(str(settings.home))


@pytest.fixture
def archive(settings: Settings) -> RawArchive:
    return RawArchive(UPath(settings.home))


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
def new_session(
    source: Source, settings: Settings, tmp_path: Path, waiting: Waiting
) -> Callable[[], EdgarSession]:
    """Sessions with the true limiter and retries, on a clock that only `sleep` moves; a block ends them."""
    policy = RetryPolicy(
        tries=3, first_wait=1.0, longest_wait=60.0, connect_timeout=5.0, read_timeout=5.0, blocks=0
    )

    def new() -> EdgarSession:
        return EdgarSession(
            source,
            settings,
            policy=policy,
            limiter=waiting.limiter(8.0, tmp_path / "limit"),
            sleep=waiting.sleep,
            jitter=lambda: 0.0,
        )

    return new


@pytest.fixture
def session(new_session: Callable[[], EdgarSession]) -> Iterator[EdgarSession]:
    with new_session() as session:
        yield session


@pytest.fixture
def ask(session: EdgarSession, settings: Settings) -> Ask:
    def ask(month: str, *companies: str, today: dt.date = TODAY) -> Question:
        return Question(session, month, settings.home, today, frozenset(companies) or None)

    return ask


@pytest.fixture
def wanted(
    edgar: TinyEdgar, replica: Replica, settings: Settings, new_session: Callable[[], EdgarSession]
) -> list[IndexedFiling]:
    """Three filings of two companies; a further 8-K of the first company's day has no Item 2.05."""
    edgar.add(FIRST, "2008-10-07")
    edgar.add("0000000901-08-000009", "2008-10-07", items=("8.01",))
    edgar.add(SECOND, "2008-10-21", form="8-K/A")
    edgar.add(OTHER, "2008-10-21", cik="0000000202", name="OTHER INC")
    with new_session() as session:
        filings = list(find_filings(session, "2008-10", settings.home).filings)
    replica.targets.clear()
    return filings


@pytest.fixture
def fetch(
    source: Source,
    settings: Settings,
    archive: RawArchive,
    wanted: list[IndexedFiling],
    new_session: Callable[[], EdgarSession],
) -> Fetch:
    return lambda: fetch_filings(source, settings, archive, wanted, session=new_session())
