"""Publishing killed at random moments while three readers read: what each of them saw.

`python -m benchmarks.kills [--kills 100] [--seed N] [--s3]`. A process publishes months in turns of two
contents, now and then builds the database, and is killed with SIGKILL; the next one goes on. A reader that
finds a month missing, doubled, or of both contents at once stops with what it saw. With `--s3` the home lies
in the S3 server of the tests, and a killed process leaves a lease that the next one has to wait for.
"""

import argparse
import itertools
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console

from pipeline import lease
from pipeline.files import is_object_storage, read_bytes
from pipeline.settings import place
from pipeline.warehouse.database import build_database, database_path
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.published import each_complete_month
from pipeline.warehouse.query import open_database
from pipeline.warehouse.records import begun_months, part_path
from tests.factories import filing_rows, publishable, together
from tests.s3_server import running_s3

MONTHS = tuple(f"2008-{number:02d}" for number in range(1, 7))
CHARGES_OF_A_FILING = 4
LONGEST_LIFE_SECONDS = 0.4
LEASE_SECONDS = 0.6
LONGEST_LIFE_ON_S3_SECONDS = 3.0
"""Of which the wait for the lease of the one before takes the first part."""
Tables = dict[str, pa.Table]


@dataclass(frozen=True, slots=True)
class KillReport:
    """How the run ended; `seen` are the breaches that readers met, which is what must be empty."""

    kills: int
    reads: int
    seen: tuple[str, ...]
    left_torn: int
    """Kills after which a month was begun that was not before."""


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
    chance, both, warehouse = random.Random(seed), contents(), place(home, "home")
    lease.LEASE_SECONDS = LEASE_SECONDS
    begun_months(warehouse)  # which connects
    begun.set()
    while True:
        publish_month(warehouse, chance.choice(MONTHS), chance.choice(both))
        if chance.random() < 0.1:
            build_database(warehouse)


def read_tables_forever(home: str, report: str) -> None:
    """All tables of all months, as the database and the checks read them."""

    def look() -> str | None:
        months = dict(each_complete_month(place(home, "home")))
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
        with open_database(place(home, "home")) as connection:
            rows = connection.execute(query).fetchall()
        if tuple(month for month, *_ in rows) != MONTHS:
            return f"the database has {rows}"
        bad = [row for row in rows if row[2] != CHARGES_OF_A_FILING * row[1] or row[3] != 1]
        return f"the database has {bad}" if bad else None

    _read_forever(look, report)


def read_parquet_forever(home: str, report: str) -> None:
    """One table's Parquet files, as any engine reads them: each file whole, each month once."""
    warehouse = place(home, "home")
    glob = str(part_path(warehouse, "charges", "*"))
    query = """
        SELECT filed_month, count(*), count(DISTINCT reader_version)
        FROM read_parquet(?, hive_partitioning = true) GROUP BY ALL ORDER BY ALL"""

    def look() -> str | None:
        if is_object_storage(warehouse):
            return look_at_objects()
        with duckdb.connect() as connection:
            # Its cache tells files apart by the second in which they were written, and takes a new file for
            # the old one where both were written in the same.
            connection.execute("SET enable_external_file_cache = false")
            rows = connection.execute(query, [glob]).fetchall()
        whole = [row[0] for row in rows if row[1] in (CHARGES_OF_A_FILING, 2 * CHARGES_OF_A_FILING)]
        return None if tuple(whole) == MONTHS and all(row[2] == 1 for row in rows) else f"Parquet has {rows}"

    def look_at_objects() -> str | None:
        """Without DuckDB, whose client of S3 is an extension that has to be downloaded."""
        for month in MONTHS:
            rows = pq.read_table(pa.BufferReader(read_bytes(part_path(warehouse, "charges", month)) or b""))
            versions = rows["reader_version"].unique().to_pylist()
            if rows.num_rows not in (CHARGES_OF_A_FILING, 2 * CHARGES_OF_A_FILING) or len(versions) != 1:
                return f"Parquet of {month} has {rows.num_rows} rows of {versions}"
        return None

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


def kill_publishers(folder: Path, kills: int, seed: int = 1, bucket: str | None = None) -> KillReport:
    """Kill that many publishers, each at a random moment of its life, under three readers.

    Args:
        folder: for the home, unless it lies in a bucket, and for what the readers report.
        kills: how many.
        seed: of the moments and of what is published.
        bucket: of object storage, in which the home lies.
    """
    chance, old, processes = random.Random(seed), contents()[0], get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    warehouse = place(f"s3://{bucket}/home" if bucket else str(folder / "home"), "home")
    longest_life = LONGEST_LIFE_ON_S3_SECONDS if bucket else LONGEST_LIFE_SECONDS
    for month in MONTHS:
        publish_month(warehouse, month, old)
    build_database(warehouse)
    assert database_path(warehouse).exists()
    reports = [folder / f"reader-{number}" for number in range(3)]
    readers: list[BaseProcess] = [
        processes.Process(target=read, args=(str(warehouse), str(report)), daemon=True)
        for read, report in zip(
            (read_tables_forever, read_database_forever, read_parquet_forever), reports, strict=True
        )
    ]
    torn, begun_before = 0, set[str]()
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
            time.sleep(chance.uniform(0.0, longest_life))
            assert publisher.pid is not None
            os.kill(publisher.pid, signal.SIGKILL)
            publisher.join()
            begun_now = set(begun_months(warehouse))
            torn += len(begun_now - begun_before)
            begun_before = begun_now
        time.sleep(longest_life)
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


def main(kills: int, seed: int, on_s3: bool) -> None:
    """Print how the run ended."""
    with tempfile.TemporaryDirectory() as folder, running_s3() if on_s3 else nullcontext() as server:
        begun = time.perf_counter()
        if server is not None:
            os.environ.update(server.environment)
            lease.LEASE_SECONDS = LEASE_SECONDS
        report = kill_publishers(Path(folder), kills, seed, server.new_bucket() if server else None)
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
    parser.add_argument("--s3", action="store_true")
    arguments = parser.parse_args()
    main(arguments.kills, arguments.seed, arguments.s3)
