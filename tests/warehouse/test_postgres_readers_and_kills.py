"""Loading into PostgreSQL while others read, and over a kill: whole months, one load at a time."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pyarrow as pa
import pytest
from psycopg import IsolationLevel
from upath import UPath

from pipeline.errors import StorageError
from pipeline.tables.model import Table
from pipeline.warehouse import postgres_load
from pipeline.warehouse.postgres_connection import Connection
from pipeline.warehouse.postgres_rows import copy_month
from pipeline.warehouse.publish import publish_month
from tests.factories import filing_rows, publishable
from tests.warehouse.invented_months import publish_filings
from tests.warehouse.postgres_rows import SCHEMA, ask, assert_equal, load


@pytest.fixture
def home(tmp_path: Path) -> UPath:
    return publish_filings(UPath(tmp_path), {"2008-10": 2, "2008-11": 0, "2008-12": 1})


@contextmanager
def _reading(url: str) -> Iterator[list[tuple[int, ...]]]:
    """What a reader sees of a month, again and again, each time in one statement over all tables."""
    seen: list[tuple[int, ...]] = []
    stop = threading.Event()
    counted = ", ".join(
        f"(SELECT count(*) FROM {SCHEMA}.{name} WHERE filed_month = '2008-10')"
        for name in ("filings", "sections", "exit_plans", "charges", "share_figures", "mentions")
    )

    def read() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not stop.is_set():
                row = connection.execute(f"SELECT {counted}".encode()).fetchone()
                assert row is not None
                seen.append(row)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield seen
    finally:
        stop.set()
        reader.join()


def test_a_reader_sees_the_old_month_or_the_new_one(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    with _reading(postgres_url) as seen:
        for filings in (30, 1, 25, 2):
            publish_filings(home, {"2008-10": filings})
            load(home, postgres_url)
    assert len(seen) > 20
    assert {row[0] for row in seen} <= {2, 30, 1, 25}
    for filings, *others in seen:
        assert others == [filings * per_filing for per_filing in (1, 1, 4, 1, 7)]


def test_a_snapshot_stays_what_it_was(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    with psycopg.connect(postgres_url) as reader:
        reader.isolation_level = IsolationLevel.REPEATABLE_READ
        counted = f"SELECT (SELECT count(*) FROM {SCHEMA}.charges), (SELECT count(*) FROM {SCHEMA}.plans)"
        before = reader.execute(counted.encode()).fetchone()
        publish_filings(home, {"2008-10": 9, "2009-01": 4})
        load(home, postgres_url)
        assert reader.execute(counted.encode()).fetchone() == before
        reader.commit()
        assert reader.execute(counted.encode()).fetchone() == ((9 + 1 + 4) * 4, 9 + 1 + 4)


_LOAD = """
import sys
from upath import UPath
from pipeline.warehouse import postgres_load
from tests.warehouse.invented_months import publish_filings
from tests.warehouse.postgres_rows import SCHEMA, ask, assert_equal, load
copy = postgres_load.copy_month
def slowly(connection, table, rows, month):
    copy(connection, table, rows, month)
    if month == "2008-12" and table.name == "charges":
        print("half", flush=True)
        sys.stdin.readline()
postgres_load.copy_month = slowly
load(UPath(sys.argv[1]), sys.argv[2])
"""


def _half_way(home: UPath, url: str) -> "subprocess.Popen[bytes]":
    """A load in a process of its own that has copied half of the last month."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", _LOAD, str(home), url],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"half\n"
    return process


def test_a_killed_load_leaves_whole_months_and_the_next_goes_on(home: UPath, postgres_url: str) -> None:
    with _half_way(home, postgres_url) as process:
        process.send_signal(signal.SIGKILL)
    assert ask(postgres_url, "SELECT filed_month, count(*) FROM filings GROUP BY 1") == [("2008-10", 2)]

    report = load(home, postgres_url)

    assert (report.months.loaded, report.months.unchanged) == (("2008-12",), ("2008-10", "2008-11"))
    assert_equal(home, postgres_url)


def test_a_server_that_goes_away_is_one_sentence_and_the_next_load_goes_on(
    home: UPath, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_the_server_goes(connection: Connection, table: Table, rows: pa.Table, month: str) -> None:
        copy_month(connection, table, rows, month)
        if month == "2008-12":
            ask(postgres_url, f"SELECT pg_terminate_backend({connection.info.backend_pid})")

    with monkeypatch.context() as patch:
        patch.setattr(postgres_load, "copy_month", until_the_server_goes)
        with pytest.raises(StorageError, match=r"stopped the load .*it goes on where it stopped"):
            load(home, postgres_url)
    assert load(home, postgres_url).months.loaded == ("2008-12",)
    assert_equal(home, postgres_url)


def test_what_a_killed_load_did_not_link_is_linked_by_the_next(
    home: UPath, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    amendment = filing_rows(
        "0000000000-08-000099",
        cik="0000000000",
        form_type="8-K/A",
        is_amendment=True,
        filed_date=dt.date(2009, 1, 5),
        accepted_at=dt.datetime(2009, 1, 5, 20, tzinfo=dt.UTC),
    )
    publish_month(home, "2009-01", publishable(amendment))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(postgres_load, "linked_amendments", killed)
        with pytest.raises(KeyboardInterrupt):
            load(home, postgres_url)
    assert ask(postgres_url, "SELECT count(*) FROM amendments") == [(0,)]
    assert load(home, postgres_url).months.loaded == ()
    assert ask(postgres_url, "SELECT count(*) > 0 FROM amendments") == [(True,)]
    assert_equal(home, postgres_url)


def test_loads_do_not_interleave(home: UPath, postgres_url: str) -> None:
    with _half_way(home, postgres_url) as process:
        waited = threading.Event()
        second = threading.Thread(target=_load_waiting, args=(home, postgres_url, waited))
        second.start()
        assert waited.wait(30)
        time.sleep(0.2)
        assert ask(postgres_url, "SELECT count(*) FROM filings WHERE filed_month = '2008-12'") == [(0,)]
        assert process.stdin is not None
        process.stdin.write(b"go on\n")
        process.stdin.close()
        assert process.wait(30) == 0
        second.join(30)
        assert not second.is_alive()
    assert_equal(home, postgres_url)


def _load_waiting(home: UPath, url: str, waited: threading.Event) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        report = postgres_load.load_postgres(home, connection, SCHEMA, waiting=waited.set)
        assert report.months.loaded == ()
