"""Launching runs from the daemon and the UI, and noticing that a run's process is gone.

Here belongs telling whether a run still has a process. What follows from it does not: the daemon's run
monitoring marks the run as failed, and its run retries start it again from where it failed.

Dagster's own launcher leaves that to the code server. If the whole machine goes down, or everything is killed
at once, nobody is left to know, and such a run seems to go on forever and keeps its place in the queue.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import dagster as dg
from dagster._core.launcher import CheckRunHealthResult, DefaultRunLauncher, WorkerStatus
from dagster._serdes import ConfigurableClassData

from assets.claims import is_abandoned


class WatchingRunLauncher(DefaultRunLauncher):
    """Dagster's launcher for runs on this machine, which also says whether a run's process lives."""

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]) -> Self:
        return cls(inst_data=inst_data, **config_value)

    @property
    def supports_check_run_worker_health(self) -> bool:
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether the run still has its process; one of which nothing is known counts as running."""
        if is_abandoned(run, Path(self._instance.root_directory)):
            return CheckRunHealthResult(WorkerStatus.FAILED, "The command of this run was ended.")
        process = self._process_of(run)
        if process is not None and not is_alive(process):
            return CheckRunHealthResult(WorkerStatus.FAILED, f"Its process {process} is gone.")
        return CheckRunHealthResult(WorkerStatus.RUNNING)

    def _process_of(self, run: dg.DagsterRun) -> int | None:
        """The id of the run's process, as the process noted it when it began."""
        events = self._instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
        noted = [
            event.dagster_event.engine_event_data.metadata.get("pid")
            for event in events
            if event.dagster_event is not None
        ]
        found = [int(str(note.value)) for note in noted if note is not None]
        return found[-1] if found else None


def is_alive(process: int) -> bool:
    """Whether a process of this id runs on this machine; one that has ended and was not waited for does not.

    After a restart of the machine another process can have the id; the run then ends at the longest time
    that run monitoring allows.
    """
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    state = Path(f"/proc/{process}/stat")  # on Linux only
    try:
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
