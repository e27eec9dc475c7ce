import datetime as dt

import pytest

from pipeline.edgar.business_days import is_edgar_day


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (dt.date(2026, 11, 25), True),
        (dt.date(2026, 11, 26), False),  # Thanksgiving
        (dt.date(2026, 11, 27), True),  # the exchanges close early, EDGAR does not
        (dt.date(2026, 11, 28), False),  # a Saturday
        (dt.date(2026, 7, 3), False),  # Independence Day, a Saturday, is observed before
        (dt.date(2021, 6, 18), False),  # the first Juneteenth, observed on a Friday
        (dt.date(2020, 6, 19), True),  # no holiday yet
        (dt.date(2025, 1, 20), False),
    ],
)
def test_edgar_is_open_on_weekdays_that_are_no_federal_holidays(day: dt.date, is_open: bool) -> None:
    assert is_edgar_day(day) is is_open
