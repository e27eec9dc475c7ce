"""Whether a run still has a process, as run monitoring asks."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events import EngineEventData
from dagster._core.launcher import WorkerStatus

from assets.claims import claim, owner_of
from assets.definitions import defs
from assets.instance import prepare_instance
from assets.launcher import LAUNCHED_BY_TAG, WatchingRunLauncher, is_alive
from tests.conftest import settings_for


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """The instance of a home, as the daemon opens it."""
    with dg.DagsterInstance.from_config(str(prepare_instance(settings_for(tmp_path)))) as found:
        yield found


@pytest.fixture
def gone() -> int:
    """The id of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def _run(instance: dg.DagsterInstance, process: int | None, **tags: str) -> dg.DagsterRun:
    job = defs.resolve_job_def("database")
    run = instance.create_run_for_job(job, tags=tags, status=dg.DagsterRunStatus.STARTED)
    if process is not None:
        instance.report_engine_event("Started process for run.", run, EngineEventData.in_process(process))
    return run


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """The tags of a run that this instance launched."""
    return {LAUNCHED_BY_TAG: owner_of(prepare_instance(settings_for(tmp_path)))}


def _status(instance: dg.DagsterInstance, run: dg.DagsterRun) -> WorkerStatus:
    assert isinstance(instance.run_launcher, WatchingRunLauncher)
    assert instance.run_launcher.supports_check_run_worker_health
    return instance.run_launcher.check_run_worker_health(run).status


def test_the_instance_of_a_home_watches_its_runs_and_starts_killed_ones_again(
    instance: dg.DagsterInstance,
) -> None:
    assert instance.run_monitoring_enabled
    assert instance.run_monitoring_max_runtime_seconds > 0
    assert instance.run_retries_enabled
    assert not instance.run_retries_retry_on_asset_or_op_failure


def test_a_run_lives_as_long_as_its_process(
    instance: dg.DagsterInstance, gone: int, own: dict[str, str]
) -> None:
    assert _status(instance, _run(instance, os.getpid(), **own)) is WorkerStatus.RUNNING
    assert _status(instance, _run(instance, gone, **own)) is WorkerStatus.FAILED


def test_a_run_of_which_no_process_is_known_counts_as_running(
    instance: dg.DagsterInstance, own: dict[str, str]
) -> None:
    assert _status(instance, _run(instance, None, **own)) is WorkerStatus.RUNNING


def test_a_run_of_another_instance_is_left_to_its_own_daemon(instance: dg.DagsterInstance, gone: int) -> None:
    assert _status(instance, _run(instance, gone)) is WorkerStatus.RUNNING
    assert _status(instance, _run(instance, gone, **{LAUNCHED_BY_TAG: "another"})) is WorkerStatus.RUNNING


def test_a_run_of_the_command_line_lives_as_long_as_its_claim(instance: dg.DagsterInstance) -> None:
    with claim(Path(instance.root_directory)) as tags:
        run = _run(instance, None, **tags)
        assert _status(instance, run) is WorkerStatus.RUNNING
    assert _status(instance, run) is WorkerStatus.FAILED


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="There is no /proc on this system.")
def test_a_process_that_ended_and_was_not_waited_for_is_gone() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    deadline = time.monotonic() + 30
    while is_alive(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.wait()
