"""How long a release takes and how much memory: 268 months of 93 filings, 100,000 charges.

`python -m benchmarks.releases [--months N]`; it takes a minute, so `make bench` leaves it out.
"""

import argparse
import datetime as dt
import resource
import tempfile
import time

from rich.console import Console
from upath import UPath

from benchmarks.months import FILINGS, MONTHS
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.release import write_release
from tests.factories import Rows, filing_rows, publishable, together

_REST_OF_THE_ITEM = "\nForward-looking statements involve risks and uncertainties." * 200
"""About as much text as a filing's sections have."""


def main(months: int) -> None:
    """Publish that many months, release them, and print seconds, bytes and the largest memory."""
    with tempfile.TemporaryDirectory() as folder:
        home = UPath(folder)
        for number in range(months):
            month = f"{2004 + number // 12}-{number % 12 + 1:02d}"
            publish_month(home, month, publishable(_filed(number)))
        begun = time.perf_counter()
        report = write_release(home, home / "releases", dt.date(2026, 12, 1))
        seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(file.bytes for file in report.files.values()) / 1024**2
    Console().print(
        f"{months} months, {report.contents.rows['charges']:,} charges: released in {seconds:.0f} s, "
        f"{size:.0f} MB of files, at most {memory:.0f} MB of memory"
    )


def _filed(month: int) -> Rows:
    """A month of filings by as many companies, each with accession numbers of its own."""
    rows = together(
        *(filing_rows(f"{month:010d}-08-{filing:06d}", cik=f"{filing:010d}") for filing in range(FILINGS))
    )
    for section in rows["sections"]:
        section["text"] += _REST_OF_THE_ITEM
        section["char_count"] = len(section["text"])
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=MONTHS)
    main(parser.parse_args().months)
