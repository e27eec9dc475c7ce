"""Fetching from an EDGAR with faults, with kills, from several processes: what it costs and how it ends.

`python -m benchmarks.acquisition [--filings 2000]`. In the run with faults only the clock of waits is
simulated, so that a block of ten minutes takes no time; requests, faults and files are real.
"""

import argparse
import hashlib
import json
import logging
import random
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

from rich.console import Console
from upath import UPath

from pipeline.edgar.archive import RawArchive
from pipeline.edgar.discovery import find_filings
from pipeline.edgar.fetch import fetch_filings
from pipeline.edgar.limit import RequestLimiter
from pipeline.edgar.limit_file import LimitFile
from pipeline.edgar.sample_server import SampleArchive, serve
from pipeline.edgar.session import EdgarSession, RetryPolicy
from pipeline.edgar.source import source_at
from pipeline.edgar.verify import problem_with
from pipeline.errors import SourceError
from pipeline.settings import Settings, load_settings
from tests.edgar.waiting import Waiting
from tests.replica.random_faults import STALL_SECONDS, RandomFaults
from tests.replica.tiny_edgar import TinyEdgar

FAULTY = 0.25
"""Share of answers with a fault in the run with faults."""
MONTHS = tuple(f"{year}-{month:02d}" for year in (2008, 2009) for month in range(1, 13))
PATIENCE = RetryPolicy(tries=6, first_wait=0.01, longest_wait=60.0, read_timeout=STALL_SECONDS / 2)


_LONGEST_MOMENT_SECONDS = 0.01
"""About as long as a filing takes from its answer to its row in the manifest."""


@dataclass(frozen=True, slots=True)
class Acquired:
    """How a backfill ended."""

    filings: int
    held: int
    wrong: tuple[str, ...]
    """Files of the archive that are not the filing of their name, and manifest rows that are not right."""
    runs: int
    requests: int
    retries: int
    seconds: float
    waited: float
    """Simulated seconds that went into waits."""


def write_archive(root: Path, filings: int) -> TinyEdgar:
    """An EDGAR with so many filings with Item 2.05 spread over MONTHS, and others among them."""
    edgar = TinyEdgar(root)
    for number in range(filings):
        cik = f"{number % (filings // 4 + 1) + 1:010d}"
        day = f"{MONTHS[number % len(MONTHS)]}-{number % 28 + 1:02d}"
        accession = f"{900 + number % 7:010d}-{day[2:4]}-{number:06d}"
        edgar.add(accession, day, cik, f"EXAMPLE {int(cik)} CORP", exhibits=number % 3)
    for number in range(filings // 10):
        day = f"{MONTHS[number % len(MONTHS)]}-{number % 28 + 1:02d}"
        edgar.add(f"0000000999-{day[2:4]}-{number:06d}", day, items=("8.01",), exhibits=0)
    return edgar


def settings_of(home: Path, base_url: str) -> Settings:
    return load_settings({}, home=str(home), source=base_url, identity="Jane Doe jane.doe@example.org")


def acquire_month(settings: Settings, session: EdgarSession, month: str) -> int:
    """Find and fetch a month's filings, as the two assets do; returns how many are missing."""
    archive = RawArchive(settings.home)
    archive.write_index(month, find_filings(session, month, settings.home))
    outcome = fetch_filings(session.source, settings, archive, archive.index(month), session=session)
    return len(outcome.failed)


def backfill_with_faults(
    root: Path, home: Path, filings: int, seed: int = 1
) -> tuple[Acquired, RandomFaults]:
    """Backfill all months against the faulty EDGAR, again and again until nothing is missing."""
    write_archive(root, filings)
    replica, waiting = RandomFaults(SampleArchive(root), FAULTY, seed), Waiting()
    replica.archive.search_page = 10  # more pages, more faults
    chance = random.Random(seed)
    begun, runs, missing = time.perf_counter(), 0, 1
    with serve(replica) as base_url:
        settings = settings_of(home, base_url)
        session = EdgarSession(
            source_at(base_url, "replica"), settings, policy=PATIENCE,
            limiter=waiting.limiter(10.0, home / "limit"), sleep=waiting.sleep, jitter=chance.random,
        )  # fmt: skip
        with session:
            while missing and runs < 10:
                runs, missing = runs + 1, 0
                for month in MONTHS:
                    try:
                        missing += acquire_month(settings, session, month)
                    except SourceError:
                        missing += 1
    wrong, held = inspect(home)
    acquired = Acquired(
        filings,
        held,
        wrong,
        runs,
        session.requests,
        session.retries,
        time.perf_counter() - begun,
        waiting.now - 1000.0,
    )
    return acquired, replica


def inspect(home: Path) -> tuple[tuple[str, ...], int]:
    """What of the archive is wrong, and how many filings are held: index, manifest and files compared."""
    archive, wrong, held = RawArchive(UPath(home)), [], 0
    for month in MONTHS:
        rows = json.loads((home / "raw/manifest" / f"{month}.json").read_bytes())
        filings = archive.index(month)
        files = {path.stem for path in (home / "raw/filings" / month).glob("*.txt")}
        if (
            not files == rows["held"].keys() == {filing.accession_number for filing in filings}
            or rows["failed"]
        ):
            wrong.append(f"{month}: index, manifest and files do not name the same filings")
        for filing in filings:
            data = archive.read(filing.accession_number)
            held += 1
            if problem := problem_with(data, filing):
                wrong.append(f"{filing.accession_number}: {problem}")
    return tuple(wrong), held


def digest(home: Path) -> dict[str, str]:
    """Every file of the raw archive by its digest; the manifest without its times."""
    found = {}
    for path in sorted((home / "raw").rglob("*")):
        if not path.is_file() or path.suffix == ".lock":
            continue
        data = path.read_bytes()
        if path.parent.name == "manifest" and path.suffix == ".json":
            rows = json.loads(data)
            for row in rows["held"].values():
                del row["fetched_at"]
            data = json.dumps(rows, sort_keys=True).encode()
        found[str(path.relative_to(home))] = hashlib.sha256(data).hexdigest()
    return found


def acquire_all(home: str, base_url: str, months: tuple[str, ...], rate: float, begun: Event) -> None:
    """A process that acquires months under the limit that all such processes share."""
    settings = settings_of(Path(home), base_url)
    session = EdgarSession(
        source_at(base_url, "replica"),
        settings,
        limiter=RequestLimiter(rate, LimitFile(Path(home) / "limit")),
    )
    begun.set()
    with session:
        for month in months:
            acquire_month(settings, session, month)


def kill_backfills(folder: Path, filings: int, kills: int, seed: int = 1) -> tuple[int, int]:
    """Kill so many backfills, each at a random moment, and run each again.

    Returns:
        How many were killed before they had ended, and how many of the archives are, after the next run,
        those of a run that was never killed.
    """
    processes, chance = get_context("forkserver"), random.Random(seed)
    processes.set_forkserver_preload([__name__])
    write_archive(folder / "edgar", filings)
    replica = RandomFaults(SampleArchive(folder / "edgar"), share=0.0)
    with serve(replica) as base_url:

        def run(home: Path, requests: int | None) -> None:
            """A backfill, killed a moment after so many requests."""
            begun, before = processes.Event(), len(replica.arrivals)
            process = processes.Process(
                target=acquire_all, args=(str(home), base_url, MONTHS, 5000.0, begun), daemon=True
            )
            process.start()
            while requests is not None and process.is_alive():
                if len(replica.arrivals) - before >= requests:
                    time.sleep(chance.uniform(0.0, _LONGEST_MOMENT_SECONDS))
                    process.kill()
                    break
                time.sleep(0.0005)
            process.join()

        run(folder / "whole", None)
        expected, all_requests = digest(folder / "whole"), len(replica.arrivals)
        killed = same = 0
        for number in range(kills):
            home = folder / f"killed-{number}"
            run(home, chance.randrange(all_requests))
            killed += digest(home) != expected
            run(home, None)
            same += digest(home) == expected
    return killed, same


def busiest_second(arrivals: list[float]) -> int:
    """The most requests in any window of one second."""
    arrivals = sorted(arrivals)
    most = first = 0
    for last, moment in enumerate(arrivals):
        while moment - arrivals[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


def rate_of(
    folder: Path, processes: int, filings: int, latency: float, limit: float = 10.0
) -> tuple[int, float]:
    """(requests in the busiest second, requests a second over all) of so many processes at a limit."""
    write_archive(folder / "edgar", filings)
    replica = RandomFaults(SampleArchive(folder / "edgar"), share=0.0, latency=latency, limit=round(limit))
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    begun = context.Event()
    with serve(replica) as base_url:
        running = [
            context.Process(
                target=acquire_all,
                args=(str(folder), base_url, MONTHS[number::processes], limit, begun),
                daemon=True,
            )
            for number in range(processes)
        ]
        for process in running:
            process.start()
        for process in running:
            process.join()
    assert not replica.met, "the replica had to block"
    span = max(replica.arrivals) - min(replica.arrivals)
    return busiest_second(replica.arrivals), (len(replica.arrivals) - 1) / span


def report(console: Console, filings: int = 2000, kills: int = 50, rate_filings: int = 200) -> None:
    """Print all of it."""
    logging.getLogger("pipeline.edgar").setLevel(logging.ERROR)  # which tells of each block
    with tempfile.TemporaryDirectory() as folder:
        acquired, replica = backfill_with_faults(Path(folder) / "edgar", Path(folder) / "home", filings)
    faulty = sum(replica.met.values())
    console.print(
        f"With faults: {acquired.held:,} of {acquired.filings:,} filings held and verified after "
        f"{acquired.runs} runs, {len(acquired.wrong)} things wrong; {acquired.requests:,} requests, "
        f"{faulty:,} of them answered with a fault ({faulty / len(replica.arrivals):.0%}), "
        f"{acquired.retries:,} retries; "
        f"{acquired.seconds:.0f} s, and {acquired.waited / 3600:.1f} simulated hours of waits"
    )
    for name, count in sorted(replica.met.items()):
        console.print(f"  {name}: {count:,}")
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        killed, same = kill_backfills(Path(folder), filings // 20, kills)
        console.print(
            f"{kills} backfills killed at random moments, {killed} of them before their end: after the next "
            f"run {same} archives are that of a run never killed ({time.perf_counter() - begun:.0f} s)"
        )
    for processes in (1, 2, 4):
        with tempfile.TemporaryDirectory() as folder:
            busiest, rate = rate_of(Path(folder), processes, rate_filings, latency=0.12)
            console.print(
                f"{processes} processes, answers after 0.12 s: {rate:.1f} requests a second, "
                f"{busiest} in the busiest second"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--filings", type=int, default=2000)
    report(Console(), parser.parse_args().filings)
