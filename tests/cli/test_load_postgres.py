"""`load-postgres`: what it prints, and one sentence without a password where it cannot load."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from pipeline.warehouse.records import part_path
from tests.cli.conftest import Run
from tests.conftest import MONTH, settings_for
from tests.postgres_server import ESCAPED_PASSWORD, PASSWORD, USER


@pytest.fixture(autouse=True)
def _no_server_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGDATABASE", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("home")
def test_the_closing_table_says_what_was_done(run: Run, postgres_url: str) -> None:
    first, again = run("load-postgres", postgres_url), run("load-postgres", postgres_url)
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "Schema exit_charges was made." in first.stdout
    assert f"Months loaded: {MONTH}; unchanged: 0; removed: none." in first.stdout
    assert "Months loaded: none; unchanged: 1; removed: none." in again.stdout
    with psycopg.connect(postgres_url) as connection:
        [(charges,)] = connection.execute("SELECT count(*) FROM exit_charges.charges").fetchall()
    assert f"charges {charges:>22}".split() in [line.split() for line in first.stdout.splitlines()]
    for password in (PASSWORD, ESCAPED_PASSWORD):
        assert password not in first.output + again.output


@pytest.mark.usefixtures("home")
def test_another_schema_and_the_variables_of_libpq(
    run: Run, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = urlsplit(postgres_url)
    for name, value in (
        ("HOST", place.hostname), ("PORT", place.port), ("USER", USER), ("PASSWORD", PASSWORD),
        ("DATABASE", place.path[1:]),
    ):  # fmt: skip
        monkeypatch.setenv(f"PG{name}", str(value))
    result = run("load-postgres", "--schema", "other")
    assert result.exit_code == 0, result.output
    assert "Schema other of the database of the PG variables holds what is published." in result.stdout


def test_torn_months_are_named(run: Run, home: Path, postgres_url: str) -> None:
    run("load-postgres", postgres_url)
    part_path(settings_for(home).home, "charges", MONTH).write_bytes(b"torn")
    result = run("load-postgres", postgres_url)
    assert result.exit_code == 1
    assert "Nothing is published in" in result.stderr


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:secret@127.0.0.1:1/db", "//u:***@127.0.0.1:1/db does not answer (connection"),
        ("postgresql://u:sec/ret@127.0.0.1/db", "URL is no URL of a PostgreSQL database"),
        ("postgresql://u:secret@127.0.0.1/db?no_such=secret", "has an option that PostgreSQL does not know"),
        ("secret", "URL is no URL of a PostgreSQL database"),
    ],
)
def test_a_wrong_url_is_one_sentence(run: Run, url: str, said: str) -> None:
    result = run("load-postgres", url)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("exit-charges: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert "secret" not in result.stderr


@pytest.mark.usefixtures("home")
def test_a_wrong_password_is_not_told(run: Run, postgres_url: str) -> None:
    result = run("load-postgres", postgres_url.replace(ESCAPED_PASSWORD, "secret"))
    assert result.exit_code == 1
    assert "password authentication failed" in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.usefixtures("home")
def test_no_database_is_guessed(run: Run) -> None:
    result = run("load-postgres")
    assert result.exit_code == 1
    assert "No database is named" in result.stderr


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("schema", ["", "x" * 64])
def test_a_schema_has_a_name(run: Run, schema: str) -> None:
    result = run("load-postgres", "postgresql://u@127.0.0.1:1/db", "--schema", schema)
    assert result.exit_code == 1
    assert "--schema is a name of at most 63 bytes" in result.stderr


@pytest.mark.usefixtures("home")
def test_without_psycopg_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("pipeline.warehouse.postgres")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    result = run("load-postgres", "postgresql://u@127.0.0.1:1/db")
    assert result.exit_code == 1
    assert "load-postgres needs psycopg, which is not installed: pip install 'exit-charges[postgres]'" in (
        result.stderr
    )
