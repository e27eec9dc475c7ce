"""What is configured wrongly gives one sentence and its remedy, whichever command meets it."""

import os
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.warehouse.database import database_path
from pipeline.warehouse.records import part_path
from tests.cli.conftest import Run
from tests.conftest import MONTH, settings_for

COMMANDS = {
    "sql": ("sql", "select category from charges"),
    "materialize": ("materialize", "--from", MONTH),
    "release": ("release", "--date", "2026-01-31"),
    "review": ("review",),
    "doctor": ("doctor",),
}


def said(run: Run, command: str) -> str:
    """What a command that must fail says, in one line."""
    result = run(*COMMANDS[command])
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("url", ["nope://bucket/prefix", "ftps3://x"])
def test_a_url_of_an_unknown_scheme(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, url: str
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", url)
    message = said(run, command)
    assert f"EXIT_CHARGES_HOME is {url!r}, which no installed file system understands" in message
    assert "give a directory, or a URL" in message


@pytest.mark.parametrize("command", COMMANDS)
def test_a_url_whose_file_system_is_not_installed(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", "dropbox://exit-charges")
    message = said(run, command)
    assert "EXIT_CHARGES_HOME is 'dropbox://exit-charges'" in message
    assert "with its file-system package installed" in message


@pytest.mark.parametrize("command", ["materialize", "doctor"])
def test_a_home_that_is_a_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path / "file"))
    assert "make it writable" in said(run, command)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("command", ["materialize", "doctor"])
def test_a_home_that_cannot_be_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path / "home"))
    tmp_path.chmod(0o500)
    try:
        assert "make it writable" in said(run, command)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("command", ["materialize", "release", "doctor"])
def test_a_foreign_file_in_a_tables_folder(run: Run, home: Path, command: str) -> None:
    (home / "warehouse/charges/notes.txt").write_text("mine")
    message = said(run, command)
    assert "warehouse/charges/notes.txt is not a file of this warehouse; move it out" in message


@pytest.mark.parametrize("command", ["release", "doctor"])
def test_a_parquet_file_of_another_schema(run: Run, home: Path, command: str) -> None:
    path = Path(part_path(settings_for(home).home, "charges", MONTH).path)
    pq.write_table(pq.ParquetFile(path).read().drop_columns(["currency"]), path)
    message = said(run, command)
    assert f"{MONTH} is torn" in message
    assert f"`exit-charges materialize --from {MONTH}" in message


def test_the_run_that_is_the_remedy_mends_it(run: Run, home: Path) -> None:
    path = Path(part_path(settings_for(home).home, "charges", MONTH).path)
    before = path.read_bytes()
    path.write_bytes(b"no Parquet")
    assert run(*COMMANDS["materialize"]).exit_code == 0
    assert path.read_bytes() == before
    assert run("doctor").exit_code == 0


def test_a_catalogue_of_an_older_version(run: Run, home: Path) -> None:
    path = Path(database_path(settings_for(home).home).path)
    path.unlink()
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE charges (amount DOUBLE)")
    message = said(run, "sql")
    assert "a database that another version of exit-charges built; run `exit-charges materialize`" in message
    assert "built by another version" in run("doctor").stdout
    assert run(*COMMANDS["materialize"]).exit_code == 0
    assert run(*COMMANDS["sql"]).exit_code == 0


@pytest.mark.parametrize("command", ["sql", "doctor"])
def test_a_catalogue_that_is_none(run: Run, home: Path, command: str) -> None:
    Path(database_path(settings_for(home).home).path).write_bytes(b"no database" * 1000)
    message = said(run, command)
    assert "cannot be opened" in message
    assert "delete it and run `exit-charges materialize` again" in message


def test_an_unknown_source(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_SOURCE", "ftp://mirror.example.org")
    assert "EXIT_CHARGES_SOURCE is 'ftp://mirror.example.org'; set it to `live`" in said(run, "materialize")
