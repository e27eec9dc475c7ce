"""`review`: rejected rows with their evidence, decisions recorded, applied by the next run."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from upath import UPath

from expectations import judge_month
from pipeline.warehouse.corrections import read_corrections
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.published import read_month
from pipeline.warehouse.staging import STAGED_TABLES, write_staged
from tests.cli.conftest import Run
from tests.factories import Rows, arrow_tables, month_rows

MONTH = "2008-10"


def misread(filings: int = 2) -> tuple[Rows, str]:
    """Filings of which the first has a charge a thousand times too small; and that charge's key."""
    rows = month_rows(filings)
    row = rows["charges"][1]
    row["amount_low"] = row["amount_high"] = Decimal(8_000)
    return rows, row["charge_id"]


def run_month(home: UPath, rows: Rows) -> None:
    """Stage, judge and publish, as a run does."""
    write_staged(home, "sections", MONTH, {name: rows[name] for name in STAGED_TABLES["sections"]})
    write_staged(home, "exit_charges", MONTH, {name: rows[name] for name in STAGED_TABLES["exit_charges"]})
    judgement = judge_month(MONTH, arrow_tables(rows), corrections=read_corrections(home))
    if not judgement.breaches:
        publish_month(home, MONTH, judgement.passed)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UPath:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    run_month(UPath(tmp_path), misread()[0])
    return UPath(tmp_path)


def listed(run: Run, *arguments: str) -> list[dict[str, str]]:
    result = run("review", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    rows: list[dict[str, str]] = json.loads(result.stdout)
    return rows


@pytest.mark.usefixtures("home")
def test_the_list_has_the_evidence_and_what_was_observed(run: Run) -> None:
    [row] = listed(run)

    assert (row["table_name"], row["row_key"], row["state"]) == ("charges", misread()[1], "open")
    assert row["checks"] == "amount_reads_from_figure"
    assert row["observed"] == "amount_low: 8000.00, amount_high: 8000.00"
    assert row["evidence"].startswith("These include severance of $5.0 million")


@pytest.mark.usefixtures("home")
def test_the_list_is_a_table_or_csv_too(run: Run) -> None:
    shown = run("review").stdout
    assert "amount_reads_from_figure" in shown
    assert misread()[1] in shown
    assert "1 row" in shown
    [row] = csv.DictReader(io.StringIO(run("review", "--format", "csv").stdout))
    assert row["row_key"] == misread()[1]


def test_a_decision_is_recorded_and_the_next_run_applies_it(run: Run, home: UPath) -> None:
    key = misread()[1]
    recorded = run(
        "review", key, "--set", "amount_low=5,000,000", "--set", "amount_high=6000000.00",
        "--by", "Jane Doe", "--reason", "The sentence says so.",
    )  # fmt: skip
    assert recorded.exit_code == 0, recorded.output
    assert f"run `exit-charges materialize --from {MONTH} --to {MONTH}`" in recorded.stdout
    assert listed(run) == []
    [decided] = listed(run, "--all")
    assert decided["state"] == "correct by Jane Doe"

    run_month(home, misread()[0])

    tables = read_month(home, MONTH)
    [charge] = [row for row in tables["charges"].to_pylist() if row["charge_id"] == key]
    assert (charge["amount_low"], charge["amount_high"]) == (Decimal(5_000_000), Decimal(6_000_000))
    assert charge["flags"] == ["corrected_in_review"]
    [trail] = tables["corrections"].to_pylist()
    assert (trail["outcome"], trail["figure"]) == ("applied", "$5.0 million to $6.0 million")
    assert listed(run, "--all") == []


def test_a_published_row_can_be_decided_on(run: Run, home: UPath) -> None:
    key = month_rows()["charges"][2]["charge_id"]
    assert run("review", key, "--drop", "--by", "J. Doe", "--reason", "Not of the plan.").exit_code == 0

    run_month(home, misread()[0])

    assert key not in read_month(home, MONTH)["charges"]["charge_id"].to_pylist()


def test_a_decision_that_no_longer_fits_is_listed(run: Run, home: UPath) -> None:
    key = misread()[1]
    run("review", key, "--accept", "--by", "J. Doe", "--reason", "It is right.")

    run_month(home, month_rows())

    [row] = listed(run)
    assert (row["row_key"], row["state"]) == (key, "stale: accept by J. Doe")


def test_a_month_that_is_held_back_is_reviewed_as_it_is_staged(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    rows = month_rows(6)
    for row in rows["charges"][:6]:
        row["amount_low"] = row["amount_high"] = Decimal(7)
    run_month(UPath(tmp_path), rows)
    assert listed(run) == []

    shown = listed(run, "--month", MONTH)
    assert len(shown) == 6
    for row in shown[:4]:
        decided = run("review", row["row_key"], "--month", MONTH, "--drop", "--by", "J.", "--reason", "No.")
        assert decided.exit_code == 0, decided.output

    run_month(UPath(tmp_path), rows)
    assert len(listed(run)) == 2


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accept",), "Name the row to decide on"),
        (("--month", "2008-13"), "'2008-13' is no month; write it as YYYY-MM"),
        (("KEY", "--month", "x", "--drop", "--reason", "x", "--by", "J"), "'x' is no month"),
        (("KEY", "--reason", "x"), "Decide with one of"),
        (("KEY", "--accept", "--drop", "--reason", "x"), "Decide with one of"),
        (("KEY", "--accept"), "Give the --reason"),
        (("KEY", "--accept", "--reason", "x"), "Say who decides: --by NAME"),
        (("KEY", "--set", "amount_low", "--reason", "x", "--by", "J"), "write column=value"),
        (("KEY", "--set", "amount_low=lots", "--reason", "x", "--by", "J"), "an amount such as 1250000.00"),
        (("KEY", "--set", "category=x", "--reason", "x", "--by", "J"), "category is one of severance"),
        (("KEY", "--set", "evidence=x", "--reason", "x", "--by", "J"), "cannot be corrected"),
        (("KEY", "--set", "colour=red", "--reason", "x", "--by", "J"), "charges has no column colour"),
        (("KEY", "--set", "role=", "--reason", "x", "--by", "J"), "role is never null"),
        (("0000", "--accept", "--reason", "x", "--by", "J"), "No published month has a row '0000'"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run("review", *(misread()[1] if word == "KEY" else word for word in arguments))

    assert result.exit_code in (1, 2)
    assert said in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_a_line_that_cannot_be_understood_is_named(run: Run, home: UPath) -> None:
    key = misread()[1]
    run("review", key, "--accept", "--by", "J. Doe", "--reason", "It is right.")
    path = home / "corrections.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("accept", "acept"), encoding="utf-8")

    assert "decision is one of accept, correct, drop" in " ".join(run("doctor").stdout.split())
    result = run("review")

    assert result.exit_code == 1
    assert f"decision 1 ({key}) cannot be applied: decision is one of accept, correct, drop" in result.stderr
    assert "Correct or delete the line" in result.stderr
