"""A Dask cluster of the tests' own: a scheduler and workers, processes of their own on loopback.

Here belongs starting and stopping it, for tests and benchmarks. What is run on it does not belong here.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

_LONGEST_START_SECONDS = 180.0
DASK = (sys.executable, "-m", "dask")


@dataclass(slots=True)
class Process:
    """A process of the cluster, and where what it says is written."""

    running: "subprocess.Popen[bytes]"
    log: Path

    def kill(self) -> None:
        """End it without warning, as a machine that is switched off."""
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    @property
    def is_alive(self) -> bool:
        return self.running.poll() is None

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass(slots=True)
class DaskCluster:
    """A scheduler with its workers, each of one thread."""

    folder: Path
    environment: Mapping[str, str]
    """What the workers know of their surroundings, beside this process' own."""
    address: str = ""
    scheduler: Process | None = None
    workers: list[Process] = field(default_factory=list)

    def start_scheduler(self, port: int = 0) -> None:
        """Start it, on a free port where none is given."""
        told = self.folder / "scheduler.json"
        told.unlink(missing_ok=True)
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", str(port), "--scheduler-file", str(told)
        )
        give_up = time.monotonic() + _LONGEST_START_SECONDS
        while not self.address or not told.exists():
            assert self.scheduler.running.poll() is None, self.scheduler.said()
            assert time.monotonic() < give_up, self.scheduler.said()
            try:
                self.address = str(json.loads(told.read_text(encoding="utf-8"))["address"])
            except (OSError, ValueError):
                time.sleep(0.05)

    def start_worker(self, threads: int = 1) -> Process:
        """Start one more, without a nanny that would start it anew."""
        started = self._start(
            *("worker", self.address, "--host", "127.0.0.1", "--nthreads", str(threads), "--no-nanny"),
            *("--local-directory", str(self.folder), "--death-timeout", "180"),
        )
        self.workers.append(started)
        return started

    def worker_at(self, address: str) -> Process:
        """The worker that has this address."""
        [found] = [worker for worker in self.workers if f"Start worker at: {address}" in _words(worker)]
        return found

    def kill_a_busy_worker(self) -> None:
        """Kill one that is executing a step, as soon as there is one."""
        with Client(self.address, timeout=_LONGEST_START_SECONDS) as client:  # type: ignore[no-untyped-call]
            give_up = time.monotonic() + _LONGEST_START_SECONDS
            while True:
                for address, keys in client.processing().items():
                    if keys:
                        self.worker_at(address).kill()
                        return
                assert time.monotonic() < give_up, "no worker has anything to do"
                time.sleep(0.02)

    def wait_for_workers(self, number: int) -> None:
        with Client(self.address, timeout=_LONGEST_START_SECONDS) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(number, timeout=_LONGEST_START_SECONDS)

    def _start(self, *words: str) -> Process:
        log = self.folder / f"{words[0]}-{len(self.workers)}.log"
        with log.open("ab") as writing:
            running = subprocess.Popen(
                [*DASK, *words, "--no-dashboard", "--dashboard-address", "127.0.0.1:0"],
                env={**os.environ, **self.environment},
                stdout=writing,
                stderr=writing,
                stdin=subprocess.DEVNULL,
            )
        return Process(running, log)

    def end(self) -> None:
        """End what still runs."""
        for process in (*self.workers, *([self.scheduler] if self.scheduler else [])):
            if process.is_alive:
                process.kill()


def _words(process: Process) -> str:
    return " ".join(process.said().split())


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_cluster(folder: Path, workers: int, environment: Mapping[str, str]) -> Iterator[DaskCluster]:
    """A cluster for as long as the context lasts, its logs in `folder`."""
    cluster = DaskCluster(folder, environment)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker()
        cluster.wait_for_workers(workers)
        yield cluster
    finally:
        cluster.end()
