"""A structural breach blocks publishing: the tables keep the last good rows."""

import shutil
from pathlib import Path

import dagster as dg
import pytest

from assets.checks import checks
from assets.published import published
from assets.staged import exit_charges, sections
from assets.surroundings import Surroundings
from pipeline.warehouse.published import read_month
from pipeline.warehouse.staging import read_staged, write_staged
from tests.conftest import MONTH, settings_for


@pytest.fixture
def home_with_a_breach(month_home: Path, tmp_path: Path) -> Path:
    """A home whose staged charges have every key twice, and a good month published before."""
    home = tmp_path / "home"
    shutil.copytree(month_home, home, ignore=shutil.ignore_patterns("dagster"))
    upath = settings_for(home).home
    staged = {name: rows.to_pylist() for name, rows in read_staged(upath, "exit_charges", MONTH).items()}
    staged["charges"] *= 2
    write_staged(upath, "exit_charges", MONTH, staged)
    return home


def _run(home: Path, selection: dg.AssetSelection) -> dg.ExecuteInProcessResult:
    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize(
            [sections, exit_charges, published, checks],
            selection=selection,
            partition_key=MONTH,
            resources={"surroundings": Surroundings(home=str(home), source="sample")},
            instance=instance,
            raise_on_error=False,
        )


def test_a_breach_fails_its_check_and_keeps_the_last_good_rows(home_with_a_breach: Path) -> None:
    home = settings_for(home_with_a_breach).home
    before = read_month(home, MONTH)
    result = _run(
        home_with_a_breach,
        dg.AssetSelection.assets(*published.keys) | dg.AssetSelection.checks_for_assets(exit_charges),
    )
    assert not result.success
    [structure] = [
        evaluation
        for evaluation in result.get_asset_check_evaluations()
        if evaluation.asset_check_key.name == "structure"
    ]
    assert not structure.passed
    assert structure.severity is dg.AssetCheckSeverity.ERROR
    assert not result.asset_materializations_for_node("published")
    assert read_month(home, MONTH) == before


def test_publishing_refuses_a_breach_also_without_the_checks(home_with_a_breach: Path) -> None:
    home = settings_for(home_with_a_breach).home
    before = read_month(home, MONTH)
    selection = dg.AssetSelection.assets(*published.keys).without_checks()
    result = _run(home_with_a_breach, selection)
    assert not result.success
    assert read_month(home, MONTH) == before
