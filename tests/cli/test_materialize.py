"""`materialize`: which months, refusals before anything is done, and the closing table."""

from pathlib import Path

import click
import pytest

from pipeline.console.materialize import wanted_months
from pipeline.errors import ConfigurationError
from tests.cli.conftest import Run
from tests.conftest import MONTH, settings_for


def test_samples_are_run_whole_when_no_month_is_given(tmp_path: Path) -> None:
    months = wanted_months(settings_for(tmp_path), None, None, "2026-01")
    assert MONTH in months
    assert len(months) >= 8
    assert months == sorted(months)


def test_a_first_month_alone_is_that_month(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    assert wanted_months(settings, "2008-10", None, "2026-01") == ["2008-10"]
    assert wanted_months(settings, "2008-11", "2009-01", "2026-01") == ["2008-11", "2008-12", "2009-01"]


def test_a_month_to_come_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="still to come"):
        wanted_months(settings_for(tmp_path), "2008-10", "2026-02", "2026-01")


def test_other_sources_need_a_first_month(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="--from"):
        wanted_months(settings_for(tmp_path, "http://127.0.0.1:9"), None, None, "2026-01")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "2008-13"], "YYYY-MM"),
        (["--from", "2003-01"], "2004-08"),
        (["--from", "2009-01", "--to", "2008-01"], "earlier"),
        (["--from", "2008-10", "--source", "live"], "EXIT_CHARGES_IDENTITY"),
        (["--from", "2008-10", "--source", "ftp://x"], "EXIT_CHARGES_SOURCE"),
        (["--from", "2008-10", "--source", "http://127.0.0.1:9"], "http://127.0.0.1:9"),
    ],
)
def test_refusals_are_one_sentence_and_leave_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path / "home"))
    result = run("materialize", *arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "home").exists()


def test_the_closing_table_has_the_month_and_what_failed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    result = run("materialize", "--source", "sample", "--from", MONTH)
    assert result.exit_code == 0, result.output
    [row] = [line.split() for line in result.stdout.splitlines() if line.strip().startswith(MONTH)]
    assert int(row[1]) >= 1
    assert int(row[2]) >= 3
    (tmp_path / "raw" / "manifest" / f"{MONTH}.json").write_text("damaged", encoding="utf-8")
    failed = run("materialize", "--source", "sample", "--from", MONTH)
    assert failed.exit_code == 1
    assert f"{MONTH} failed:" in failed.stdout


def test_a_narrowed_month_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    result = run("materialize", "--source", "sample", "--from", MONTH, "--companies", "888693")
    assert result.exit_code == 0, result.output
    [row] = [line.split() for line in result.stdout.splitlines() if line.strip().startswith(MONTH)]
    assert int(row[1]) == 1
    assert f"Of some companies only, not of the whole market: {MONTH}" in result.stdout
    assert f"of some companies only, not of the whole market: 1, the first is {MONTH}" in run("doctor").stdout


def test_months_of_the_command_do_not_go_to_workers_and_it_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    monkeypatch.setenv("EXIT_CHARGES_DAGSTER_STORAGE", "postgresql://u@127.0.0.1:1/db")
    monkeypatch.setenv("EXIT_CHARGES_DASK", "tcp://127.0.0.1:1")
    monkeypatch.setattr("pipeline.console.materialize._run_with_progress", lambda settings, months: [])
    result = run("materialize", "--source", "sample", "--from", MONTH)
    assert result.exit_code == 0, result.output
    assert "run by this command's own processes" in result.stderr
