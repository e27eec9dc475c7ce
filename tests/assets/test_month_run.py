"""A sample month through Dagster: what is stored and recorded, and that running again changes nothing."""

import hashlib
from pathlib import Path

import dagster as dg
import pytest

from assets.instance import instance_directory
from assets.month_runs import RunOutcome, run_months
from pipeline.tables.registry import MONTHLY_TABLES
from pipeline.warehouse.published import read_month
from tests.conftest import MONTH, settings_for

SEED = "0000888693-08-000039"
FIGURES = dg.AssetKey(["staged", "exit_charges"])


def _recorded(home: Path) -> dg.DagsterInstance:
    """The instance as the UI and the daemon open it, with Dagster's own storage class."""
    return dg.DagsterInstance.from_config(str(instance_directory(settings_for(home))))


def _digests(home: Path) -> dict[Path, str]:
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(home.rglob("*.parquet"))}


def test_the_seed_is_published_to_the_letter(month_home: Path) -> None:
    tables = read_month(settings_for(month_home).home, MONTH)
    texts = {
        (row["accession_number"], row["document_sequence"], row["section_ordinal"]): row["text"]
        for row in tables["sections"].to_pylist()
    }
    charges = [row for row in tables["charges"].to_pylist() if row["accession_number"] == SEED]
    assert [(row["category"], int(row["amount_low"]), row["settlement"]) for row in charges] == [
        ("severance", 75_000, "unstated"),
        ("retention", 100_000, "unstated"),
        ("stock_compensation", 75_000, "noncash"),
    ]
    for row in charges:
        text = texts[row["accession_number"], row["document_sequence"], row["section_ordinal"]]
        assert row["evidence"] == text[row["char_start"] : row["char_end"]]
    [share] = [row for row in tables["share_figures"].to_pylist() if row["accession_number"] == SEED]
    assert share["count_low"] == share["count_high"] == 1_100_000
    assert share["charge_id"] == charges[2]["charge_id"]


def test_materializations_are_recorded_for_the_month(month_home: Path) -> None:
    keys = [
        ["edgar", "filing_index"],
        ["edgar", "raw_filings"],
        ["staged", "sections"],
        ["staged", "exit_charges"],
        *(["published", name] for name in MONTHLY_TABLES),
    ]
    with _recorded(month_home) as instance:
        for key in keys:
            assert instance.get_materialized_partitions(dg.AssetKey(key)) == {MONTH}
        database = instance.get_latest_materialization_event(dg.AssetKey(["warehouse", "database"]))
    assert database is not None


def test_published_tables_record_their_rows(month_home: Path) -> None:
    tables = read_month(settings_for(month_home).home, MONTH)
    with _recorded(month_home) as instance:
        for name in MONTHLY_TABLES:
            event = instance.get_latest_materialization_event(dg.AssetKey(["published", name]))
            assert event is not None
            assert event.asset_materialization is not None
            metadata = event.asset_materialization.metadata
            assert metadata["dagster/partition_row_count"].value == tables[name].num_rows
            assert isinstance(metadata["dagster/column_lineage"], dg.TableColumnLineageMetadataValue)


def test_check_results_are_recorded_for_the_month(month_home: Path) -> None:
    with _recorded(month_home) as instance:
        for name in ("structure", "charges__columns", "charges__evidence_is_the_text"):
            [record] = instance.event_log_storage.get_asset_check_execution_history(
                dg.AssetCheckKey(FIGURES, name), limit=5
            )
            assert record.partition == MONTH
            assert record.status.value == "SUCCEEDED"


def test_running_again_fetches_nothing_and_changes_no_file(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    first = list(run_months(settings, [MONTH]))
    before = _digests(tmp_path)
    again = list(run_months(settings, [MONTH]))
    assert [outcome.problem for outcome in (*first, *again)] == [None] * 4
    assert first[0].fetched > 0
    assert again[0].fetched == 0
    assert _digests(tmp_path) == before


def test_a_month_that_fails_stops_no_other(tmp_path: Path) -> None:
    manifest = tmp_path / "raw" / "manifest" / "2009-01.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("no manifest", encoding="utf-8")
    outcomes = {outcome.month: outcome for outcome in run_months(settings_for(tmp_path), ["2009-01", MONTH])}
    problem = outcomes["2009-01"].problem
    assert problem is not None
    assert "2009-01.json" in problem
    assert "Traceback" not in problem
    assert outcomes[MONTH].problem is None
    assert outcomes[None].problem is None


def test_months_run_in_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.month_runs.MONTHS_WORTH_A_PROCESS", 1)
    monkeypatch.setattr("assets.month_runs.os.cpu_count", lambda: 2)
    outcomes: list[RunOutcome] = list(run_months(settings_for(tmp_path), ["2004-08", "2007-06"]))
    assert {outcome.month: outcome.problem for outcome in outcomes} == {
        "2004-08": None,
        "2007-06": None,
        None: None,
    }
    assert outcomes[-1].month is None
