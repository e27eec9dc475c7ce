"""Delta tables on S3: a load that is killed is completed by the next, and two loads do not mix."""

import os
import signal
import subprocess
import sys
import time

import pytest
from deltalake import DeltaTable
from upath import UPath

from pipeline import lease
from pipeline.errors import StorageError
from pipeline.listing import names_in
from pipeline.settings import place
from pipeline.warehouse.delta import PUBLISHED_MONTHS, write_delta
from pipeline.warehouse.published import read_published
from tests.s3_server import S3Server
from tests.warehouse.invented_months import publish_filings

MONTHS = {f"2009-{month:02d}": 1 for month in range(1, 5)}
_LOAD = """if True:
    import sys
    from upath import UPath
    from pipeline.settings import place
    from pipeline.warehouse.delta import write_delta
    write_delta(UPath(sys.argv[1]), place(sys.argv[2], "lake"))"""


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> UPath:
    return publish_filings(UPath(tmp_path_factory.mktemp("home")), MONTHS)


def _load(home: UPath, lake: UPath) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", _LOAD, str(home), str(lake)], env={**os.environ})


def _filings(lake: UPath) -> list[tuple[object, ...]]:
    table = DeltaTable(str(lake / "filings"), storage_options=lake.fs.aws_settings())
    rows = table.to_pyarrow_table()
    return sorted(zip(*(rows[name].to_pylist() for name in ("accession_number", "filed_month")), strict=True))


def test_a_load_that_was_killed_is_completed_by_the_next(
    home: UPath, s3_home: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = s3_home / "delta"
    process = _load(home, lake)
    give_up = time.monotonic() + 60
    while len(names_in(lake / PUBLISHED_MONTHS / "_delta_log")) < 4:
        assert process.poll() is None
        assert time.monotonic() < give_up
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()

    monkeypatch.setattr(lease, "LEASE_SECONDS", 1.0)  # how long the dead one's is waited for
    report = write_delta(home, lake)
    assert len(report.months.unchanged) >= 1
    assert report.months.there == frozenset(MONTHS)
    assert len(_filings(lake)) == len(set(_filings(lake))) == read_published(home, "filings").num_rows


def test_two_loads_at_once_go_one_after_the_other(home: UPath, s3_home: UPath) -> None:
    lake = s3_home / "delta"
    processes = [_load(home, lake) for _ in range(2)]
    assert [process.wait(120) for process in processes] == [0, 0]
    assert len(_filings(lake)) == len(MONTHS)
    versions = [
        DeltaTable(str(lake / name), storage_options=lake.fs.aws_settings()).version()
        for name in ("filings", "charges")
    ]
    assert versions == [len(MONTHS)] * 2


def test_a_bucket_that_is_not_there_is_one_sentence(home: UPath, s3: S3Server) -> None:
    with pytest.raises(StorageError, match="There is no bucket nobody-made-this") as problem:
        write_delta(home, place("s3://nobody-made-this/delta", "DIRECTORY"))
    assert "\n" not in str(problem.value)
