"""Publishing killed at random moments while three readers read: what each of them saw.

`python -m benchmarks.kills [--kills 100] [--seed N]`. A process publishes months in turns of two contents,
now and then builds the database, and is killed with SIGKILL; the next one goes on. A reader that finds a
month missing, doubled, or of both contents at once stops with what it saw.
"""

import argparse
import itertools
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pyarrow as pa
from rich.console import Console
from upath import UPath

from pipeline.warehouse.database import build_database, database_path
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.published import each_complete_month
from pipeline.warehouse.query import open_database
from pipeline.warehouse.records import part_path
from tests.factories import filing_rows, publishable, together

MONTHS = tuple(f"2008-{number:02d}" for number in range(1, 7))
CHARGES_OF_A_FILING = 4
LONGEST_LIFE_SECONDS = 0.4
Tables = dict[str, pa.Table]


@dataclass(frozen=True, slots=True)
class KillReport:
    """How the run ended; `seen` are the breaches that readers met, which is what must be empty."""

    kills: int
    reads: int
    seen: tuple[str, ...]
    left_torn: int
    """Months that were not whole right after a kill."""


def contents() -> tuple[Tables, Tables]:
    """The two contents between which a month changes: one filing of one version, two of another."""
    return _content(1, "aaaaaaaaaaaa"), _content(2, "bbbbbbbbbbbb")


def _content(filings: int, version: str) -> Tables:
    rows = together(*(filing_rows(f"0001000001-08-{number:06d}") for number in range(1, filings + 1)))
    for row in itertools.chain.from_iterable(rows.values()):
        row["reader_version"] = version
    return publishable(rows)


def publish_forever(home: str, seed: int, begun: Event) -> None:
    """Publish until killed; `begun` says when it starts."""
    chance, both = random.Random(seed), contents()
    begun.set()
    while True:
        publish_month(UPath(home), chance.choice(MONTHS), chance.choice(both))
        if chance.random() < 0.1:
            build_database(UPath(home))


def read_tables_forever(home: str, report: str) -> None:
    """All tables of all months, as the database and the checks read them."""

    def look() -> str | None:
        months = dict(each_complete_month(UPath(home)))
        if tuple(months) != MONTHS:
            return f"the months are {', '.join(months)}"
        return next((fault for month in months if (fault := fault_of(month, months[month]))), None)

    _read_forever(look, report)


def fault_of(month: str, tables: Tables) -> str | None:
    versions = {version.as_py() for name in tables for version in tables[name]["reader_version"].unique()}
    filings, charges = tables["filings"].num_rows, tables["charges"].num_rows
    if len(versions) != 1 or charges != CHARGES_OF_A_FILING * filings:
        return f"{month} has {filings} filings and {charges} charges of versions {sorted(versions)}"
    return None


def read_database_forever(home: str, report: str) -> None:
    """The database, as analysts open it."""
    query = """
        SELECT filed_month, count(DISTINCT accession_number), count(*), count(DISTINCT reader_version)
        FROM charges GROUP BY ALL ORDER BY ALL"""

    def look() -> str | None:
        with open_database(UPath(home)) as connection:
            rows = connection.execute(query).fetchall()
        if tuple(month for month, *_ in rows) != MONTHS:
            return f"the database has {rows}"
        bad = [row for row in rows if row[2] != CHARGES_OF_A_FILING * row[1] or row[3] != 1]
        return f"the database has {bad}" if bad else None

    _read_forever(look, report)


def read_parquet_forever(home: str, report: str) -> None:
    """One table's Parquet files, as any engine reads them: each file whole, each month once."""
    glob = str(part_path(UPath(home), "charges", "*"))
    query = """
        SELECT filed_month, count(*), count(DISTINCT reader_version)
        FROM read_parquet(?, hive_partitioning = true) GROUP BY ALL ORDER BY ALL"""

    def look() -> str | None:
        with duckdb.connect() as connection:
            # Its cache tells files apart by the second in which they were written, and takes a new file for
            # the old one where both were written in the same.
            connection.execute("SET enable_external_file_cache = false")
            rows = connection.execute(query, [glob]).fetchall()
        whole = [row[0] for row in rows if row[1] in (CHARGES_OF_A_FILING, 2 * CHARGES_OF_A_FILING)]
        return None if tuple(whole) == MONTHS and all(row[2] == 1 for row in rows) else f"Parquet has {rows}"

    _read_forever(look, report)


def _read_forever(look: Callable[[], str | None], report: str) -> None:
    """Look until killed; the report says how often, and in its second line what was wrong."""
    for reads in itertools.count(1):
        try:
            fault = look()
        except Exception as problem:  # whatever a reader meets is what is looked for
            fault = repr(problem)
        beside = Path(f"{report}-{os.getpid()}")
        beside.write_text(f"{reads}\n{fault or ''}", encoding="utf-8")
        beside.replace(report)
        if fault:
            return


def kill_publishers(home: Path, kills: int, seed: int = 1) -> KillReport:
    """Kill that many publishers in `home`, each at a random moment of its life, under three readers."""
    chance, old, processes = random.Random(seed), contents()[0], get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    warehouse = UPath(home / "home")
    for month in MONTHS:
        publish_month(warehouse, month, old)
    build_database(warehouse)
    assert database_path(warehouse).exists()
    reports = [home / f"reader-{number}" for number in range(3)]
    readers: list[BaseProcess] = [
        processes.Process(target=read, args=(str(warehouse), str(report)), daemon=True)
        for read, report in zip(
            (read_tables_forever, read_database_forever, read_parquet_forever), reports, strict=True
        )
    ]
    torn = 0
    try:
        for reader in readers:
            reader.start()
        for number in range(kills):
            begun = processes.Event()
            publisher = processes.Process(
                target=publish_forever, args=(str(warehouse), seed + number, begun), daemon=True
            )
            publisher.start()
            assert begun.wait(60)
            time.sleep(chance.uniform(0.0, LONGEST_LIFE_SECONDS))
            assert publisher.pid is not None
            os.kill(publisher.pid, signal.SIGKILL)
            publisher.join()
            torn += len(list((home / "home/warehouse/_months").glob(".*.next.json")))
        time.sleep(LONGEST_LIFE_SECONDS)
    finally:
        for reader in readers:
            reader.kill()
            reader.join()
    seen = [report.read_text(encoding="utf-8").partition("\n") for report in reports]
    for month in MONTHS:
        publish_month(warehouse, month, old)
    faults = [fault for _, _, fault in seen if fault]
    faults += [
        f"after all: {fault}"
        for m, tables in each_complete_month(warehouse)
        if (fault := fault_of(m, tables))
    ]
    return KillReport(kills, sum(int(reads) for reads, _, _ in seen), tuple(faults), torn)


def main(kills: int, seed: int) -> None:
    """Print how the run ended."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        report = kill_publishers(Path(folder), kills, seed)
    Console().print(
        f"{report.kills} kills, {report.left_torn} of them between two files of a month; {report.reads:,} "
        f"reads meanwhile by three readers, {len(report.seen)} of them not whole; "
        f"{time.perf_counter() - begun:.0f} s"
    )
    for fault in report.seen:
        Console().print(fault)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    main(arguments.kills, arguments.seed)
