"""`show`: the page of a published filing, where it is written, and what is said of one that is not there."""

from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Run

SEED = "0000888693-08-000039"


def test_the_page_is_written_into_the_home_and_its_path_printed(run: Run, home: Path) -> None:
    result = run("show", SEED)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{home / 'pages' / SEED}.html\n"
    page = (home / "pages" / f"{SEED}.html").read_text(encoding="utf-8")
    assert "ISCO INTERNATIONAL INC" in page
    assert page.count("All checks passed.") == 4
    assert "no check has judged" not in page


def test_the_dashes_may_be_left_out(run: Run, home: Path) -> None:
    assert run("show", SEED.replace("-", "")).stdout == f"{home / 'pages' / SEED}.html\n"


def test_the_page_goes_where_it_is_asked_for(run: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "seed.html"
    assert run("show", SEED, "--output", file).stdout == f"{file}\n"
    assert run("show", SEED, "--output", "-").stdout == file.read_text(encoding="utf-8")
    assert not (home / "pages").exists()


@pytest.mark.parametrize("number", ["0000000000-00-000000", "nonsense", ""])
def test_an_unknown_number_names_the_remedy(run: Run, home: Path, number: str) -> None:
    result = run("show", number)
    assert result.exit_code == 1
    assert "is not among the published filings; `exit-charges sql" in result.stderr
    assert not result.stdout
    assert not (home / "pages").exists()


def test_without_a_database_the_remedy_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    result = run("show", SEED)
    assert result.exit_code == 1
    assert "run `exit-charges materialize` first" in result.stderr


def test_a_database_of_another_version_names_the_remedy(run: Run, home: Path) -> None:
    with duckdb.connect(home / "warehouse" / "exit_charges.duckdb") as connection:
        connection.execute("DROP MACRO schema_version")
    result = run("show", SEED)
    assert result.exit_code == 1
    assert "built by another version of exit-charges" in result.stderr
