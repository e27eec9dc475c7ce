"""After losing the home: what has to be kept for the same tables to come back."""

import hashlib
import shutil
from pathlib import Path

from click.testing import CliRunner

from assets.month_runs import run_months
from pipeline.cli import main
from pipeline.warehouse.published import read_month
from tests.conftest import MONTH, settings_for

SEED = "0000888693-08-000039"


def _published(home: Path) -> dict[str, str]:
    files = sorted((home / "warehouse").rglob("*.parquet"))
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _run(home: Path) -> int:
    """Run the month; returns how many filings were fetched."""
    [month, database] = run_months(settings_for(home), [MONTH])
    assert (month.problem, database.problem) == (None, None)
    return month.fetched


def test_the_same_tables_come_back_from_what_was_received_and_decided(
    month_home: Path, tmp_path: Path
) -> None:
    lost, restored = tmp_path / "lost", tmp_path / "restored"
    shutil.copytree(month_home, lost, ignore=shutil.ignore_patterns("dagster"))
    [charge, *_] = [
        row
        for row in read_month(settings_for(lost).home, MONTH)["charges"].to_pylist()
        if row["accession_number"] == SEED
    ]
    decision = ["review", charge["charge_id"], "--set", "settlement=cash", "--by", "J. Doe", "--reason", "R."]
    decided = CliRunner().invoke(main, decision, env={"EXIT_CHARGES_HOME": str(lost)})
    assert decided.exit_code == 0, decided.output
    _run(lost)
    assert _published(lost) != _published(month_home)

    restored.mkdir()
    shutil.copytree(lost / "raw", restored / "raw")
    shutil.copy(lost / "corrections.csv", restored)
    assert _run(restored) == 0
    assert _published(restored) == _published(lost)


def test_without_decisions_the_same_tables_come_back_from_nothing(month_home: Path, tmp_path: Path) -> None:
    assert _run(tmp_path) > 0
    assert _published(tmp_path) == _published(month_home)
