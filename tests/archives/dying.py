"""Tasks that lose their worker the first time."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from pipeline.archives.engines import Task


def dies_once(
    marker: str, ancestors: int, task: Task, batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Do a batch's task, but the first time kill the process, or the one so many generations above it.

    The task is done before, so that it is done twice, as by an engine that did not hear of it.
    """
    for batch in batches:
        done = list(task(iter([batch])))
        try:
            Path(marker).touch(exist_ok=False)
        except FileExistsError:
            yield from done
        else:
            os.kill(_ancestor(ancestors), signal.SIGKILL)
            signal.pause()


def _ancestor(generations: int) -> int:
    process = os.getpid()
    for _ in range(generations):
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return process
