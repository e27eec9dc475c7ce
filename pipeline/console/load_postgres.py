"""`load-postgres`: the progress of a load, and its closing table."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.console.copied import print_copied
from pipeline.console.progress import progress_bar
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings


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
    closing = f"Schema {schema} of {called} holds what is published."
    print_copied(report.rows, report.months, report.schema_changes, closing)
    return 0


def _say_that_we_wait() -> None:
    print("Another load into this schema is under way; waiting for it.", file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    with progress_bar() as progress:
        task = progress.add_task("Connecting", total=None)
        yield lambda month, done, of: progress.update(task, description=month, completed=done, total=of)
