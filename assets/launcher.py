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
from dagster._core.launcher import (
    CheckRunHealthResult,
    DefaultRunLauncher,
    LaunchRunContext,
    WorkerStatus,
)
from dagster._serdes import ConfigurableClassData

from assets.claims import is_abandoned, owner_of

LAUNCHED_BY_TAG = ".dagster/exit_charges_launched_by"
"""Which instance's daemon or UI launched a run; the prefix keeps it out of sight in the UI."""


class WatchingRunLauncher(DefaultRunLauncher):
    """Dagster's launcher for runs on this machine, which also says whether a run's process lives."""

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]) -> Self:
        return cls(inst_data=inst_data, **config_value)

    @property
    def _directory(self) -> Path:
        return Path(self._instance.root_directory)

    def launch_run(self, context: LaunchRunContext) -> None:
        self._instance.add_run_tags(context.dagster_run.run_id, {LAUNCHED_BY_TAG: owner_of(self._directory)})
        super().launch_run(context)

    @property
    def supports_check_run_worker_health(self) -> bool:
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether the run still has its process.

        A run of which nothing is known counts as running, and so does one of another instance that shares the
        storage: its process is on another machine, and its own daemon looks after it.
        """
        if is_abandoned(run, self._directory):
            return CheckRunHealthResult(WorkerStatus.FAILED, "The command of this run was ended.")
        own = run.tags.get(LAUNCHED_BY_TAG) == owner_of(self._directory)
        process = self._process_of(run) if own else None
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
