"""What a check reports: which rows fail it, what stood in them, and the words that they were read from."""

import shutil
from pathlib import Path

import dagster as dg
import pytest

from assets.checks import checks
from assets.published import published
from assets.staged import exit_charges
from assets.surroundings import Surroundings
from pipeline.warehouse.staging import read_staged, write_staged
from tests.conftest import MONTH, settings_for

SEED = "0000888693-08-000039"


@pytest.fixture(scope="module")
def results(month_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dg.AssetCheckEvaluation]:
    """By name, of a month in which one charge's figure lies behind its evidence."""
    home = tmp_path_factory.mktemp("checks") / "home"
    shutil.copytree(month_home, home, ignore=shutil.ignore_patterns("dagster"))
    upath = settings_for(home).home
    staged = {name: rows.to_pylist() for name, rows in read_staged(upath, "exit_charges", MONTH).items()}
    [first, *_] = [charge for charge in staged["charges"] if charge["accession_number"] == SEED]
    first["figure_start"] = first["figure_end"] = first["char_end"] + 10
    write_staged(upath, "exit_charges", MONTH, staged)
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [exit_charges, published, checks],
            # Checks of a month do not run without any asset of it.
            selection=dg.AssetSelection.assets(*published.keys)
            | dg.AssetSelection.checks_for_assets(exit_charges),
            partition_key=MONTH,
            resources={"surroundings": Surroundings(home=str(home), source="sample")},
            instance=instance,
        )
    return {one.asset_check_key.name: one for one in result.get_asset_check_evaluations()}


def test_a_check_that_fails_shows_the_rows_with_their_words(
    results: dict[str, dg.AssetCheckEvaluation],
) -> None:
    failed = {name for name, result in results.items() if not result.passed}
    assert failed
    for name in failed:
        shown = results[name].metadata["rows"]
        assert isinstance(shown, dg.TableMetadataValue)
        [row] = [dict(record.data) for record in shown.records if record.data["filing"] == SEED]
        assert results[name].severity is dg.AssetCheckSeverity.WARN
        assert results[name].metadata["failed_rows"].value == 1
        assert row["row_key"]
        assert str(row["observed"]).startswith("{")
        assert "75,000" in str(row["evidence"])
        assert results[name].description


def test_a_check_that_passes_shows_none(results: dict[str, dg.AssetCheckEvaluation]) -> None:
    passed = [result for result in results.values() if result.passed]
    assert results["structure"].passed
    assert all("rows" not in result.metadata for result in passed)
