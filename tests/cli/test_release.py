"""`release`: the closing table, where the folder is made, and errors in a sentence."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Run
from tests.conftest import MONTH

NAME = "exit-charges-2026-01-31"


def test_the_closing_table_says_what_is_in_it_and_where(run: Run, home: Path) -> None:
    result = run("release", "--date", "2026-01-31")

    assert result.exit_code == 0, result.output
    assert f"{home}/releases/{NAME} is written." in result.stdout
    assert f"Months: {MONTH}\n" in result.stdout
    sums = (home / "releases" / NAME / "SHA256SUMS").read_text()
    [manifest] = [line.split()[0] for line in sums.splitlines() if line.endswith("  manifest.json")]
    assert f"SHA-256 of manifest.json: {manifest}" in result.stdout
    for name in ("filings", "charges", "amendments", "current_charges"):
        assert name in result.stdout


def test_a_second_time_it_says_that_nothing_was_changed(run: Run, home: Path) -> None:
    run("release", "--date", "2026-01-31")
    result = run("release", "--date", "2026-01-31")

    assert result.exit_code == 0
    assert "stood there already with the same content; nothing was changed." in result.stdout


def test_a_directory_may_be_given(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("release", "elsewhere/releases", "--date", "2026-01-31")

    assert result.exit_code == 0, result.output
    assert (tmp_path / "elsewhere/releases" / NAME / "charges.csv").is_file()
    assert not (home / "releases").exists()


@pytest.mark.usefixtures("home")
def test_the_charges_of_the_seed_filing_are_in_it(run: Run, tmp_path: Path) -> None:
    run("release", tmp_path, "--date", "2026-01-31")
    text = (tmp_path / NAME / "charges.csv").read_text(encoding="utf-8")

    assert text.count('"0000888693-08-000039"') == 3
    assert "100000.00,100000.00" in text


def test_without_a_date_it_is_that_of_the_east_coast(run: Run, home: Path) -> None:
    before = dt.datetime.now(ZoneInfo("America/New_York")).date()
    result = run("release")
    after = dt.datetime.now(ZoneInfo("America/New_York")).date()

    assert result.exit_code == 0, result.output
    made = {path.name for path in (home / "releases").iterdir() if not path.name.startswith(".")}
    assert made <= {f"exit-charges-{before}", f"exit-charges-{after}"}
    assert len(made) == 1


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--date", "31.1.2026"), "'31.1.2026' is no date; write it as YYYY-MM-DD"),
        (("--date", "2008-01-01"), f"lies before {MONTH}"),
        (("nowhere://there",), "DIRECTORY is 'nowhere://there', which no installed file system understands"),
    ],
)
def test_what_cannot_be_meant_ends_in_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run("release", *arguments)

    assert result.exit_code == 1
    assert said in result.stderr


def test_an_empty_home_ends_in_a_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path / "new"))
    result = run("release")

    assert result.exit_code == 1
    assert "No month is published" in result.stderr
    assert not (tmp_path / "new").exists()
