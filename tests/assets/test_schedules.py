"""Which months a moment asks for."""

import datetime as dt

import dagster as dg
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from assets.database import database
from assets.definitions import defs
from assets.partitions import MONTHS
from assets.published import published
from assets.schedules import daily, late_filings, months_wanted, weekly_audit


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (dt.date(2024, 3, 1), ["2024-02", "2024-03"]),
        (dt.date(2024, 3, 5), ["2024-02", "2024-03"]),
        (dt.date(2024, 3, 6), ["2024-03"]),
        (dt.date(2024, 1, 2), ["2023-12", "2024-01"]),
        (dt.date(2024, 12, 31), ["2024-12"]),
        (dt.date(2024, 3, 2), []),  # a Saturday
        (dt.date(2024, 1, 1), []),
        (dt.date(2004, 8, 24), ["2004-08"]),
    ],
)
def test_the_previous_month_is_run_in_the_first_days(day: dt.date, months: list[str]) -> None:
    assert months_wanted(day) == months


def test_the_day_is_that_of_the_east_coast() -> None:
    late_on_the_last_of_may = dt.datetime(2024, 6, 1, 2, 30, tzinfo=dt.UTC)
    context = dg.build_schedule_context(
        scheduled_execution_time=late_on_the_last_of_may, repository_def=defs.get_repository_def()
    )
    requests = daily.evaluate_tick(context).run_requests or []
    assert [request.partition_key for request in requests] == ["2024-05"]


def _tick(schedule: dg.ScheduleDefinition, at: dt.datetime) -> list[dg.RunRequest]:
    context = dg.build_schedule_context(scheduled_execution_time=at, repository_def=defs.get_repository_def())
    return list(schedule.evaluate_tick(context).run_requests or [])


def _ticks(schedule: dg.ScheduleDefinition, year: int) -> list[dt.datetime]:
    """Every moment of a year at which the schedule ticks."""
    ticks: list[dt.datetime] = []
    start = dt.datetime(year, 1, 1, 5, tzinfo=dt.UTC).timestamp()
    zone = schedule.execution_timezone
    for tick in schedule_execution_time_iterator(start, str(schedule.cron_schedule), zone):
        if tick.year > year:
            return ticks
        ticks.append(tick)
    raise AssertionError("a schedule never ends")


@pytest.mark.parametrize("year", [2024, 2026])
def test_a_year_of_daily_ticks_asks_for_each_month_as_it_should(year: int) -> None:
    """Counted by days and not by the schedule's rule: each business day its month, once."""
    holidays = {
        2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
        2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    }[year]
    days = [dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(366)]
    open_days = [
        day
        for day in days
        if day.year == year and day.isoweekday() < 6 and f"{day:%m-%d}" not in holidays.split()
    ]
    ticks = _ticks(daily, year)
    asked = [(tick.date(), request.partition_key) for tick in ticks for request in _tick(daily, tick)]
    assert {(tick.hour, tick.minute) for tick in ticks} == {(22, 30)}  # also when the clocks change
    assert len({tick.utcoffset() for tick in ticks}) == 2
    assert len(asked) == len(set(asked))
    assert [day for day, month in asked if month == f"{day:%Y-%m}"] == open_days
    before = {day: month for day, month in asked if month != f"{day:%Y-%m}"}
    assert set(before) == {day for day in open_days if day.day <= 5}
    assert all(month == f"{day - dt.timedelta(days=6):%Y-%m}" for day, month in before.items())
    assert {f"{day:%m}" for day in before} == {f"{month:02d}" for month in range(1, 13)}


def test_late_filings_are_looked_for_once_a_month_in_the_three_months_before() -> None:
    ticks = _ticks(late_filings, 2024)
    assert [tick.date() for tick in ticks] == [dt.date(2024, month, 8) for month in range(1, 13)]
    months = [request.partition_key for request in _tick(late_filings, ticks[1])]
    assert months == ["2023-11", "2023-12", "2024-01"]


def test_the_audit_is_on_saturdays() -> None:
    ticks = _ticks(weekly_audit, 2024)
    assert {tick.isoweekday() for tick in ticks} == {6}
    assert len(ticks) == 52
    assert [request.partition_key for request in _tick(weekly_audit, ticks[0])] == ["2023-12", "2024-01"]


def test_everything_is_off_until_it_is_switched_on() -> None:
    for schedule in (daily, late_filings, weekly_audit):
        assert schedule.default_status is dg.DefaultScheduleStatus.STOPPED


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
