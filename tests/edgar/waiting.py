"""A clock that only sleeping moves, so that waits take no time."""

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.edgar.limit import RequestLimiter
from pipeline.edgar.limit_file import LimitFile


@dataclass
class Waiting:
    now: float = 1000.0
    slept: list[float] = field(default_factory=list)
    """The waits between tries, in seconds; those of the limiter are not among them."""

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def limiter(self, requests_per_second: float, directory: Path) -> RequestLimiter:
        """A limiter on this clock."""
        return RequestLimiter(
            requests_per_second, LimitFile(directory, self.clock, self.clock), self.clock, self._pass
        )

    def _pass(self, seconds: float) -> None:
        self.now += seconds
