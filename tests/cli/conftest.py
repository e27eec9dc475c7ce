"""The command line, run in this process."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `exit-charges` with arguments; a wide terminal, so that tables keep their cells in one line."""
    monkeypatch.setenv("COLUMNS", "400")

    def invoke(*arguments: object, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def home(month_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a home in which a month was run."""
    copy = tmp_path / "home"
    shutil.copytree(month_home, copy, ignore=shutil.ignore_patterns("dagster"))
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(copy))
    return copy
