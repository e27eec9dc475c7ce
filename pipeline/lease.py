"""One writer at a time, across machines: a lease in an object, held with conditional writes.

The object says who holds it, or that nobody does. It is written only on the condition that it is still what
was read before, so that of two who want it one gets it. The holder renews it, which changes its tag; whoever
waits and sees the same tag for a whole lease, by a clock of its own, takes it over: the holder is gone. No
clocks of two machines are ever compared. A holder that could not renew in time counts itself out before
anybody can have taken over.
"""

import json
import os
import random
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from upath import UPath

from pipeline.errors import ConditionRefusedError, StorageError

LEASE_SECONDS = 30.0
_RENEWALS_IN_A_LEASE = 3
_TRIES = 5
"""Of a write that is refused though the lease is this one's."""
_LONGEST_PAUSE_SECONDS = 1.0
"""Between two looks at a lease that somebody else holds."""

_held: ContextVar[tuple["_Lease", ...]] = ContextVar("held leases", default=())
_left_free: dict[str, str] = {}
"""The tags of leases that this process gave back: most of them are as they were left, which saves a look."""


@contextmanager
def leased(path: UPath, what: str, longest_wait: float) -> Iterator[None]:
    """Hold the lease; whoever dies with it loses it.

    Args:
        path: the lease's object.
        what: what is written, for the messages.
        longest_wait: in seconds.

    Raises:
        StorageError: another process held it for longer, or took it over from this one.
    """
    lease = _Lease(path, what)
    lease.acquire(longest_wait)
    before = _held.set((*_held.get(), lease))
    try:
        yield
        lease.check()
    except BaseException:
        lease.release()
        raise
    finally:
        _held.reset(before)
    if not lease.release():
        raise lease.taken_over()


def check_leases() -> None:
    """Raises StorageError where a lease that this context holds was lost: nothing may be written then."""
    for lease in _held.get():
        lease.check()


def refuses_a_second(there: UPath) -> bool:
    """Whether the storage refuses to make an object that is there, which is what leases stand on."""
    try:
        there.fs.write_if(there.path, b"", None)
    except ConditionRefusedError:
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Found:
    """What the object says: who wrote it, and whether as its holder."""

    by: str
    held: bool
    tag: str
    data: bytes


class _Lease:
    def __init__(self, path: UPath, what: str) -> None:
        self._path, self._what, self._seconds = path.path, what, LEASE_SECONDS
        self._storage = path.fs
        self._me = uuid.uuid4().hex
        self._writes = 0
        self._tag: str | None = None
        self._good_until = 0.0
        self._lost = False
        self._ended = threading.Event()
        self._renewing = threading.Thread(target=self._renew, daemon=True)

    def acquire(self, longest_wait: float) -> None:
        give_up = _now() + longest_wait
        left = _left_free.pop(self._path, None)
        got = left is not None and self._took(left)
        seen, since = "", _now()
        while not got:
            found = self._look()
            if found is None:
                got = self._took(None)
            elif not found.held:
                got = self._took(found.tag)
            elif found.tag != seen:
                seen, since = found.tag, _now()
            elif _now() - since >= self._seconds:
                got = self._took(found.tag)
            if not got:
                if _now() >= give_up:
                    raise StorageError(
                        f"Another run has been writing {self._what} for {longest_wait / 60:.0f} minutes; "
                        "wait for it or end it."
                    )
                time.sleep(min(_LONGEST_PAUSE_SECONDS, self._seconds / 10) * random.uniform(0.5, 1.0))
        self._renewing.start()

    def check(self) -> None:
        if self._lost or _now() >= self._good_until:
            raise self.taken_over()

    def release(self) -> bool:
        """Give it back; False where it was somebody else's already."""
        self._ended.set()
        self._renewing.join()
        if self._lost:
            return False
        try:
            self._write(held=False)
        except ConditionRefusedError:
            return False
        except StorageError:
            return True  # not reached: it runs out by itself
        if self._tag is not None:
            _left_free[self._path] = self._tag
        return True

    def taken_over(self) -> StorageError:
        return StorageError(
            f"This run lost its right to write {self._what}: it could not renew its lease s3://{self._path} "
            f"for {self._seconds:g} seconds, and another run may have begun. Run it again."
        )

    def _renew(self) -> None:
        while not self._ended.wait(self._seconds / _RENEWALS_IN_A_LEASE):
            try:
                self._write(held=True)
            except ConditionRefusedError:
                self._lost = True
                return
            except StorageError:
                continue  # there is time for another try; `check` says when there is none

    def _look(self) -> _Found | None:
        """What the object says; None where there is none."""
        try:
            data, tag = self._storage.read_tagged(self._path)
        except FileNotFoundError:
            return None
        try:
            says = json.loads(data)
            return _Found(str(says["by"]), bool(says["held"]), tag, data)
        except (ValueError, KeyError, TypeError):
            return _Found("somebody", True, tag, data)

    def _took(self, tag: str | None) -> bool:
        self._tag = tag
        try:
            self._write(held=True)
        except ConditionRefusedError:
            return False
        return True

    def _write(self, held: bool) -> None:
        """Write the object on the condition that it is as this lease knows it.

        A refusal can be the answer to the second try of a request whose first did its work unheard: what is
        found then was written by this lease.
        """
        self._writes += 1
        place = f"{socket.gethostname()}, process {os.getpid()}"
        says = {"by": self._me, "held": held, "place": place, "write": self._writes}
        data, sent = json.dumps(says).encode(), _now()
        for attempt in range(_TRIES):
            try:
                self._tag = self._storage.write_if(self._path, data, self._tag)
                break
            except ConditionRefusedError:
                found = self._look()
                if found is None or found.by != self._me or attempt == _TRIES - 1:
                    raise
                self._tag = found.tag
                if found.data == data:
                    break
        self._good_until = sent + self._seconds


def _now() -> float:
    """Seconds by a clock that nobody sets and that goes on while the machine sleeps, where there is one."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
