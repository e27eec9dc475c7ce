"""The prompt of `sql`: statements over several lines, errors that do not end it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.console import sql
from tests.conftest import settings_for


def _typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    waiting: Iterator[str] = iter(lines)

    def answer(prompt: str) -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)


def test_a_statement_ends_with_a_semicolon(
    month_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _typed(monkeypatch, "select count(*) as months", "from (select 7);", "selct;", "select 42 as answer;")
    assert sql.run_sql(settings_for(month_home), None, "csv") == 0
    printed = capsys.readouterr().out
    assert "months\n1\n" in printed
    assert "The query failed" in printed
    assert "answer\n42\n" in printed


def test_quit_leaves(
    month_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _typed(monkeypatch, "quit;", "select 42 as answer;")
    assert sql.run_sql(settings_for(month_home), None, "csv") == 0
    assert "42" not in capsys.readouterr().out
