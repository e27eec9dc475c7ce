"""Which months a moment asks for."""

import datetime as dt

import dagster as dg
import pytest

from assets.database import database
from assets.definitions import defs
from assets.partitions import MONTHS
from assets.published import published
from assets.schedules import daily, months_wanted


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (dt.date(2024, 3, 1), ["2024-02", "2024-03"]),
        (dt.date(2024, 3, 5), ["2024-02", "2024-03"]),
        (dt.date(2024, 3, 6), ["2024-03"]),
        (dt.date(2024, 1, 2), ["2023-12", "2024-01"]),
        (dt.date(2024, 12, 31), ["2024-12"]),
    ],
)
def test_the_previous_month_is_run_in_the_first_days(day: dt.date, months: list[str]) -> None:
    assert months_wanted(day) == months


def test_the_day_is_that_of_the_east_coast() -> None:
    late_on_the_last_of_march = dt.datetime(2024, 4, 1, 2, 30, tzinfo=dt.UTC)
    context = dg.build_schedule_context(
        scheduled_execution_time=late_on_the_last_of_march, repository_def=defs.get_repository_def()
    )
    requests = daily.evaluate_tick(context).run_requests or []
    assert [request.partition_key for request in requests] == ["2024-03"]


def _evaluate(
    instance: dg.DagsterInstance, before: dg.EvaluateAutomationConditionsResult | None = None
) -> dg.EvaluateAutomationConditionsResult:
    return dg.evaluate_automation_conditions(
        defs,
        instance,
        asset_selection=dg.AssetSelection.assets(database),
        cursor=before.cursor if before else None,
    )


def test_the_database_is_refreshed_once_after_publishing() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        first = _evaluate(instance)
        assert first.get_num_requested(database.key) == 0
        for month in MONTHS.get_partition_keys()[:2]:
            for key in published.keys:
                instance.report_runless_asset_event(dg.AssetMaterialization(key, partition=month))
        second = _evaluate(instance, first)
        assert second.get_num_requested(database.key) == 1
        third = _evaluate(instance, second)
        assert third.get_num_requested(database.key) == 0
