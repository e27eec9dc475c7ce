"""`load-postgres`: the progress of a load, and its closing table."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.console.plain import output_console
from pipeline.console.progress import progress_bar
from pipeline.errors import ConfigurationError
from pipeline.printable import printable
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.warehouse.postgres_load import LoadReport

_MOST_NAMED = 12
"""Months; of more, how many they are."""


def load_into_postgres(settings: Settings, url: str | None, schema: str) -> int:
    """Load what is published and print what was done; returns the exit status.

    Raises:
        ConfigurationError: the URL or the schema's name cannot be meant, or psycopg is not installed.
        StorageError: nothing is published, or the database does not answer or refuses something.
    """
    try:
        from pipeline.warehouse.postgres_connection import open_postgres
        from pipeline.warehouse.postgres_load import load_postgres
    except ImportError as problem:
        raise ConfigurationError(
            f"load-postgres needs {problem.name}, which is not installed: "
            "pip install 'exit-charges[postgres]'."
        ) from problem
    if not 0 < len(schema.encode()) < 64 or "\0" in schema:
        raise ConfigurationError("--schema is a name of at most 63 bytes, such as exit_charges.")
    with open_postgres(url) as (connection, called), _progress() as progress:
        report = load_postgres(settings.home, connection, schema, progress, _say_that_we_wait)
    _print(report, called, schema)
    return 0


def _say_that_we_wait() -> None:
    print("Another load into this schema is under way; waiting for it.", file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    with progress_bar() as progress:
        task = progress.add_task("Connecting", total=None)
        yield lambda month, done, of: progress.update(task, description=month, completed=done, total=of)


def _print(report: "LoadReport", called: str, schema: str) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, rows in report.rows.items():
        table.add_row(name, f"{rows:,}")
    console = output_console()
    console.print(table)
    lines = [
        *report.schema_changes,
        f"Months loaded: {_named(report.loaded)}; unchanged: {len(report.unchanged):,}; "
        f"removed: {_named(report.removed)}.",
    ]
    if report.torn:
        lines.append(
            f"Torn in the home and left out: {_named(report.torn)}; run `exit-charges materialize` for them "
            "and load again."
        )
    lines.append(f"Schema {schema} of {called} holds what is published.")
    for line in lines:
        console.print(Text(printable(line)), soft_wrap=True)


def _named(months: Sequence[str]) -> str:
    if not months:
        return "none"
    if len(months) > _MOST_NAMED:
        return f"{len(months):,}, {months[0]} to {months[-1]}"
    return ", ".join(months)
