"""The site as an asset: it is materialized from the database, and says where it is."""

import shutil
from pathlib import Path

import dagster as dg

from assets.database import database
from assets.site import site
from assets.surroundings import Surroundings


def test_the_site_is_materialized_from_the_database(month_home: Path, tmp_path: Path) -> None:
    shutil.copytree(month_home / "warehouse", tmp_path / "warehouse")
    result = dg.materialize(
        [site, dg.AssetSpec(database.key)], resources={"surroundings": Surroundings(home=str(tmp_path))}
    )
    assert result.success
    [event] = result.asset_materializations_for_node("warehouse__site")
    assert event.metadata["filings"].value == 4
    assert event.metadata["files_written"].value == event.metadata["files"].value
    assert event.metadata["dagster/uri"].value == (tmp_path / "site" / "index.html").as_uri()
    assert (tmp_path / "site" / "index.html").is_file()


def test_without_a_database_the_run_fails_in_a_sentence(tmp_path: Path) -> None:
    result = dg.materialize(
        [site, dg.AssetSpec(database.key)],
        resources={"surroundings": Surroundings(home=str(tmp_path))},
        raise_on_error=False,
    )
    assert not result.success
    [failure] = result.get_step_failure_events()
    assert "run `exit-charges materialize` first" in str(failure.step_failure_data)
