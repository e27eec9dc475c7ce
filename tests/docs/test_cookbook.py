"""Each query of the cookbook gives what the page shows, from the sample archive."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from tests.docs.cookbook import PAGE, answer, recipes


@pytest.fixture(scope="module")
def archive_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which every month of the sample archive was run."""
    home = tmp_path_factory.mktemp("archive-home")
    environment = {"EXIT_CHARGES_HOME": str(home)}
    result = CliRunner().invoke(main, ["materialize", "--source", "sample"], env=environment)
    assert result.exit_code == 0, result.output
    return home


def test_the_page_shows_what_the_queries_give(archive_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(archive_home))
    shown = recipes(PAGE.read_text(encoding="utf-8"))
    assert len(shown) >= 25
    assert {query: answer(query) for query in shown} == shown
