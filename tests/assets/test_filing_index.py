"""The asset of a month's filings says how they are known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.edgar import filing_index
from assets.surroundings import Surroundings
from pipeline.warehouse.published import read_month
from tests.conftest import MONTH, settings_for
from tests.replica import faults
from tests.replica.replica import Replica, running_replica
from tests.replica.tiny_edgar import TinyEdgar
from tests.replica.tiny_indexes import write_quarterly_indexes

Metadata = dict[str, Any]


@pytest.fixture
def edgar(tmp_path: Path) -> TinyEdgar:
    edgar = TinyEdgar(tmp_path / "edgar")
    edgar.add("0000000901-08-000001", "2008-10-07")
    edgar.add("0000000901-08-000002", "2008-10-21", cik="0000000202", name="OTHER INC", form="8-K/A")
    write_quarterly_indexes(edgar)
    return edgar


@pytest.fixture
def replica(edgar: TinyEdgar) -> Iterator[Replica]:
    with running_replica(edgar.root) as replica:
        yield replica


def materialize(home: Path, replica: Replica, companies: str = "") -> Metadata:
    surroundings = Surroundings(home=str(home), source=replica.base_url, companies=companies)
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [filing_index],
            partition_key=MONTH,
            resources={"surroundings": surroundings},
            instance=instance,
        )
    (made,) = result.asset_materializations_for_node("edgar__filing_index")
    return {
        name: [record.data for record in value.records]
        if isinstance(value, dg.TableMetadataValue)
        else value.value
        for name, value in made.metadata.items()
    }


def test_the_method_and_what_was_tried_before(tmp_path: Path, replica: Replica) -> None:
    replica.fail("search-index", faults.status(404))
    metadata = materialize(tmp_path / "home", replica)
    assert metadata["method"] == "filing indexes"
    assert metadata["dagster/partition_row_count"] == 2
    assert (metadata["amendments"], metadata["companies"]) == (1, "all")
    tried = metadata["tried_before"]
    assert [attempt["method"] for attempt in tried] == ["full-text search", "bulk archive"]
    assert "status 404" in tried[0]["problem"]


def test_removed_filings_and_narrowed_runs(tmp_path: Path, edgar: TinyEdgar, replica: Replica) -> None:
    first = materialize(tmp_path / "home", replica, companies="101")
    assert (first["method"], first["companies"]) == ("submissions data", "0000000101")
    assert materialize(tmp_path / "home", replica)["companies"] == "all"
    (edgar.root / "LATEST" / "search-index" / f"{MONTH}.json").unlink()
    edgar.add("0000000901-08-000003", "2008-10-30")
    metadata = materialize(tmp_path / "home", replica)
    assert metadata["dagster/partition_row_count"] == 3
    gone = metadata["no_longer_listed"]
    assert [row["filing"] for row in gone] == ["0000000901-08-000001", "0000000901-08-000002"]
    assert gone[0]["reason"].startswith("full-text search does not list it since 20")


def test_a_removed_filing_stays_published_and_a_late_one_appears(
    tmp_path: Path, edgar: TinyEdgar, replica: Replica
) -> None:
    from assets.month_runs import run_months

    settings = settings_for(tmp_path / "home", replica.base_url)

    def published() -> list[str]:
        assert [outcome.problem for outcome in run_months(settings, [MONTH])] == [None, None]
        filings = read_month(settings.home, MONTH)["filings"]
        return sorted(str(number) for number in filings.column("accession_number").to_pylist())

    assert published() == ["0000000901-08-000001", "0000000901-08-000002"]
    (edgar.root / "LATEST" / "search-index" / f"{MONTH}.json").unlink()
    edgar.add("0000000901-08-000003", "2008-10-30")
    assert published() == ["0000000901-08-000001", "0000000901-08-000002", "0000000901-08-000003"]
