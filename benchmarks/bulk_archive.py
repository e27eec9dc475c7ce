"""How much memory and time the bulk archive takes: a synthetic one of 20,000 companies, served on loopback.

`python -m benchmarks.bulk_archive [--companies N]`; it takes a minute or two, so `make bench` leaves it out.
The archive is downloaded and read in a process of its own, whose memory is measured; its answer is compared
with that of the companies' own lists, asked for one by one, and with what was written.
"""

import argparse
import datetime as dt
import json
import multiprocessing
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rich.console import Console
from upath import UPath

from pipeline.edgar.discovery.bulk_table import BULK_ARCHIVE, up_to_date_table
from pipeline.edgar.discovery.question import Question
from pipeline.edgar.discovery.submissions_data import SUBMISSIONS_DATA
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import SAMPLE, source_at
from pipeline.settings import load_settings

COMPANIES = 20_000
MONTH = "2008-10"
TODAY = dt.date(2026, 1, 2)
_SEED = 20_040_823
_COLUMNS = (
    "accessionNumber",
    "filingDate",
    "reportDate",
    "acceptanceDateTime",
    "form",
    "items",
    "size",
    "primaryDocument",
    "primaryDocDescription",
)
_FIRST_DAY = dt.date(2004, 8, 23)
_DAYS = (dt.date(2025, 12, 31) - _FIRST_DAY).days


@dataclass(frozen=True, slots=True)
class Measured:
    """What reading the archive took."""

    companies: int
    archive_bytes: int
    unpacked_bytes: int
    seconds: float
    """Download and reading."""
    memory_before: int
    memory_peak: int
    """Both in bytes: of the process with everything imported, and at its largest."""
    filings: int
    equals_company_lists: bool
    equals_what_was_written: bool


def measure(companies: int) -> Measured:
    """Write an archive of so many companies, read it, and compare the answers."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        written, unpacked = _write(root / "edgar", companies)
        archive = root / "edgar" / "Archives" / "edgar" / "daily-index" / "bulkdata" / "submissions.zip"
        with _served(root / "edgar") as base_url:
            context = multiprocessing.get_context("spawn")
            receiving, sending = context.Pipe(duplex=False)
            process = context.Process(target=_read, args=(base_url, folder, sending))
            process.start()
            seconds, before, peak = receiving.recv()
            process.join()
            settings = load_settings({}, home=folder)
            with EdgarSession(source_at(base_url, SAMPLE), settings) as session:
                table = up_to_date_table(session, settings.home, TODAY)
                ciks = frozenset(f"{number:010d}" for number in range(1, companies + 1))
                question = Question(session, MONTH, settings.home, TODAY, ciks)
                by_company = SUBMISSIONS_DATA.find(question).filings
                by_archive = BULK_ARCHIVE.find(question).filings
        found = {(row.accession_number, row.cik) for rows in table.rows.values() for row in rows}
        return Measured(
            companies=companies,
            archive_bytes=archive.stat().st_size,
            unpacked_bytes=unpacked,
            seconds=seconds,
            memory_before=before,
            memory_peak=peak,
            filings=len(found),
            equals_company_lists=by_company == by_archive and bool(by_company),
            equals_what_was_written=found == written,
        )


def _read(base_url: str, home: str, answer: Connection) -> None:
    """In a process of its own: download and read the archive, and say what it took."""
    settings = load_settings({}, home=home)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    begun = time.perf_counter()
    with EdgarSession(source_at(base_url, SAMPLE), settings) as session:
        up_to_date_table(session, UPath(home), TODAY)
    seconds = time.perf_counter() - begun
    answer.send((seconds, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024))


def _write(root: Path, companies: int) -> tuple[set[tuple[str, str]], int]:
    """The lists of the companies, as files and in the archive: exit filings written, and bytes unpacked.

    One in ten has older files; one filing in 200 is an 8-K with Item 2.05.
    """
    lists = root / "submissions"
    lists.mkdir(parents=True)
    bulk = root / "Archives" / "edgar" / "daily-index" / "bulkdata"
    bulk.mkdir(parents=True)
    chance = random.Random(_SEED)
    written: set[tuple[str, str]] = set()
    unpacked = 0
    with zipfile.ZipFile(bulk / "submissions.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(1, companies + 1):
            for name, content in _files(number, chance, written):
                data = json.dumps(content).encode()
                unpacked += len(data)
                (lists / name).write_bytes(data)
                archive.writestr(name, data)
    return written, unpacked


def _files(
    number: int, chance: random.Random, written: set[tuple[str, str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    cik = f"{number:010d}"
    files = []
    if number % 10 == 0:
        older = f"CIK{cik}-submissions-001.json"
        rows = _rows(cik, 400, 1000, chance, written)
        days = sorted(str(row[1]) for row in rows)
        files.append({"name": older, "filingFrom": days[0], "filingTo": days[-1]})
        yield older, _columns(rows)
    recent = _columns(_rows(cik, chance.choice((10, 50, 250)), 0, chance, written))
    company = {"cik": cik, "name": f"COMPANY {number} INC", "tickers": []}
    yield f"CIK{cik}.json", {**company, "filings": {"recent": recent, "files": files}}


def _rows(
    cik: str, count: int, start: int, chance: random.Random, written: set[tuple[str, str]]
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for number in range(start, start + count):
        day = _FIRST_DAY + dt.timedelta(days=chance.randrange(_DAYS))
        accession = f"{cik}-{day:%y}-{number:06d}"
        is_exit = chance.randrange(200) == 0
        form = "8-K" if is_exit or number % 3 else "4"
        items = "2.05,9.01" if is_exit else "8.01,9.01" if form == "8-K" else ""
        if is_exit:
            written.add((accession, cik))
        accepted = f"{day}T20:00:00.000Z"
        rows.append((accession, f"{day}", f"{day}", accepted, form, items, 1000 + number, "d8k.htm", form))
    return rows


def _columns(rows: list[tuple[object, ...]]) -> dict[str, Any]:
    return {name: list(values) for name, values in zip(_COLUMNS, zip(*rows, strict=True), strict=True)}


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # the body follows the head at once
    root = ""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args, directory=self.root)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _serve(root: str, answer: Connection) -> None:
    _Quiet.root = root
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Quiet)
    answer.send(server.server_port)
    server.serve_forever()


@contextmanager
def _served(root: Path) -> Iterator[str]:
    """The folder served by a process of its own, from disk."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(str(root), sending), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{receiving.recv()}"
    finally:
        process.terminate()
        process.join()


def main(companies: int) -> None:
    """Print what was measured."""
    found = measure(companies)
    mega = 1_000_000
    Console(width=120).print(
        f"{found.companies:,} companies, an archive of {found.archive_bytes / mega:.0f} MB "
        f"({found.unpacked_bytes / mega:.0f} MB unpacked): downloaded and read in {found.seconds:.1f} s; "
        f"at most {found.memory_peak / mega:.0f} MB of memory, {found.memory_before / mega:.0f} MB of them "
        f"before it began. {found.filings:,} filings with Item 2.05; as the companies' own lists have them: "
        f"{found.equals_company_lists}, as written: {found.equals_what_was_written}."
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=COMPANIES)
    main(parser.parse_args().companies)
