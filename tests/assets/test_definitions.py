"""Nothing of the definitions disappears unnoticed."""

import datetime as dt
import itertools
from pathlib import Path

import dagster as dg

from assets.definitions import defs
from assets.partitions import MONTHS
from pipeline.edgar.business_days import is_edgar_day
from pipeline.reader_version import reader_version
from pipeline.tables import TABLES
from pipeline.tables.registry import JUDGED_TABLES, MONTHLY_TABLES
from pipeline.warehouse.cross_month import CROSS_MONTH_CHECKS, REFERENCES_HOLD

PUBLISHED = {f"published/{name}" for name in MONTHLY_TABLES}
UPSTREAM = {
    "edgar/filing_index": set(),
    "edgar/raw_filings": {"edgar/filing_index"},
    "staged/sections": {"edgar/raw_filings"},
    "staged/exit_charges": {"staged/sections"},
    **{key: {"staged/exit_charges"} for key in PUBLISHED},
    "warehouse/database": PUBLISHED,
    "warehouse/site": {"warehouse/database"},
}


def _specs() -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}


def test_the_assets_and_what_they_are_made_from() -> None:
    found = {key: {dep.asset_key.to_user_string() for dep in spec.deps} for key, spec in _specs().items()}
    assert found == UPSTREAM


def test_all_but_the_database_and_the_site_are_partitioned_by_month() -> None:
    partitioned = {key for key, spec in _specs().items() if spec.partitions_def == MONTHS}
    assert partitioned == UPSTREAM.keys() - {"warehouse/database", "warehouse/site"}


def test_every_asset_says_what_it_is() -> None:
    for key, spec in _specs().items():
        assert spec.description, key
        assert spec.owners, key
        assert spec.kinds, key
        assert spec.tags, key
        [link] = spec.metadata["dagster/code_references"].code_references
        assert Path(link.file_path).parent.name == "assets"
        assert spec.group_name == key.split("/")[0]


def test_published_tables_have_the_columns_of_the_registry() -> None:
    specs = _specs()
    for name in MONTHLY_TABLES:
        schema = specs[f"published/{name}"].metadata["dagster/column_schema"]
        assert isinstance(schema, dg.TableSchema)
        assert tuple(column.name for column in schema.columns) == TABLES[name].column_names
        assert all(column.description for column in schema.columns)


def test_assets_that_read_carry_the_reader_version() -> None:
    versions = {key: spec.code_version for key, spec in _specs().items() if key.startswith("staged/")}
    assert versions == {"staged/sections": reader_version(), "staged/exit_charges": reader_version()}


def test_every_check_of_the_registry_is_a_check_of_the_staged_figures() -> None:
    declared = {
        f"{name}__{check_id}"
        for name in JUDGED_TABLES
        for check_id in ("columns", *(check.id for check in TABLES[name].checks))
    }
    graph = defs.resolve_asset_graph()
    found: dict[str, set[str]] = {}
    for key in graph.asset_check_keys:
        found.setdefault(key.asset_key.to_user_string(), set()).add(key.name)
    assert found == {
        "staged/exit_charges": {"structure", *declared},
        "warehouse/database": {REFERENCES_HOLD, *CROSS_MONTH_CHECKS},
    }


def test_the_database_is_expected_to_be_fresh() -> None:
    policy = _specs()["warehouse/database"].freshness_policy
    assert policy == dg.FreshnessPolicy.time_window(
        fail_window=dt.timedelta(days=8), warn_window=dt.timedelta(days=5)
    )


def test_edgar_is_never_closed_for_longer_than_the_database_may_be_old() -> None:
    days = [dt.date(2015, 1, 1) + dt.timedelta(days=number) for number in range(15 * 365)]
    is_open = [day for day in days if is_edgar_day(day)]
    assert max(later - earlier for earlier, later in itertools.pairwise(is_open)) <= dt.timedelta(days=4)


def test_only_a_structural_breach_blocks() -> None:
    graph = defs.resolve_asset_graph()
    assert [key.name for key in graph.asset_check_keys if graph.get(key).blocking] == ["structure"]


def test_jobs_schedules_and_sensors() -> None:
    repository = defs.get_repository_def()
    jobs = {job.name for job in repository.get_all_jobs() if not job.name.startswith("__")}
    assert jobs == {"month", "reread", "audit", "database", "site"}
    schedules = sorted(schedule.name for schedule in repository.schedule_defs)
    assert schedules == ["daily", "late_filings", "weekly_audit"]
    assert sorted(sensor.name for sensor in repository.sensor_defs) == [
        *("default_automation_condition_sensor", "failures_told", "new_filings", "stale_months_reread")
    ]
    assert all(
        instigator.default_status is not dg.DefaultScheduleStatus.RUNNING
        for instigator in repository.schedule_defs
    )
    assert all(sensor.default_status is dg.DefaultSensorStatus.STOPPED for sensor in repository.sensor_defs)


def test_jobs_have_the_steps_that_they_need_and_no_others() -> None:
    steps = {
        name: {node.name for node in defs.resolve_job_def(name).nodes}
        for name in ("month", "reread", "audit", "database", "site")
    }
    read_and_publish = {"staged__sections", "staged__exit_charges", "checks", "published"}
    assert steps == {
        "month": {"edgar__filing_index", "edgar__raw_filings", *read_and_publish},
        "reread": read_and_publish,
        "audit": {"compare_with_the_indexes"},
        "database": {"warehouse__database"},
        "site": {"warehouse__site"},
    }


def test_months_run_from_the_first_to_the_running_one() -> None:
    keys = MONTHS.get_partition_keys(current_time=dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
    assert keys[0] == "2004-08"
    assert keys[-1] == "2024-03"


def test_every_step_is_tried_again_and_those_that_ask_edgar_or_publish_share_a_pool() -> None:
    nodes = {
        node.name: node.definition
        for name in ("month", "audit", "database", "site")
        for node in defs.resolve_job_def(name).nodes
    }
    ops = {name: node for name, node in nodes.items() if isinstance(node, dg.OpDefinition)}
    assert {name: op.retry_policy.max_retries for name, op in ops.items() if op.retry_policy} == {
        **dict.fromkeys(("edgar__filing_index", "edgar__raw_filings", "compare_with_the_indexes"), 1),
        **dict.fromkeys(("staged__sections", "staged__exit_charges", "checks", "published"), 2),
        **dict.fromkeys(("warehouse__database", "warehouse__site"), 2),
    }
    assert {name: op.pool for name, op in ops.items() if op.pool} == {
        **dict.fromkeys(("edgar__filing_index", "edgar__raw_filings", "compare_with_the_indexes"), "edgar"),
        **dict.fromkeys(("published", "warehouse__database"), "publishing"),
    }
