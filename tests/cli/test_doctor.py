"""`doctor`: what is healthy, what is not, and the exit status that says so."""

import shutil
from pathlib import Path

import pytest

from assets.instance import instance_directory, open_instance
from pipeline.settings import load_settings
from pipeline.warehouse.records import part_path
from tests.cli.conftest import Run
from tests.conftest import MONTH, settings_for
from tests.postgres_server import ESCAPED_PASSWORD


def test_a_healthy_home(run: Run, month_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(month_home))
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert "wrong" not in result.stdout
    assert f"1 complete, {MONTH} to {MONTH}" in result.stdout
    for said in ("dagster 1.13.27", "sample answers", "can be written"):
        assert said in result.stdout


def test_a_home_that_does_not_exist_yet_is_well(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path / "new"))
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert "none is published yet" in result.stdout
    assert not (tmp_path / "new").exists()


def test_where_dagster_keeps_its_runs(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    assert f"SQLite, in {tmp_path / 'dagster'}" in run("doctor").stdout


def test_dagsters_storage_is_looked_at_and_not_made(
    run: Run, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    monkeypatch.setenv("EXIT_CHARGES_DAGSTER_STORAGE", postgres_url)
    before = run("doctor")
    assert before.exit_code == 0, before.output
    assert "PostgreSQL, postgresql://exit_charges:***@127.0.0.1:" in before.stdout
    assert "no instance yet" in before.stdout
    assert not instance_directory(settings_for(tmp_path)).exists()
    with open_instance(load_settings()):
        pass
    assert "0 runs" in run("doctor").stdout
    assert ESCAPED_PASSWORD not in before.output


def test_a_storage_that_does_not_answer_is_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    monkeypatch.setenv("EXIT_CHARGES_DAGSTER_STORAGE", "postgresql://u:secret@127.0.0.1:1/db")
    result = run("doctor")
    assert result.exit_code == 1
    assert "postgresql://u:***@127.0.0.1:1/db, does not answer" in result.stdout
    assert "secret" not in result.output


def test_a_scheduler_that_does_not_answer_is_wrong(
    run: Run, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.health._ANSWER_SECONDS", 0.2)
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    monkeypatch.setenv("EXIT_CHARGES_DAGSTER_STORAGE", postgres_url)
    monkeypatch.setenv("EXIT_CHARGES_DASK", "tcp://127.0.0.1:1")
    result = run("doctor")
    assert result.exit_code == 1
    assert "EXIT_CHARGES_DASK, tcp://127.0.0.1:1, does not answer" in result.stdout


def test_a_torn_month_is_wrong_and_named(
    run: Run, month_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    shutil.copytree(month_home, home, ignore=shutil.ignore_patterns("dagster"))
    part_path(settings_for(home).home, "charges", MONTH).write_bytes(b"torn")
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(home))
    result = run("doctor")
    assert result.exit_code == 1
    assert f"{MONTH} is torn" in result.stdout


def test_live_without_an_identity_is_wrong(
    run: Run, month_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(month_home))
    monkeypatch.setenv("EXIT_CHARGES_SOURCE", "live")
    result = run("doctor")
    assert result.exit_code == 1
    assert "EXIT_CHARGES_IDENTITY is not set" in result.stdout


def test_a_source_that_does_not_answer_is_wrong(
    run: Run, month_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(month_home))
    monkeypatch.setenv("EXIT_CHARGES_SOURCE", "http://127.0.0.1:9")
    result = run("doctor")
    assert result.exit_code == 1
    assert "127.0.0.1:9" in result.stdout
