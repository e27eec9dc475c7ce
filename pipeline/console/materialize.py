"""Running months: which ones, the progress, and the closing table."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.console.plain import output_console
from pipeline.console.preparation import prepare_source
from pipeline.console.progress import progress_bar
from pipeline.edgar.archive import RawArchive
from pipeline.edgar.sample_server import samples_directory
from pipeline.edgar.source import SAMPLE
from pipeline.errors import ConfigurationError
from pipeline.months import eastern_today, month_of, month_range
from pipeline.printable import printable
from pipeline.settings import Settings
from pipeline.warehouse.records import month_record

if TYPE_CHECKING:
    from assets.month_runs import RunOutcome

_COUNTED = {
    "filings": "filings",
    "charges": "charges",
    "share figures": "share_figures",
    "headcounts": "headcount_figures",
    "rejected": "rejected_rows",
}


def materialize_months(settings: Settings, first: str | None, last: str | None) -> int:
    """Run the months and print how each ended; returns the exit status.

    Raises:
        ConfigurationError: the months, the source or a company cannot be meant.
        SourceError: the source does not answer; no month was run.
    """
    months = wanted_months(settings, first, last, month_of(eastern_today()))
    settings = prepare_source(settings, months)
    if settings.dask is not None:
        click.echo(
            "These months are run by this command's own processes; the workers of EXIT_CHARGES_DASK are for "
            "runs that the UI or the daemon starts.",
            err=True,
        )
    outcomes = _run_with_progress(settings, months)
    _print_closing_table(settings, outcomes)
    return 0 if all(outcome.problem is None for outcome in outcomes) else 1


def wanted_months(settings: Settings, first: str | None, last: str | None, running: str) -> list[str]:
    """The months asked for; of the sample archive, without being asked, all that it has.

    Raises:
        ConfigurationError: a month is malformed, too early or still to come.
        click.UsageError: no first month is given.
    """
    if first is None and last is None and settings.source == SAMPLE:
        return sorted(path.stem for path in (samples_directory() / "LATEST" / "search-index").glob("*.json"))
    if first is None:
        raise click.UsageError("Give the first month of filing, such as --from 2008-10.")
    months = month_range(first, last or first)
    if months[-1] > running:
        raise ConfigurationError(
            f"{months[-1]} is still to come; the last month that can be run is {running}."
        )
    return months


def _run_with_progress(settings: Settings, months: Sequence[str]) -> list["RunOutcome"]:
    outcomes = []
    with progress_bar() as progress:
        task = progress.add_task("Starting Dagster", total=len(months) + 1)
        from assets.month_runs import run_months

        progress.update(task, description="Running months")
        for outcome in run_months(settings, months):
            outcomes.append(outcome)
            progress.update(task, advance=1, description=f"{outcome.month or 'database'} has ended")
            if progress.disable:
                ended = "done" if outcome.problem is None else "FAILED"
                print(f"{outcome.month or 'database'} {ended} in {outcome.seconds:.1f} s", file=sys.stderr)
    return sorted(outcomes, key=lambda outcome: outcome.month or "database")


def _print_closing_table(settings: Settings, outcomes: Sequence["RunOutcome"]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=True)
    console = output_console()
    rows, total = [], dict.fromkeys([*_COUNTED, "fetched"], 0)
    for outcome in outcomes:
        if outcome.month is None:
            continue
        record = month_record(settings.home, outcome.month)
        counts = {title: record.files[name].rows if record else 0 for title, name in _COUNTED.items()}
        counts["fetched"] = outcome.fetched
        total = {title: total[title] + count for title, count in counts.items()}
        state = "" if outcome.problem is None else "[bold red]failed[/]"
        rows.append([outcome.month, *(f"{count:,}" for count in counts.values()), state])
    table.add_column("month", footer="all", no_wrap=True)
    for title, count in total.items():
        table.add_column(title, justify="right", footer=f"{count:,}", no_wrap=True)
    table.add_column("", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console.print(table)
    archive = RawArchive(settings.home)
    indexed = set(archive.indexed_months())
    narrowed = [row[0] for row in rows if row[0] in indexed and archive.month_index(row[0]).companies]
    if narrowed:
        console.print(f"Of some companies only, not of the whole market: {', '.join(narrowed)}")
    for outcome in outcomes:
        _print_problems(console, outcome)


def _print_problems(console: Console, outcome: "RunOutcome") -> None:
    what = outcome.month or "The database"
    if outcome.problem:
        console.print(Text(printable(f"{what} failed: {outcome.problem}"), style="red"))
    for accession_number, reason in outcome.not_fetched.items():
        console.print(Text(printable(f"{what}: {accession_number} was not fetched: {reason}")))
