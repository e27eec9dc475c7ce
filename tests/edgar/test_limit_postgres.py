"""The request limit held in PostgreSQL: over processes, whatever their clocks, and over lost connections."""

import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterator

import psycopg
import pytest

from pipeline.edgar.limit import LONGEST_BLOCK, RequestLimiter
from pipeline.edgar.limit_postgres import TABLE, LimitTable
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.shared_limit import shared_limiter
from pipeline.edgar.source import Source
from pipeline.errors import NotFoundError, StorageError
from pipeline.settings import Settings, load_settings
from tests.edgar.test_limit import most_in_a_second
from tests.postgres_server import ESCAPED_PASSWORD, PASSWORD


@pytest.fixture
def table(postgres_url: str) -> Iterator[LimitTable]:
    table = LimitTable(postgres_url)
    yield table
    table.close()


@pytest.fixture
def other(postgres_url: str) -> Iterator[LimitTable]:
    """The same limit, as another process sees it."""
    table = LimitTable(postgres_url)
    yield table
    table.close()


def take(url: str, rate: float, count: int, moments: "multiprocessing.Queue[float]", ahead: float) -> None:
    """Requests of a process whose clock goes so many seconds before those of others."""
    limiter = RequestLimiter(rate, LimitTable(url), clock=lambda: time.monotonic() + ahead)
    for _ in range(count):
        limiter.wait()
        moments.put(time.monotonic())
    limiter.close()


def test_processes_share_the_limit_whatever_their_clocks_say(postgres_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[float] = context.Queue()
    workers = [
        context.Process(target=take, args=(postgres_url, 20.0, 25, queue, ahead)) for ahead in (0.0, 5e6)
    ]
    for worker in workers:
        worker.start()
    moments = sorted(queue.get(timeout=60) for _ in range(50))
    for worker in workers:
        worker.join(timeout=60)
    assert most_in_a_second(moments) <= 20
    assert 49 / (moments[-1] - moments[0]) > 10


def test_a_block_counts_for_all(table: LimitTable, other: LimitTable) -> None:
    RequestLimiter(1000.0, table).block(0.5)
    assert 0 < other.block_ends() <= 0.5
    began = time.monotonic()
    RequestLimiter(1000.0, other).wait()
    assert 0.4 < time.monotonic() - began < 5


def test_a_block_that_is_too_long_was_noted_by_a_wrong_clock(postgres_url: str, table: LimitTable) -> None:
    table.block_ends()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"UPDATE {TABLE} SET blocked_until = 1e12, next_free = 1e12")
    began = time.monotonic()
    RequestLimiter(10.0, table).wait()
    assert 0.1 < time.monotonic() - began < 5
    assert table.block_ends() > LONGEST_BLOCK


def test_a_lost_connection_is_made_anew(postgres_url: str, table: LimitTable) -> None:
    limiter = RequestLimiter(1000.0, table)
    limiter.wait()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'exit-charges request limit'"
        ).fetchall()
    assert ended == [(True,)]
    limiter.wait()


@pytest.mark.parametrize("place", ["postgresql://u:secret@127.0.0.1:1/db", "wrong password"])
def test_a_server_that_does_not_answer_is_one_sentence(postgres_url: str, place: str) -> None:
    url = postgres_url.replace(ESCAPED_PASSWORD, "secret") if place == "wrong password" else place
    with pytest.raises(StorageError) as problem:
        RequestLimiter(10.0, LimitTable(url)).wait()
    message = str(problem.value)
    assert message.startswith("The request limit is held in postgresql://")
    assert "EXIT_CHARGES_DAGSTER_STORAGE" in message
    assert "\n" not in message
    assert not any(password in message for password in ("secret", PASSWORD, ESCAPED_PASSWORD))


def test_the_setting_of_dagsters_storage_chooses_it(postgres_url: str, source: Source) -> None:
    settings = load_settings({"EXIT_CHARGES_DAGSTER_STORAGE": postgres_url})
    with EdgarSession(source, settings) as session, pytest.raises(NotFoundError):
        session.get("https://www.sec.gov/Archives/edgar/nothing")
    give_up = time.monotonic() + 30
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        assert connection.execute(f"SELECT next_free > 0 FROM {TABLE}").fetchone() == (True,)
        while connection.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall():
            assert time.monotonic() < give_up, "the connection stays open"
            time.sleep(0.01)


def test_without_the_setting_nothing_of_postgresql_is_imported(settings: Settings) -> None:
    assert settings.dagster_storage is None
    shared_limiter(settings).close()
    asked = "import sys, pipeline.edgar.session; print('psycopg' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
