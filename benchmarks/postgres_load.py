"""How long loading 268 months of 93 filings, 100,000 charges, into PostgreSQL takes, and how much memory.

`python -m benchmarks.postgres_load [--months N]`; it takes some minutes, most of them for publishing, so
`make bench` leaves it out. The server is one of its own, without fsync, on the same machine. It is loaded
into an empty schema, again without news, and again with one month anew; then every row of each view is read.
"""

import argparse
import resource
import tempfile
import time

import psycopg
from rich.console import Console
from upath import UPath

from benchmarks.months import MONTHS, months, rows_of
from pipeline.months import month_of
from pipeline.warehouse.postgres_connection import open_postgres
from pipeline.warehouse.postgres_load import LoadReport, load_postgres
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.views import VIEW_NAMES
from tests.factories import publishable
from tests.postgres_server import running_server

_SCHEMA = "exit_charges"


def main(count: int) -> None:
    """Publish that many months, load them, and print seconds and the largest memory."""
    console = Console()
    days = months(count)
    with tempfile.TemporaryDirectory() as folder, running_server() as server:
        home, url = UPath(folder), server.new_database()
        for day in days:
            publish_month(home, month_of(day), publishable(rows_of(day)))
        before = _memory()
        report, seconds = _load(home, url)
        rows = sum(report.rows.values())
        console.print(
            f"{len(report.months.loaded)} months, {report.rows['charges']:,} charges, {rows:,} rows: "
            f"loaded in {seconds:.0f} s ({rows / seconds:,.0f} rows a second), at most {_memory():.0f} MB, "
            f"{before:.0f} of them before"
        )
        report, seconds = _load(home, url)
        console.print(f"Without news: {len(report.months.unchanged)} months looked at in {seconds:.1f} s")
        rows_anew = rows_of(days[-1])
        rows_anew["charges"].pop()
        publish_month(home, month_of(days[-1]), publishable(rows_anew))
        report, seconds = _load(home, url)
        console.print(f"With {len(report.months.loaded)} month anew: {seconds:.1f} s")
        for name, seconds in _view_seconds(url).items():
            console.print(f"  {name}: {seconds:.2f} s")


def _load(home: UPath, url: str) -> tuple[LoadReport, float]:
    begun = time.perf_counter()
    with open_postgres(url) as (connection, _):
        report = load_postgres(home, connection, _SCHEMA)
    return report, time.perf_counter() - begun


def _view_seconds(url: str) -> dict[str, float]:
    """Seconds to read every row of each view."""
    seconds = {}
    with psycopg.connect(url, autocommit=True) as connection:
        for name in VIEW_NAMES:
            if not name.endswith("_as_of"):
                begun = time.perf_counter()
                query = f"SELECT count(*), max(rows::text) FROM {_SCHEMA}.{name} AS rows"
                connection.execute(query.encode())
                seconds[name] = time.perf_counter() - begun
    return seconds


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=MONTHS)
    main(parser.parse_args().months)
