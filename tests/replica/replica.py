"""An EDGAR on loopback with faults on demand."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.edgar.sample_server import SEARCH_CAP, Answer, SampleArchive, serve
from tests.replica.faults import Fault
from tests.replica.ranges import conditional

LONGEST_STALL = 5.0


@dataclass(slots=True)
class Replica:
    """Answers from an archive, except where a fault is due; remembers what it was asked."""

    archive: SampleArchive
    base_url: str = ""
    targets: list[str] = field(default_factory=list)
    """Path and query of every request."""
    moments: list[float] = field(default_factory=list)
    """When each came, of `time.monotonic`."""
    user_agents: set[str] = field(default_factory=set)
    _faults: list[tuple[str, Fault | None]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def fail(self, part: str, *faults: Fault) -> None:
        """Answer the next requests whose target contains `part` with these faults, in turn."""
        self._faults.extend((part, fault) for fault in faults)

    def stall(self, part: str) -> None:
        """Leave the next request whose target contains `part` without an answer."""
        self._faults.append((part, None))

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request: with the first fault that is due for it, else soundly."""
        self.targets.append(target)
        self.moments.append(time.monotonic())
        self.user_agents.add(headers.get("User-Agent", ""))
        due = self.archive.answer(target, headers)
        if due.status == 200 and target.endswith(".zip"):
            due = conditional(due, headers)
        for index, (part, fault) in enumerate(self._faults):
            if part in target:
                del self._faults[index]
                if fault is None:
                    self._stop.wait(LONGEST_STALL)
                    return due
                return fault(due)
        return due

    def asked(self, part: str) -> int:
        """How many requests had `part` in their target."""
        return sum(part in target for target in self.targets)

    def let_go(self) -> None:
        """End all stalls."""
        self._stop.set()


@contextmanager
def running_replica(root: Path, search_cap: int = SEARCH_CAP) -> Iterator[Replica]:
    """A replica of the archive in `root`, served while the context lasts."""
    replica = Replica(SampleArchive(root, search_cap))
    with serve(replica) as base_url:
        replica.base_url = base_url
        try:
            yield replica
        finally:
            replica.let_go()
