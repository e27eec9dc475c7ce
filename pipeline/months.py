"""Months as "YYYY-MM", the partitions of everything: the month in which a filing was filed."""

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from pipeline.errors import ConfigurationError

FIRST_MONTH = "2004-08"
"""Item 2.05 came into force on 2004-08-23 (Release 33-8400)."""

_EASTERN = ZoneInfo("America/New_York")

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def first_day(month: str) -> dt.date:
    """The first day of a month.

    Raises:
        ConfigurationError: `month` is not written "YYYY-MM".
    """
    written = _MONTH.fullmatch(month)
    if not written or written[1] == "0000":
        raise ConfigurationError(f"{month!r} is no month; write it as YYYY-MM, such as 2008-10.")
    return dt.date(int(written[1]), int(written[2]), 1)


def last_day(month: str) -> dt.date:
    """The last day of a month, whether or not it has passed."""
    some_day_of_the_next = first_day(month) + dt.timedelta(days=31)
    return some_day_of_the_next.replace(day=1) - dt.timedelta(days=1)


def month_of(date: dt.date) -> str:
    """The month in which a day lies."""
    return f"{date.year:04d}-{date.month:02d}"


def eastern_day(moment: dt.datetime) -> dt.date:
    """The day of an aware moment by EDGAR's calendar, which is that of the US East Coast."""
    return moment.astimezone(_EASTERN).date()


def eastern_today() -> dt.date:
    """Today by EDGAR's calendar."""
    return eastern_day(dt.datetime.now(dt.UTC))


def month_range(first: str, last: str) -> list[str]:
    """All months from `first` to `last`, both included.

    Raises:
        ConfigurationError: a month is malformed or lies before Item 2.05, or the two are swapped.
    """
    day, end = first_day(first), first_day(last)
    if first < FIRST_MONTH:
        raise ConfigurationError(f"{first} lies before {FIRST_MONTH}, when Item 2.05 began; start there.")
    if end < day:
        raise ConfigurationError(f"The months run from {first} to {last}; give the earlier one first.")
    months = []
    while day <= end:
        months.append(month_of(day))
        day = last_day(months[-1]) + dt.timedelta(days=1)
    return months


def unbroken_runs(months: Iterable[str]) -> list[tuple[str, str]]:
    """First and last month of each run of months without a gap, in order."""
    runs: list[tuple[str, str]] = []
    for month in sorted(months):
        follows = runs and month_of(last_day(runs[-1][1]) + dt.timedelta(days=1)) == month
        if follows:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs
