"""Runs whose steps are executed on Dask workers: the same tables, also where workers or the scheduler die."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest

from assets.claims import UNFINISHED
from assets.instance import open_instance
from pipeline.settings import load_settings
from tests.assets import run_of_a_month
from tests.dask_cluster import DaskCluster, running_cluster
from tests.edgar.test_limit import most_in_a_second
from tests.postgres_server import PostgresServer
from tests.replica.replica import Replica, running_replica
from tests.replica.tiny_edgar import TinyEdgar

ROOT = Path(__file__).parents[2]
MONTHS = ("2008-10", "2008-11")
FAILING = "2008-12"
FILINGS = 6
RATE = 10
_LONGEST_SECONDS = 300.0
_DOCUMENT = """<p>Item 2.05 Costs Associated with Exit or Disposal Activities.</p>
<p>On October {number}, 2008, Example Corp. committed to a plan to close its plant in Example City. It expects
to record charges of approximately ${number}.5 million for severance, all of which will be paid in cash.</p>
"""


@dataclass
class Profile:
    """A home whose months run on the workers of a cluster, and the EDGAR that they ask."""

    cluster: DaskCluster
    replica: Replica
    environment: dict[str, str]
    home: Path


@pytest.fixture(scope="module")
def profile(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    folder = tmp_path_factory.mktemp("dask")
    edgar = TinyEdgar(folder / "edgar")
    for month in (*MONTHS, FAILING):
        for number in range(1, FILINGS + 1):
            edgar.add(
                f"0000000{int(month[-2:]):03d}-08-{number:06d}",
                f"{month}-{number:02d}",
                f"{100 * number + int(month[-2:]):010d}",
                f"EXAMPLE {number} CORP",
                document=_DOCUMENT.format(number=number),
            )
    home = folder / "home"
    home.mkdir()
    with running_replica(edgar.root) as replica:
        environment = {
            "EXIT_CHARGES_HOME": str(home),
            "EXIT_CHARGES_SOURCE": replica.base_url,
            "EXIT_CHARGES_REQUESTS_PER_SECOND": str(RATE),
            "EXIT_CHARGES_DAGSTER_STORAGE": postgres_server.new_database(),
        }
        with running_cluster(folder, 2, environment) as cluster:
            environment["EXIT_CHARGES_DASK"] = cluster.address
            yield Profile(cluster, replica, environment, home)


@pytest.fixture
def as_the_daemon(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """The instance of the profile, its settings those of this process."""
    for name, value in profile.environment.items():
        monkeypatch.setenv(name, value)
    with open_instance(load_settings()) as instance:
        yield instance


def _known(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRun:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run


def _workers_of(instance: dg.DagsterInstance, step_key: str, run_id: str) -> list[str]:
    """The addresses of the workers that began the step, in order."""
    found = []
    for record in instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_WORKER_STARTED):
        event = record.dagster_event
        if event is not None and event.step_key == step_key:
            found.append(str(event.engine_event_data.metadata["worker"].value))
    return found


def _steps(instance: dg.DagsterInstance, run_id: str, kind: dg.DagsterEventType) -> list[str]:
    events = [record.dagster_event for record in instance.all_logs(run_id, of_type=kind)]
    return [str(event.step_key) for event in events if event is not None]


def _failure(instance: dg.DagsterInstance, run_id: str) -> str:
    """How the run ended, in the words of its error."""
    [record] = instance.all_logs(run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
    assert record.dagster_event is not None
    error = record.dagster_event.job_failure_data.error
    return error.message if error else ""


def _until(found: Callable[[], object], what: str) -> None:
    give_up = time.monotonic() + _LONGEST_SECONDS
    while not found():
        assert time.monotonic() < give_up, what
        time.sleep(0.02)


@contextmanager
def _meanwhile(month: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A run of the month in a process of its own, which has ended when the context ends."""
    running = subprocess.Popen([sys.executable, "-m", "tests.assets.run_of_a_month", month], cwd=ROOT)
    try:
        yield running
        running.wait(_LONGEST_SECONDS)
    finally:
        running.kill()
        running.wait()


def _running(instance: dg.DagsterInstance, month: str) -> str:
    """The id of the run of a month, as soon as there is one."""
    wanted = dg.RunsFilter(tags={"dagster/partition": month}, statuses=UNFINISHED)
    _until(lambda: instance.get_runs(wanted), f"no run of {month} begins")
    return instance.get_runs(wanted)[0].run_id


def _digests(home: Path) -> dict[str, str]:
    """Of the published files of all months, and of their records."""
    files = [
        *(home / "warehouse").glob("*/filed_month=*/part-0.parquet"),
        *(home / "warehouse" / "_months").glob("????-??.json"),
    ]
    return {
        str(file.relative_to(home)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)
    }


def test_a_killed_worker_costs_its_step_a_second_time_and_nothing_else(
    profile: Profile, as_the_daemon: dg.DagsterInstance, tmp_path: Path
) -> None:
    """Two runs share the cluster; a worker dies while it waits for a filing, and the other does the rest."""
    profile.replica.stall("0000000010-08-000004.txt")
    with _meanwhile(MONTHS[0]) as one, _meanwhile(MONTHS[1]) as other:
        run_id = _running(as_the_daemon, MONTHS[0])
        _until(lambda: profile.replica.asked("0000000010-08-000004.txt"), "the filing is not asked for")
        [first] = _workers_of(as_the_daemon, "edgar__raw_filings", run_id)
        profile.cluster.worker_at(first).kill()
    assert (one.returncode, other.returncode) == (0, 0)
    [_, second] = _workers_of(as_the_daemon, "edgar__raw_filings", run_id)
    assert second != first
    assert len(_workers_of(as_the_daemon, "edgar__filing_index", run_id)) == 1
    assert as_the_daemon.get_runs(dg.RunsFilter(statuses=UNFINISHED)) == []
    assert most_in_a_second(profile.replica.moments) <= RATE

    alone = {
        "EXIT_CHARGES_HOME": str(tmp_path),
        "EXIT_CHARGES_SOURCE": profile.replica.base_url,
        "EXIT_CHARGES_REQUESTS_PER_SECOND": str(RATE),
    }
    environment = {name: value for name, value in os.environ.items() if name not in profile.environment}
    subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "materialize", "--from", MONTHS[0], "--to", MONTHS[1]],
        env=environment | alone,
        check=True,
        capture_output=True,
    )
    assert len(_digests(profile.home)) > 2 * len(MONTHS)
    assert _digests(profile.home) == _digests(tmp_path)


def test_what_follows_a_step_that_fails_is_not_executed(
    profile: Profile, as_the_daemon: dg.DagsterInstance
) -> None:
    manifest = profile.home / "raw" / "manifest" / f"{FAILING}.json"
    manifest.write_text("no manifest", encoding="utf-8")
    run = _known(as_the_daemon, run_of_a_month.run(as_the_daemon, FAILING))
    manifest.unlink()
    assert run.status is dg.DagsterRunStatus.FAILURE
    assert run.tags["dagster/failure_reason"] == "STEP_FAILURE"
    assert _steps(as_the_daemon, run.run_id, dg.DagsterEventType.STEP_FAILURE) == ["edgar__raw_filings"]
    assert _steps(as_the_daemon, run.run_id, dg.DagsterEventType.STEP_START) == [
        *("edgar__filing_index", "edgar__raw_filings")
    ]


def test_a_scheduler_that_goes_away_ends_the_run_which_then_goes_on_where_it_was(
    profile: Profile, as_the_daemon: dg.DagsterInstance
) -> None:
    profile.replica.stall("0000000012-08-000004.txt")
    scheduler = profile.cluster.scheduler
    assert scheduler is not None
    with _meanwhile(FAILING):
        run_id = _running(as_the_daemon, FAILING)
        _until(lambda: profile.replica.asked("0000000012-08-000004.txt"), "the filing is not asked for")
        scheduler.kill()
    run = _known(as_the_daemon, run_id)
    assert run.status is dg.DagsterRunStatus.FAILURE
    assert run.tags["dagster/failure_reason"] == "RUN_EXCEPTION"  # for which the daemon starts a run again
    assert "The Dask scheduler went away while edgar__raw_filings was under way" in _failure(
        as_the_daemon, run.run_id
    )

    profile.cluster.start_scheduler(int(profile.cluster.address.rpartition(":")[2]))
    profile.cluster.start_worker()
    options = dg.ReexecutionOptions.from_failure(run.run_id, as_the_daemon)
    with dg.execute_job(
        run_of_a_month.month_job(),
        as_the_daemon,
        reexecution_options=options,
        tags={"dagster/partition": FAILING},
    ) as result:
        assert result.success
        assert "edgar__filing_index" not in _steps(
            as_the_daemon, result.run_id, dg.DagsterEventType.STEP_START
        )
    assert f"{FAILING}.json" in {
        path.name for path in (profile.home / "warehouse" / "_months").glob("*.json")
    }
    assert as_the_daemon.get_runs(dg.RunsFilter(statuses=UNFINISHED)) == []
