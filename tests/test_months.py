import datetime as dt

import pytest

from pipeline.errors import ConfigurationError
from pipeline.months import FIRST_MONTH, first_day, last_day, month_of, month_range, unbroken_runs


@pytest.mark.parametrize(
    ("month", "last"), [("2008-02", 29), ("2007-02", 28), ("2008-12", 31), ("2008-11", 30)]
)
def test_a_month_runs_from_its_first_to_its_last_day(month: str, last: int) -> None:
    assert first_day(month).day == 1
    assert last_day(month).day == last
    assert month_of(first_day(month)) == month_of(last_day(month)) == month


def test_a_range_has_both_its_ends_and_crosses_years() -> None:
    assert month_range("2008-11", "2009-02") == ["2008-11", "2008-12", "2009-01", "2009-02"]
    assert month_range(FIRST_MONTH, FIRST_MONTH) == ["2004-08"]


@pytest.mark.parametrize("wrong", ["2008-13", "2008-1", "200810", "2008-10-01", "", "0000-01", "2008-10\n"])
def test_what_is_no_month_is_refused(wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="YYYY-MM"):
        first_day(wrong)


@pytest.mark.parametrize(("first", "last"), [("2004-07", "2005-01"), ("2009-01", "2008-12")])
def test_a_range_before_item_2_05_or_backwards_is_refused(first: str, last: str) -> None:
    with pytest.raises(ConfigurationError):
        month_range(first, last)


def test_a_day_knows_its_month() -> None:
    assert month_of(dt.date(2004, 8, 23)) == "2004-08"


def test_months_without_a_gap_are_one_run() -> None:
    months = ["2009-01", "2008-11", "2008-12", "2010-03", "2010-05"]

    assert unbroken_runs(months) == [("2008-11", "2009-01"), ("2010-03", "2010-03"), ("2010-05", "2010-05")]
    assert unbroken_runs([]) == []
