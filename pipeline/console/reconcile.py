"""`reconcile`: two sources of discovery side by side."""

import click
from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.console.plain import output_console
from pipeline.edgar.discovery.companies import ciks_of
from pipeline.edgar.discovery.question import Question
from pipeline.edgar.reconcile import METHODS, Reconciliation, reconcile
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import open_source
from pipeline.errors import ConfigurationError
from pipeline.months import eastern_today, month_of, month_range
from pipeline.printable import printable
from pipeline.settings import Settings


def reconcile_month(settings: Settings, month: str, between: str) -> int:
    """Print how two sources differ for a month; 1 where they do, else 0.

    Raises:
        ConfigurationError: the month, the source or a company cannot be meant.
        SourceError: one of the two gave no complete answer.
    """
    left, right = two_methods(between)
    month_range(month, month)
    today = eastern_today()
    if month > month_of(today):
        raise ConfigurationError(f"{month} is still to come; the last month to ask for is {month_of(today)}.")
    with open_source(settings) as source, EdgarSession(source, settings) as session:
        companies = ciks_of(session, settings.companies) or None
        if "submissions" in (left, right) and companies is None:
            raise ConfigurationError(
                "The submissions data are asked for by company; name some with --companies, or take bulk, "
                "which has the lists of all."
            )
        question = Question(session, month, settings.home, today, companies)
        found = reconcile(question, METHODS[left], METHODS[right])
        _print(found, left, right, question, session.requests)
    return 1 if found.differences else 0


def two_methods(between: str) -> tuple[str, str]:
    """The two sources named on the command line.

    Raises:
        click.UsageError: they are not two different known ones.
    """
    names = [name.strip() for name in between.split(",")]
    if len(set(names)) != 2 or len(names) != 2 or not set(names) <= METHODS.keys():
        raise click.UsageError(f"--between takes two of {', '.join(METHODS)}, such as search,index.")
    return names[0], names[1]


def _print(found: Reconciliation, left: str, right: str, question: Question, requests: int) -> None:
    console = output_console()
    if found.differences:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for title in ("accession number", "company", "field", left, right):
            table.add_column(title, no_wrap=title == "accession number")
        for difference in found.differences:
            table.add_row(
                difference.accession_number,
                Text(printable(difference.company_name)),
                difference.field,
                Text(printable(difference.left)),
                Text(printable(difference.right)),
            )
        console.print(table)
    console.print(
        f"{question.month}: {METHODS[left].name} has {_count(found.left_filings, 'filing')}, "
        f"{METHODS[right].name} {found.right_filings:,}; {_count(len(found.differences), 'difference')}. "
        f"{_count(requests, 'request')}."
    )
    if found.compared_through < question.last_day:
        console.print(f"Compared up to {found.compared_through}, the last day that both have.")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
