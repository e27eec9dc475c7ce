"""The days on which EDGAR takes filings."""

import datetime as dt
from functools import cache


def is_edgar_day(day: dt.date) -> bool:
    """Whether EDGAR is open: Monday to Friday but for US federal holidays.

    Days off that the President orders at short notice are not known beforehand; asking on one finds nothing.
    """
    return day.weekday() < 5 and day not in _federal_holidays(day.year)


@cache
def _federal_holidays(year: int) -> frozenset[dt.date]:
    from pandas.tseries.holiday import USFederalHolidayCalendar  # pandas takes a second: only where asked

    found = USFederalHolidayCalendar().holidays(f"{year}-01-01", f"{year}-12-31")
    return frozenset(holiday.date() for holiday in found)
