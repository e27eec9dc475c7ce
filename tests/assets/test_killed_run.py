"""A run whose process is killed: the next one completes the work and tells the truth about it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg

from assets.claims import UNFINISHED, claim, mend_abandoned_runs
from assets.definitions import defs
from assets.instance import instance_directory, open_instance
from assets.month_runs import run_months
from pipeline.warehouse.published import month_state
from tests.conftest import MONTH, settings_for


def test_a_run_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    job = defs.resolve_job_def("database")
    with dg.DagsterInstance.ephemeral() as instance, claim(tmp_path) as tags:
        run = instance.create_run_for_job(job, tags=tags, status=dg.DagsterRunStatus.STARTED)
        assert mend_abandoned_runs(instance, tmp_path) == []
    with dg.DagsterInstance.ephemeral() as instance:
        run = instance.create_run_for_job(job, tags=tags, status=dg.DagsterRunStatus.STARTED)
        assert mend_abandoned_runs(instance, tmp_path) == [run.run_id]
        assert instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.FAILURE  # type: ignore[union-attr]


def test_the_next_run_completes_a_killed_one(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    environment = {**os.environ, "EXIT_CHARGES_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "pipeline.cli", "materialize", "--source", "sample", "--from", MONTH]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _wait_for(tmp_path / "raw" / "index" / f"{MONTH}.json", process)
    process.send_signal(signal.SIGKILL)
    process.wait()

    outcomes = list(run_months(settings, [MONTH]))
    assert [outcome.problem for outcome in outcomes] == [None, None]
    assert month_state(settings.home, MONTH) == "complete"
    with open_instance(settings) as instance:
        assert instance.get_runs(dg.RunsFilter(statuses=UNFINISHED)) == []
        assert instance.get_runs_count(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE])) == 1
    assert not list((instance_directory(settings) / "claims").glob("*.lock"))


def _wait_for(path: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert process.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
