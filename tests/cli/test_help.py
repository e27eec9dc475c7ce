"""Help is fast and worth reading; light commands import nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SAMPLE = Path(__file__).parents[2] / "samples/Archives/edgar/data/888693/0000888693-08-000039.txt"
HEAVY = {"dagster", "great_expectations", "pandas", "polars", "pyarrow", "duckdb"}


@pytest.mark.parametrize(
    "command",
    [
        [],
        *([name] for name in ("extract", "materialize", "reconcile", "sql", "show", "review")),
        *([name] for name in ("release", "site", "load-postgres", "load-delta", "doctor")),
    ],
)
def test_help_has_examples_or_says_what_the_command_does(run: Run, command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert command == ["doctor"] or "exit-charges" in result.output.split("Usage:")[1]


@pytest.mark.parametrize("arguments", [["--help"], ["extract", str(SAMPLE)]])
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom pipeline.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as end: assert not end.code, end.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(ended.stderr.split())


def test_wrong_usage_ends_with_2(run: Run) -> None:
    assert run("extract").exit_code == 2
    assert run("extract", "x", "--format", "xml").exit_code == 2
    assert run("no-such-command").exit_code == 2
