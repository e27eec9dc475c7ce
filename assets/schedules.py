"""When months are run. Everything is off until somebody switches it on in the UI.

Here belongs which months a moment asks for. What running a month means does not: see `jobs`.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import dagster as dg

from assets.audit import audit
from assets.jobs import MONTH, PRIORITY, UNHURRIED, URGENT
from assets.partitions import EDGAR_TIMEZONE
from pipeline.edgar.business_days import is_edgar_day
from pipeline.months import FIRST_MONTH, month_of

DAYS_OF_LATE_INDEXING = 5
"""Filings of a month's last days can reach the search in the first days of the next."""
MONTHS_LOOKED_AT_AGAIN = 3
"""Filings are removed, or moved to another day, within weeks."""


def previous(month: dt.date, count: int = 1) -> str:
    """The month so many months before that of a day."""
    number = month.year * 12 + month.month - 1 - count
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def months_wanted(day: dt.date) -> list[str]:
    """The running month, before it the previous one in the first days; none on a day without filings."""
    if not is_edgar_day(day):
        return []
    months = [month_of(day)]
    if day.day <= DAYS_OF_LATE_INDEXING:
        months.insert(0, previous(day))
    return [month for month in months if month >= FIRST_MONTH]


def _day(context: dg.ScheduleEvaluationContext) -> dt.date:
    return context.scheduled_execution_time.astimezone(ZoneInfo(EDGAR_TIMEZONE)).date()


@dg.schedule(
    job=MONTH,
    cron_schedule="30 22 * * 1-5",
    execution_timezone=EDGAR_TIMEZONE,
    description=(
        "New filings, on EDGAR's business days after it has closed at 22:00 Eastern time: the running month, "
        f"and in its first {DAYS_OF_LATE_INDEXING} days the previous one."
    ),
)
def daily(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    day = _day(context)
    for month in months_wanted(day):
        yield dg.RunRequest(run_key=f"{month} on {day}", partition_key=month, tags={PRIORITY: URGENT})
    if not months_wanted(day):
        yield dg.SkipReason(f"EDGAR takes no filings on {day}.")


@dg.schedule(
    job=MONTH,
    cron_schedule="0 3 8 * *",
    execution_timezone=EDGAR_TIMEZONE,
    description=(
        f"Late and removed filings: on the 8th the {MONTHS_LOOKED_AT_AGAIN} months before the running one."
    ),
)
def late_filings(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    day = _day(context)
    for count in range(MONTHS_LOOKED_AT_AGAIN, 0, -1):
        month = previous(day, count)
        if month >= FIRST_MONTH:
            yield dg.RunRequest(
                run_key=f"{month} again on {day}", partition_key=month, tags={PRIORITY: UNHURRIED}
            )


@dg.schedule(
    job=audit,
    cron_schedule="0 6 * * 6",
    execution_timezone=EDGAR_TIMEZONE,
    description="On Saturdays the running month and the previous one, compared with EDGAR's own indexes.",
)
def weekly_audit(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    day = _day(context)
    for month in (previous(day), month_of(day)):
        if month >= FIRST_MONTH:
            yield dg.RunRequest(
                run_key=f"audit of {month} on {day}", partition_key=month, tags={PRIORITY: UNHURRIED}
            )
