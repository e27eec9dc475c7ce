"""An EDGAR on loopback that answers at random with every fault there is, and counts what it did."""

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.edgar.sample_server import Answer, SampleArchive
from tests.replica import faults
from tests.replica.faults import Fault

STALL_SECONDS = 0.3
"""Longer than the client of a run with faults waits for an answer."""
BLOCK_EVERY = 400
"""Requests between two blocks, about: each stops all of them for minutes."""

FAILED_SEARCHES = 1 / 7

ANYWHERE: dict[str, Fault] = {
    "429 with Retry-After": faults.status(429, "5"),
    "500": faults.status(500),
    "503": faults.status(503),
    "reset connection": faults.reset,
    "stalled body": faults.stalled_body(STALL_SECONDS),
    "short body with full Content-Length": faults.short,
    "truncated gzip": faults.truncated_gzip,
    "200 with an error page": faults.error_page,
}
OF_FILINGS: dict[str, Fault] = {"truncated filing": faults.cut}
OF_THE_SEARCH: dict[str, Fault] = {
    "duplicate and missing rows": faults.swapped_rows,
    "duplicate row": faults.doubled_row,
}
BLOCKS: dict[str, Fault] = {
    "403 page": faults.block_page(),
    "429 without Retry-After": faults.status(429),
}


@dataclass(slots=True)
class RandomFaults:
    """Answers from an archive, a share of the times with a fault; asked by several threads at once."""

    archive: SampleArchive
    share: float
    """Of answers that are faulty."""
    seed: int = 1
    latency: float = 0.0
    """Seconds that each answer takes."""
    limit: int | None = None
    """Requests in a second above which the address is blocked, as EDGAR does; None: any number."""
    met: Counter[str] = field(default_factory=Counter)
    """Faults sent, by name."""
    arrivals: list[float] = field(default_factory=list)
    """The moment of each request, of the monotonic clock."""
    _chance: random.Random = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _last_filing: bytes = b""

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request; one without a declared user agent is refused."""
        with self._lock:
            now = time.monotonic()
            self.arrivals.append(now)
            recent = sum(now - moment < 1.0 for moment in self.arrivals[-1000:])
            if self.limit is not None and recent > self.limit:
                self.met["over the limit"] += 1
                return faults.block_page()(Answer(403, b""))
        if "@" not in headers.get("User-Agent", ""):
            return faults.block_page(403, "Undeclared Automated Tool")(Answer(403, b""))
        if self.latency:
            time.sleep(self.latency)
        due = self.archive.answer(target, headers)
        fault = self._fault(target, due) if due.status == 200 else None
        return fault(due) if fault else due

    def _fault(self, target: str, due: Answer) -> Fault | None:
        with self._lock:
            if "search-index" in target and self._chance.random() < FAILED_SEARCHES * (self.share > 0):
                self.met["500"] += 1
                return faults.status(500)
            if self._chance.random() >= self.share:
                return None
            name, fault = self._chance.choice(self._possible(target, due))
            self.met[name] += 1
            return fault

    def _possible(self, target: str, due: Answer) -> list[tuple[str, Fault]]:
        if self._chance.random() < 1 / (BLOCK_EVERY * self.share):
            return list(BLOCKS.items())
        if "search-index" in target:
            return list((ANYWHERE | OF_THE_SEARCH).items())
        if not target.endswith(".txt"):
            return list(ANYWHERE.items())
        other, self._last_filing = self._last_filing, due.body
        wrong = {"wrong filing": lambda due: replace(due, body=other)} if other else {}
        return list((ANYWHERE | OF_FILINGS | wrong).items())
