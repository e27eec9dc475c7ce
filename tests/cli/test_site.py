"""`site`: where it is built, what it says, and errors in a sentence."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_it_names_the_address_of_the_site(run: Run, home: Path) -> None:
    result = run("site")

    assert result.exit_code == 0, result.output
    assert "4 filings, " in result.stdout
    assert result.stdout.endswith(f"The site: {(home / 'site' / 'index.html').as_uri()}\n")
    assert (home / "site" / "filings" / "0000888693-08-000039.html").is_file()


@pytest.mark.usefixtures("home")
def test_a_second_time_it_says_that_nothing_had_changed(run: Run) -> None:
    run("site")
    assert "nothing had changed." in run("site").stdout


@pytest.mark.usefixtures("home")
def test_a_directory_may_be_given(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("site", "elsewhere/site").exit_code == 0
    assert (tmp_path / "elsewhere/site/index.html").is_file()


@pytest.mark.parametrize(
    ("directory", "said"),
    [
        ("nowhere://there", "DIRECTORY is 'nowhere://there', which no installed file system understands"),
        (".", "give an empty DIRECTORY"),
    ],
)
def test_what_cannot_be_meant_ends_in_a_sentence(
    run: Run, home: Path, directory: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    result = run("site", directory)
    assert result.exit_code == 1
    assert said in result.stderr


def test_an_empty_home_ends_in_a_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path / "new"))
    result = run("site")
    assert result.exit_code == 1
    assert "does not exist yet; run `exit-charges materialize` first" in result.stderr
    assert not (tmp_path / "new").exists()
