"""How long judging and publishing take without Dagster: 268 months of 93 filings, 100,000 charges.

`python -m benchmarks.months [--months N]`; it takes some minutes, so `make bench` leaves it out.
"""

import argparse
import resource
import tempfile
import time

from rich.console import Console
from upath import UPath

from expectations import judge_month
from pipeline.warehouse.publish import publish_month
from tests.factories import arrow_tables, month_rows

FILINGS = 93
MONTHS = 268


def main(months: int) -> None:
    """Judge and publish that many months and print seconds and the largest memory."""
    console = Console()
    staged = arrow_tables(month_rows(FILINGS))
    charges = staged["charges"].num_rows
    judging = publishing = 0.0
    with tempfile.TemporaryDirectory() as home:
        for number in range(months):
            month = f"{2004 + number // 12}-{number % 12 + 1:02d}"
            begun = time.perf_counter()
            passed = judge_month(month, staged).passed
            judged = time.perf_counter()
            publish_month(UPath(home), month, passed)
            judging += judged - begun
            publishing += time.perf_counter() - judged
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(
        f"{months} months, {months * charges:,} charges: judged in {judging:.0f} s, "
        f"published in {publishing:.0f} s, at most {memory:.0f} MB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=MONTHS)
    main(parser.parse_args().months)
