"""One writer at a time: across the processes of a machine on its disks, across machines on object storage."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import is_object_storage, local_path
from pipeline.lease import leased

_LONGEST_WAIT_SECONDS = 600.0


@contextmanager
def only_writer(lock_path: UPath, what: str, longest_wait: float = _LONGEST_WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock; a process that dies releases it, on object storage after the time of a lease.

    A file system that is neither a disk nor S3 has no locks: there one writer is the rule.

    Args:
        lock_path: the lock's file.
        what: what is written, for the message.
        longest_wait: in seconds.

    Raises:
        StorageError: another process held it for longer, or the place is not writable, or (on object storage,
            also while it is held) it was lost to another process.
    """
    if is_object_storage(lock_path):
        with leased(lock_path, what, longest_wait):
            yield
        return
    local = local_path(lock_path)
    if local is None:
        yield
        return
    lock = _acquire(local, what, longest_wait)
    try:
        yield
    finally:
        lock.release()


def _acquire(path: Path, what: str, longest_wait: float) -> FileLock:
    lock = FileLock(path, timeout=longest_wait)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as problem:
        raise StorageError(
            f"Another run has been writing {what} for {longest_wait / 60:.0f} minutes; wait for it or end it."
        ) from problem
    except OSError as problem:
        raise StorageError(
            f"{path.parent} cannot be written ({problem.strerror or problem}); make it writable or "
            "choose another place (for the home: EXIT_CHARGES_HOME)."
        ) from problem
    return lock
