"""The SEC's fair access limit, held over all processes of a user on this machine."""

import json
import math
import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from pipeline.errors import ConfigurationError

MARGIN = 1.1
"""The SEC counts arrivals, we space departures: a tenth more room absorbs the jitter of the network."""
MOST_WAITING = 1000
"""A slot further away than this many waiting requests was given before a reboot set the clock back."""


class RequestLimiter:
    """Gives every request a moment of its own, evenly spaced, first come first served.

    The next free moment stands in a file that all processes of the user share under a lock. The clock is
    `time.monotonic`, which all processes of a machine share too. Containers and further users have files of
    their own: their shares of the limit must be set with EXIT_CHARGES_REQUESTS_PER_SECOND.
    """

    def __init__(
        self,
        requests_per_second: float,
        directory: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = MARGIN / requests_per_second
        self._directory = directory or Path.home() / ".cache" / "exit-charges"
        self._clock = clock
        self._sleep = sleep

    def wait(self) -> None:
        """Return when the next request may leave.

        Raises:
            ConfigurationError: the shared directory cannot be written.
        """
        now, slot = self._reserve()
        if slot > now:
            self._sleep(slot - now)

    def _reserve(self) -> tuple[float, float]:
        state = self._directory / "next_request.json"
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / "next_request.lock", poll_interval=0.005):
                now = self._clock()
                slot = max(now, self._next_free(state, now))
                state.write_text(json.dumps({"next_free": slot + self._interval}), encoding="utf-8")
        except OSError as problem:
            raise ConfigurationError(
                f"The request limit is shared through {self._directory}, which cannot be written: {problem}. "
                "Make it writable."
            ) from problem
        return now, slot

    def _next_free(self, state: Path, now: float) -> float:
        try:
            next_free = float(json.loads(state.read_text(encoding="utf-8"))["next_free"])
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            # Nothing yet, or a write cut short by a kill: a full interval from now is always safe.
            return now + self._interval if state.exists() else now
        before_a_reboot = not math.isfinite(next_free) or next_free > now + MOST_WAITING * self._interval
        return now + self._interval if before_a_reboot else next_free
