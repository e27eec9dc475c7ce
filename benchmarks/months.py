"""How long 268 months of 93 filings, 100,000 charges, take without Dagster: judged, published, queried.

`python -m benchmarks.months [--months N]`; it takes some minutes, so `make bench` leaves it out. Months run
in as many processes as there are cores, as `materialize` runs them. In the end each query of the SQL cookbook
is timed on the database, its opening included.
"""

import argparse
import datetime as dt
import os
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from rich.console import Console
from upath import UPath

from expectations import judge_month
from pipeline.months import month_of
from pipeline.warehouse.database import build_database
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.query import run_query
from tests.docs.cookbook import PAGE, recipes
from tests.factories import Rows, arrow_tables, filing_rows, together

FILINGS = 93
MONTHS = 268
COMPANIES = 4_000
_FIRST = dt.date(2004, 8, 23)


def months(count: int) -> list[dt.date]:
    """A day of each of the first months that have Item 2.05."""
    return [
        dt.date(_FIRST.year + (_FIRST.month - 1 + number) // 12, (_FIRST.month - 1 + number) % 12 + 1, 23)
        for number in range(count)
    ]


def rows_of(filed: dt.date) -> Rows:
    """A month of filings; every tenth is an amendment of the one before it."""
    return together(*(_filing(filed, number) for number in range(FILINGS)))


def _filing(filed: dt.date, number: int) -> Rows:
    is_amendment = number % 10 == 9
    company = (filed.toordinal() * 7 + number - is_amendment) % COMPANIES
    rows = filing_rows(
        f"{company:010d}-{filed:%y}-{filed.month * 1000 + number:06d}",
        cik=f"{company:010d}",
        company_name=f"EXAMPLE {company} INC",
        sic_code=f"{1000 + company % 80 * 100}",
        filed_date=filed,
        report_date=filed - dt.timedelta(days=4),
        accepted_at=dt.datetime.combine(filed, dt.time(20, is_amendment), tzinfo=dt.UTC),
        is_amendment=is_amendment,
        form_type="8-K/A" if is_amendment else "8-K",
    )
    rows["exit_plans"][0] |= {
        "commitment_date": filed - dt.timedelta(days=4),
        "completion_by": filed + dt.timedelta(days=250),
    }
    return rows


def judge_and_publish(home: str, filed: dt.date) -> tuple[int, float, float]:
    """Charges, and the seconds of judging and of publishing."""
    staged = arrow_tables(rows_of(filed))
    begun = time.perf_counter()
    judgement = judge_month(month_of(filed), staged)
    judged = time.perf_counter()
    assert not judgement.breaches
    publish_month(UPath(home), month_of(filed), judgement.passed)
    return staged["charges"].num_rows, judged - begun, time.perf_counter() - judged


@cache
def _queries() -> tuple[str, ...]:
    return tuple(recipes(PAGE.read_text(encoding="utf-8")))


def query_seconds(home: UPath) -> dict[str, float]:
    """Seconds of each query of the cookbook."""
    seconds = {}
    for query in _queries():
        begun = time.perf_counter()
        run_query(home, query)
        seconds[query] = time.perf_counter() - begun
    return seconds


def main(count: int) -> None:
    """Run that many months and print seconds and the largest memory."""
    console, processes = Console(), os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as home:
        begun = time.perf_counter()
        # Forked processes would inherit the locks of threads that they do not have.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as executor:
            results = list(executor.map(judge_and_publish, [home] * count, months(count)))
        elapsed = time.perf_counter() - begun
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        charges = sum(result[0] for result in results)
        console.print(
            f"{count} months, {charges:,} charges: {elapsed:.0f} s in {processes} processes of at most "
            f"{memory:.0f} MB (judging {sum(result[1] for result in results):.0f} s, publishing "
            f"{sum(result[2] for result in results):.0f} s of them)"
        )
        begun = time.perf_counter()
        build_database(UPath(home))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        console.print(f"The database: {time.perf_counter() - begun:.0f} s, at most {memory:.0f} MB")
        seconds = query_seconds(UPath(home))
        slowest = max(seconds, key=seconds.__getitem__)
        console.print(
            f"{len(seconds)} queries of the cookbook: the slowest took {seconds[slowest]:.2f} s:\n{slowest}",
            markup=False,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=MONTHS)
    main(parser.parse_args().months)
