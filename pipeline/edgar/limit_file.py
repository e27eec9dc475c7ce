"""The shared part of the request limit in a file, for all processes of a user on this machine.

Here belongs how the file is read, locked and replaced. What it means does not: see `limit`.
"""

import json
import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from pipeline.edgar.limit import Ahead
from pipeline.errors import ConfigurationError

_Told = TypeVar("_Told")


def shared_directory() -> Path:
    """Where all processes of the user look: `exit-charges` in $XDG_CACHE_HOME, by default ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "exit-charges"


class LimitFile:
    """A file that all processes of the user share under a lock.

    It holds the next free moment by `time.monotonic`, which all processes of a machine share too, and the end
    of a block by the wall clock, as it counts after a reboot as well. Containers and further users have files
    of their own.
    """

    def __init__(
        self,
        directory: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._directory = directory or shared_directory()
        self._state = self._directory / "next_request.json"
        self._clock = clock
        self._wall_clock = wall_clock

    def change(self, act: Callable[[Ahead], _Told]) -> _Told:
        """Let `act` change what is shared, alone, and keep it; returns what `act` says.

        Raises:
            ConfigurationError: the directory cannot be written.
        """
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / "next_request.lock", poll_interval=0.005):
                now, wall = self._clock(), self._wall_clock()
                ahead = self._ahead(now, wall)
                told = act(ahead)
                self._write(now + ahead.next_free, wall + ahead.block_ends)
                return told
        except OSError as problem:
            raise ConfigurationError(
                f"The request limit is shared through {self._directory}, which cannot be written: {problem}. "
                "Make it writable."
            ) from problem

    def block_ends(self) -> float:
        """Seconds until the block ends, without the lock."""
        return self._ahead(self._clock(), self._wall_clock()).block_ends

    def close(self) -> None:
        """Nothing is held between two requests."""

    def _ahead(self, now: float, wall: float) -> Ahead:
        try:
            found = json.loads(self._state.read_text(encoding="utf-8"))
            ahead = Ahead(float(found["next_free"]) - now, float(found.get("blocked_until", 0.0)) - wall)
        except (OSError, ValueError, TypeError, KeyError):
            # Nothing yet, or a write cut short by a kill: from now on a moment that is too far away is safe.
            return Ahead(math.inf if self._state.exists() else 0.0, -wall)
        return ahead if math.isfinite(ahead.next_free) else Ahead(math.inf, ahead.block_ends)

    def _write(self, next_free: float, blocked_until: float) -> None:
        # Replaced as a whole: who looks whether a block has begun reads it without the lock.
        beside = self._state.with_suffix(".new")
        beside.write_text(
            json.dumps({"next_free": next_free, "blocked_until": blocked_until}), encoding="utf-8"
        )
        beside.replace(self._state)
