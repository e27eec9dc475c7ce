"""Queries against the database: one given, one from standard input, or a prompt."""

import sys

from pipeline.console.query_result import print_result
from pipeline.errors import ExitChargesError
from pipeline.settings import Settings
from pipeline.warehouse.query import run_query

_WELCOME = """\
The database, opened for reading. End a query with a semicolon; `show tables;` lists what there is,
`describe charges;` says what a table holds. Ctrl-D leaves."""
_LEAVING = {"exit", "quit", ".exit", ".quit", "\\q"}


def run_sql(settings: Settings, query: str | None, form: str) -> int:
    """Print what `query` gives, or hold the prompt; returns the exit status."""
    if query is None and sys.stdin.isatty():
        return _prompt(settings, form)
    print_result(run_query(settings.home, query if query is not None else sys.stdin.read()), form)
    return 0


def _prompt(settings: Settings, form: str) -> int:
    import readline  # noqa: F401 - gives `input` a history and editing

    print(_WELCOME)
    lines: list[str] = []
    while True:
        try:
            line = input("       -> " if lines else "charges=> ")
        except KeyboardInterrupt:
            lines.clear()
            print()
            continue
        except EOFError:
            print()
            return 0
        if not lines and line.strip().rstrip(";").lower() in _LEAVING:
            return 0
        lines.append(line)
        if line.rstrip().endswith(";"):
            try:
                print_result(run_query(settings.home, "\n".join(lines)), form)
            except ExitChargesError as problem:
                print(problem)
            lines.clear()
