"""The SEC's fair access limit, and its blocks, held over all processes that share a place for it.

Here belongs when a request may leave. Where that is remembered does not: see `limit_file`, for the processes
of a user on one machine, `limit_postgres`, for those of several machines, and `shared_limit`, which chooses.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

MARGIN = 1.1
"""The SEC counts arrivals, we space departures: a tenth more room absorbs the jitter of the network."""
MOST_WAITING = 1000
"""A slot further away than this many waiting requests was given before a reboot set the clock back."""
LONGEST_BLOCK = 6 * 3600.0
"""Seconds; a block that would last longer was noted by a clock that was wrong."""


_Told = TypeVar("_Told")


@dataclass(slots=True)
class Ahead:
    """What is shared, in seconds from now by the clock of its place; what is past is negative."""

    next_free: float
    block_ends: float


class Place(Protocol):
    """Where it is remembered."""

    def change(self, act: Callable[[Ahead], _Told]) -> _Told:
        """Let `act` change what is shared, alone, and keep it; returns what `act` says.

        It may be called again where it could not be kept.
        """
        ...

    def block_ends(self) -> float:
        """Seconds until the block ends, without waiting for anybody."""
        ...

    def close(self) -> None:
        """Give back what the place needs between two requests."""
        ...


class RequestLimiter:
    """Gives every request a moment of its own, evenly spaced, first come first served, and none in a block.

    All who share the place share the limit. Others have to have their shares of it set with
    EXIT_CHARGES_REQUESTS_PER_SECOND.
    """

    def __init__(
        self,
        requests_per_second: float,
        place: Place,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = MARGIN / requests_per_second
        self._place = place
        self._clock = clock
        self._sleep = sleep

    def wait(self) -> None:
        """Return when the next request may leave.

        Raises:
            ConfigurationError, StorageError: the place cannot be used.
        """
        while True:
            left = self._place.change(self._reserve) - self._clock()
            if left > 0:
                self._sleep(left)
            if not _lasting(self._place.block_ends()):  # none began while this request waited
                return

    def block(self, seconds: float) -> None:
        """Let no request of any process leave for so long.

        Raises:
            ConfigurationError, StorageError: the place cannot be used.
        """

        def note(ahead: Ahead) -> None:
            ahead.block_ends = max(ahead.block_ends, min(seconds, LONGEST_BLOCK))

        self._place.change(note)

    def close(self) -> None:
        """Give back what the place needs between two requests; the limiter can be used again."""
        self._place.close()

    def _reserve(self, ahead: Ahead) -> float:
        """Take the next free moment and return it, by the clock of this process."""
        earliest = _lasting(ahead.block_ends)
        slot = max(earliest, ahead.next_free)
        if slot > earliest + MOST_WAITING * self._interval:
            slot = earliest + self._interval  # before a reboot
        ahead.next_free = slot + self._interval
        return self._clock() + slot


def _lasting(block_ends: float) -> float:
    """Seconds until a block ends; 0 where there is none."""
    return block_ends if 0 < block_ends <= LONGEST_BLOCK else 0.0
