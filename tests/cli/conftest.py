"""The command line, run in this process."""

from collections.abc import Callable

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
