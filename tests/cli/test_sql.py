"""`sql`: queries in three formats, and errors in a sentence."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SEED_CHARGES = (
    "select category, amount_low, amount_high, settlement, evidence from charges "
    "where accession_number = '0000888693-08-000039' order by ordinal"
)


@pytest.fixture
def here(month_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(month_home))


@pytest.mark.usefixtures("here")
def test_json_gives_numbers(run: Run) -> None:
    rows = json.loads(run("sql", SEED_CHARGES, "--format", "json").stdout)
    assert [(row["category"], row["amount_low"], row["settlement"]) for row in rows] == [
        ("severance", 75_000, "unstated"),
        ("retention", 100_000, "unstated"),
        ("stock_compensation", 75_000, "noncash"),
    ]
    assert rows[0]["evidence"].endswith("approximately \\$75,000.")


@pytest.mark.usefixtures("here")
def test_csv_has_a_head_and_plain_values(run: Run) -> None:
    query = "select 1.50::decimal(18,2) a, null b, date '2008-10-27' c, 'x, \"y\"' d, [1, 2] e"
    head, row = csv.reader(io.StringIO(run("sql", query, "--format", "csv").stdout))
    assert head == ["a", "b", "c", "d", "e"]
    assert row == ["1.5", "", "2008-10-27", 'x, "y"', "[1, 2]"]


@pytest.mark.usefixtures("here")
def test_the_table_parts_thousands_and_counts_rows(run: Run) -> None:
    shown = run("sql", SEED_CHARGES).stdout
    assert "100,000" in shown
    assert "3 rows" in shown
    assert "retention" in shown


@pytest.mark.usefixtures("here")
def test_the_shares_are_linked_to_the_third_charge(run: Run) -> None:
    query = (
        "select s.count_low, c.ordinal from share_figures s join charges c using (charge_id) "
        "where s.accession_number = '0000888693-08-000039'"
    )
    [row] = json.loads(run("sql", query, "--format", "json").stdout)
    assert row == {"count_low": 1_100_000, "ordinal": 3}


@pytest.mark.usefixtures("here")
def test_a_query_from_standard_input(run: Run) -> None:
    assert json.loads(run("sql", "--format", "json", stdin="select 1 as a").stdout) == [{"a": 1}]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("query", ["selct 1", "select * from nothing", "delete from charges"])
def test_a_wrong_query_ends_in_a_sentence(run: Run, query: str) -> None:
    result = run("sql", query)
    assert result.exit_code == 1
    assert result.stderr.startswith("exit-charges: ")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("query", ["", "/* nothing */", ";"])
def test_nothing_asked_gives_no_rows(run: Run, query: str) -> None:
    assert "0 rows" in run("sql", query).stdout


def test_without_a_database_the_sentence_says_how_to_get_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    result = run("sql", "select 1")
    assert result.exit_code == 1
    assert "materialize" in result.stderr
