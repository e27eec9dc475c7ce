"""How long a site of 10,000 filings takes to build, how large it is, and how fast its list opens and filters.

`python -m benchmarks.site [--months N] [--keep DIRECTORY]`; it takes some minutes, so `make bench` leaves it
out. The list is tried in Chromium where there is one.
"""

import argparse
import datetime as dt
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from upath import UPath

from benchmarks.months import months
from pipeline.months import month_of
from pipeline.pages.site.build import SiteReport, build_site
from pipeline.tables.vocabulary import CATEGORY
from pipeline.warehouse.database import build_database
from pipeline.warehouse.publish import publish_month
from tests.factories import Row, Rows, filing_rows, publishable, together

FILINGS = 40
MONTHS = 250
COMPANIES = 4_000
_REST_OF_THE_ITEM = "\nForward-looking statements involve risks and uncertainties." * 200
"""About as much text as a filing's sections have."""
_INDUSTRIES = ("1311", "1531", "2834", "3674", "4512", "5065", "5311", "6021", "7372", "8711")


def main(count: int, keep: str | None) -> None:
    """Publish that many months, build the site twice, print seconds, bytes, memory and the list's times."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        home = UPath(keep or folder)
        for number, day in enumerate(months(count)):
            publish_month(home, month_of(day), publishable(_filed(day, number)))
        build_database(home)
        for which in ("built", "built again"):
            begun, before = time.perf_counter(), _processor_seconds()
            report = build_site(home)
            seconds = time.perf_counter() - begun
            console.print(_told(report, which, seconds, _processor_seconds() - before))
        site = Path(report.path.path)
        largest = max((path for path in site.rglob("*.html")), key=lambda path: path.stat().st_size)
        index = (site / "search-index.js").stat().st_size
        console.print(
            f"The search's index: {index / 1e6:.1f} MB; the largest page, {largest.relative_to(site)}: "
            f"{largest.stat().st_size / 1e6:.2f} MB"
        )
        for line in list_times(report.address.replace("index.html", "filings.html")):
            console.print(line)


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _told(report: SiteReport, which: str, seconds: float, processor_seconds: float) -> str:
    own, others = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return (
        f"{report.filings:,} filings: {which} in {seconds:.0f} s, {processor_seconds:.0f} s of a processor; "
        f"{report.files:,} files of {report.bytes / 1e6:,.0f} MB, {report.written:,} of them written; at "
        f"most {own:.0f} MB of memory, and {others:.0f} MB in each of the processes that make pages"
    )


def _filed(day: dt.date, number: int) -> Rows:
    """A month of filings by as many companies, every tenth an amendment of the one before it."""
    chance = random.Random(number)
    return together(*(_filing(day, number * FILINGS + filing, chance) for filing in range(FILINGS)))


def _filing(day: dt.date, number: int, chance: random.Random) -> Rows:
    is_amendment = number % 10 == 9
    company = (number - is_amendment) * 7 % COMPANIES
    rows = filing_rows(
        f"{company:010d}-{day:%y}-{number % 1_000_000:06d}",
        cik=f"{company:010d}",
        company_name=f"EXAMPLE {company} {chance.choice(('INC', 'CORP', 'HOLDINGS CO', 'PLC'))}",
        tickers=[f"EX{company}"],
        sic_code=_INDUSTRIES[company % len(_INDUSTRIES)],
        filed_date=day,
        accepted_at=dt.datetime.combine(day, dt.time(20, is_amendment), tzinfo=dt.UTC),
        is_amendment=is_amendment,
        form_type="8-K/A" if is_amendment else "8-K",
    )
    size = Decimal(f"{chance.lognormvariate(0, 1.2):.2f}")
    for charge in rows["charges"]:
        _multiply(charge, ("amount_low", "amount_high"), size)
        if charge["counts_in_sum"]:
            charge["category"] = chance.choice(CATEGORY)
    _multiply(rows["exit_plans"][0], ("total_low", "total_high", "cash_high"), size)
    rows["sections"][0]["text"] += _REST_OF_THE_ITEM
    rows["sections"][0]["char_count"] = len(rows["sections"][0]["text"])
    return rows


def _multiply(row: Row, names: tuple[str, ...], factor: Decimal) -> None:
    for name in names:
        if row[name] is not None:
            row[name] *= factor


def list_times(address: str) -> Iterator[str]:
    """How long the list takes to open, and its slowest filter and sort."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        yield "There is no Chromium here to open the list in."
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        begun = time.perf_counter()
        page.goto(address)
        page.locator("#results tbody tr").first.wait_for()
        yield f"The list opens in {time.perf_counter() - begun:.2f} s"
        slowest = page.evaluate(_FILTER)
        yield f"The slowest of {len(slowest)} filters and sorts takes {max(slowest):.0f} ms"
        browser.close()


_FILTER = """() => {
  const box = document.getElementById("q");
  const seconds = [];
  const timed = (action) => {
    const begun = performance.now();
    action();
    document.body.offsetHeight;
    seconds.push(performance.now() - begun);
  };
  for (const words of ["e", "ex", "example", "example 39", "corp", "nothing like it", "2834", ""]) {
    timed(() => { box.value = words; box.dispatchEvent(new Event("input", { bubbles: true })); });
  }
  for (const button of document.querySelectorAll("th button")) timed(() => button.click());
  for (const radio of document.querySelectorAll("input[type=radio]")) timed(() => radio.click());
  return seconds;
}"""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=MONTHS)
    parser.add_argument("--keep", metavar="DIRECTORY", help="Make the home here, and leave it there.")
    given = parser.parse_args()
    main(given.months, given.keep)
