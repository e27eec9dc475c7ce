"""The raw archive's files: read, replaced as a whole, written by one process at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from upath import UPath

from pipeline.errors import StorageError


def read_file(path: UPath) -> bytes | None:
    """The file's bytes, None where there is no such file.

    Raises:
        StorageError: it is there and cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise StorageError(f"{path} cannot be read ({problem}); give this user the right to.") from problem


def replace_file(path: UPath, data: bytes) -> None:
    """Write `data` to `path` so that a reader or a kill sees the old file or the new one, never a part.

    The file beside has a fixed name, so that the next run overwrites what a killed one left: the caller holds
    a lock. Object storage puts whole objects anyway.

    Raises:
        StorageError: the place cannot be written to.
    """
    try:
        if isinstance(path, Path):
            _write_beside_and_move(path, data)
        else:
            path.write_bytes(data)
    except OSError as problem:
        raise StorageError(
            f"{path} cannot be written ({problem}); make room, or set EXIT_CHARGES_HOME elsewhere."
        ) from problem


@contextmanager
def one_writer(lock: UPath) -> Iterator[None]:
    """Hold a lock file; a process that dies lets go of it. Object storage has none: one writer is its rule.

    Raises:
        StorageError: the lock file cannot be written.
    """
    if not isinstance(lock, Path):
        yield
        return
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = FileLock(lock, poll_interval=0.01)
        held.acquire()
    except OSError as problem:
        raise StorageError(f"{lock} cannot be written ({problem}); make it writable.") from problem
    try:
        yield
    finally:
        held.release()


def _write_beside_and_move(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.partial")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
