"""`reconcile`: refusals, and what it prints of the samples."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import MONTH
from tests.replica.replica import running_replica
from tests.replica.tiny_edgar import TinyEdgar
from tests.replica.tiny_indexes import write_quarterly_indexes


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("month", [MONTH, "2004-09", "2005-02", "2007-10", "2025-06"])
def test_search_and_index_of_the_samples_agree(run: Run, month: str) -> None:
    result = run("reconcile", "--month", month)
    assert result.exit_code == 0, result.output
    assert "0 differences" in result.stdout


def test_companies_lists_of_the_samples_agree_too(run: Run) -> None:
    result = run(
        "reconcile", "--month", "2004-09", "--between", "submissions,index", "--companies", "9990102,9990103"
    )
    assert result.exit_code == 0, result.output
    assert "submissions data has 2 filings, filing indexes 2; 0 differences" in result.stdout


def test_what_the_samples_cannot_answer_is_an_error(run: Run) -> None:
    result = run("reconcile", "--month", MONTH, "--between", "search,bulk")
    assert result.exit_code == 1
    assert "submissions.zip (from sample)" in result.stderr
    absent = run("reconcile", "--month", "2009-12")
    assert absent.exit_code == 1
    assert "neither a quarterly nor a daily index of 2009-12" in absent.stderr
    broken = run("reconcile", "--month", "2024-02")  # one of its filings is an error page on purpose
    assert broken.exit_code == 1
    assert "0009990132-24-000012" in broken.stderr


def test_differences_are_a_table_and_exit_status_1(run: Run, tmp_path: Path) -> None:
    edgar = TinyEdgar(tmp_path / "edgar")
    edgar.add("0000000901-08-000001", "2008-10-07", name="[bold]EXAMPLE[/] CORP")
    edgar.add("0000000901-08-000002", "2008-10-07")
    edgar.rows.pop(0)
    write_quarterly_indexes(edgar)
    with running_replica(edgar.root) as replica:
        result = run("reconcile", "--month", MONTH, "--source", replica.base_url)
    assert result.exit_code == 1
    assert "full-text search has 2 filings, filing indexes 1; 1 difference." in result.stdout
    [row] = [line.split() for line in result.stdout.splitlines() if line.strip().startswith("0000000901")]
    assert row == ["0000000901-08-000001", "[bold]EXAMPLE[/]", "CORP", "listed", "yes", "no"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--month", "2008-13"], 1, "YYYY-MM"),
        (["--month", "2003-01"], 1, "2004-08"),
        (["--month", "9999-01"], 1, "still to come"),
        (["--month", MONTH, "--between", "search"], 2, "--between"),
        (["--month", MONTH, "--between", "search,search"], 2, "--between"),
        (["--month", MONTH, "--between", "search,yours"], 2, "--between"),
        (["--month", MONTH, "--between", "search,submissions"], 1, "--companies"),
        (["--month", MONTH, "--companies", "NONE"], 1, "company_tickers.json"),
    ],
)
def test_refusals(run: Run, arguments: list[str], status: int, said: str) -> None:
    result = run("reconcile", *arguments)
    assert result.exit_code == status
    assert said in result.stderr
