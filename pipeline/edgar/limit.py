"""The SEC's fair access limit, and its blocks, held over all processes of a user on this machine."""

import json
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from pipeline.errors import ConfigurationError

MARGIN = 1.1
"""The SEC counts arrivals, we space departures: a tenth more room absorbs the jitter of the network."""
MOST_WAITING = 1000
"""A slot further away than this many waiting requests was given before a reboot set the clock back."""
LONGEST_BLOCK = 6 * 3600.0
"""Seconds; a block that would last longer was noted by a clock that was wrong."""


def shared_directory() -> Path:
    """Where all processes of the user look: `exit-charges` in $XDG_CACHE_HOME, by default ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "exit-charges"


@dataclass(frozen=True, slots=True)
class _State:
    """What the processes share: moments in seconds, of the monotonic clock and of the wall clock."""

    next_free: float
    blocked_until: float


class RequestLimiter:
    """Gives every request a moment of its own, evenly spaced, first come first served, and none in a block.

    The next free moment and the end of a block stand in a file that all processes of the user share under a
    lock. Moments are of `time.monotonic`, which all processes of a machine share too; the end of a block is
    of the wall clock, as it counts after a reboot as well. Containers and further users have files of their
    own: their shares of the limit must be set with EXIT_CHARGES_REQUESTS_PER_SECOND.
    """

    def __init__(
        self,
        requests_per_second: float,
        directory: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._interval = MARGIN / requests_per_second
        self._directory = directory or shared_directory()
        self._state = self._directory / "next_request.json"
        self._clock = clock
        self._sleep = sleep
        self._wall_clock = wall_clock

    def wait(self) -> None:
        """Return when the next request may leave.

        Raises:
            ConfigurationError: the shared directory cannot be written.
        """
        while True:
            with self._shared():
                slot = self._reserve()
            now = self._clock()
            if slot > now:
                self._sleep(slot - now)
            if not self._blocked_for(self._read()):  # none began while this request waited
                return

    def block(self, seconds: float) -> None:
        """Let no request of any process leave for so long.

        Raises:
            ConfigurationError: the shared directory cannot be written.
        """
        with self._shared():
            state = self._read()
            until = max(state.blocked_until, self._wall_clock() + min(seconds, LONGEST_BLOCK))
            self._write(_State(state.next_free, until))

    @contextmanager
    def _shared(self) -> Iterator[None]:
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / "next_request.lock", poll_interval=0.005):
                yield
        except OSError as problem:
            raise ConfigurationError(
                f"The request limit is shared through {self._directory}, which cannot be written: {problem}. "
                "Make it writable."
            ) from problem

    def _reserve(self) -> float:
        state = self._read()
        earliest = self._clock() + self._blocked_for(state)
        slot = max(earliest, state.next_free)
        if slot > earliest + MOST_WAITING * self._interval:
            slot = earliest + self._interval  # before a reboot
        self._write(_State(slot + self._interval, state.blocked_until))
        return slot

    def _blocked_for(self, state: _State) -> float:
        """Seconds until the block ends; 0 where there is none."""
        left = state.blocked_until - self._wall_clock()
        return left if 0 < left <= LONGEST_BLOCK else 0.0

    def _read(self) -> _State:
        try:
            found = json.loads(self._state.read_text(encoding="utf-8"))
            state = _State(float(found["next_free"]), float(found.get("blocked_until", 0.0)))
        except (OSError, ValueError, TypeError, KeyError):
            # Nothing yet, or a write cut short by a kill: a full interval from now is always safe.
            return _State(self._clock() + self._interval if self._state.exists() else 0.0, 0.0)
        return state if math.isfinite(state.next_free) else _State(math.inf, state.blocked_until)

    def _write(self, state: _State) -> None:
        # Replaced as a whole: who looks whether a block has begun reads it without the lock.
        beside = self._state.with_suffix(".new")
        beside.write_text(json.dumps(asdict(state)), encoding="utf-8")
        beside.replace(self._state)
