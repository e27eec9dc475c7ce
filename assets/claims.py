"""Runs whose process was killed.

Here belongs telling and mending them, so that no run seems to go on forever or keeps its place in a pool.
It is about runs in the command line's own process; those that the daemon launches are watched by `launcher`.

A process claims its runs with a lock that the operating system gives back when the process ends, however it
ends. Where several instances share a storage, each looks after the runs that were claimed in its directory.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from filelock import FileLock, Timeout
from upath import UPath

from pipeline.files import write_atomically

CLAIM_TAG = ".dagster/exit_charges_claim"
"""The prefix keeps it out of sight in the UI."""
UNFINISHED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@contextmanager
def claim(directory: Path) -> Iterator[dict[str, str]]:
    """Tags for the runs of this process, claimed as long as the context lasts."""
    name = uuid.uuid4().hex
    owner = owner_of(directory)
    lock = FileLock(_path(directory, name))
    Path(lock.lock_file).parent.mkdir(exist_ok=True)
    with lock:
        yield {CLAIM_TAG: f"{owner}/{name}"}
    Path(lock.lock_file).unlink(missing_ok=True)


def mend_abandoned_runs(instance: dg.DagsterInstance, directory: Path) -> list[str]:
    """Mark claimed runs whose process is gone as failed and free their places in pools; returns their
    ids."""
    mended = []
    for run in instance.get_runs(dg.RunsFilter(statuses=UNFINISHED)):
        if is_abandoned(run, directory):
            instance.report_run_failed(
                run, "The process of this run was ended from outside; run the month again."
            )
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
            mended.append(run.run_id)
    return mended


def is_abandoned(run: dg.DagsterRun, directory: Path) -> bool:
    """Whether a process of this directory had claimed the run and is gone."""
    owner, _, name = run.tags.get(CLAIM_TAG, "").partition("/")
    return owner == owner_of(directory) and not _is_held(_path(directory, name))


def owner_of(directory: Path) -> str:
    """What the directory is called in tags, wherever it is mounted or moved to; made where it is missing."""
    path = directory / "owner"
    directory.mkdir(parents=True, exist_ok=True)
    with FileLock(directory / ".owner.lock"):
        if not path.exists():
            write_atomically(UPath(path), uuid.uuid4().hex.encode())
        return path.read_text(encoding="utf-8")


def _path(directory: Path, name: str) -> Path:
    return directory / "claims" / f"{name}.lock"


def _is_held(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            pass
    except Timeout:
        return True
    path.unlink(missing_ok=True)
    return False
