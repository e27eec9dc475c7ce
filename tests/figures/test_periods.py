"""Dates and periods, with and without the registrant's fiscal calendar."""

import datetime as dt

import pytest

from pipeline.figures.periods import FiscalCalendar, find_periods

NEAR = dt.date(2010, 2, 19)


def spans(text: str, fiscal_year_end: str = "1231", sic_code: str | None = None) -> list[tuple[str, str]]:
    fiscal = FiscalCalendar(fiscal_year_end, sic_code)
    return [(str(period.first_day), str(period.last_day)) for period in find_periods(text, fiscal, NEAR)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on October 27, 2008", "2008-10-27", "2008-10-27"),
        ("on 27 October 2008", "2008-10-27", "2008-10-27"),
        ("on 10/27/2008", "2008-10-27", "2008-10-27"),
        ("by the end of June 2009", "2009-06-01", "2009-06-30"),
        ("in the first quarter of 2009", "2009-01-01", "2009-03-31"),
        ("in the third and fourth quarters of 2022", "2022-07-01", "2022-12-31"),
        ("in the first half of 2011", "2011-01-01", "2011-06-30"),
        ("during 2011", "2011-01-01", "2011-12-31"),
        ("by mid-2010", "2010-04-01", "2010-06-30"),
        ("in early 2011", "2011-01-01", "2011-03-31"),
        ("in Q2 2014", "2014-04-01", "2014-06-30"),
        ("by mid-year 2014", "2014-04-01", "2014-06-30"),
        ("the quarter ending September 30, 2023", "2023-07-01", "2023-09-30"),
        ("the year ended June 30, 2012", "2011-07-01", "2012-06-30"),
        ("in June", "2010-06-01", "2010-06-30"),
        ("on March 3", "2010-03-03", "2010-03-03"),
    ],
)
def test_calendar_periods(text: str, first: str, last: str) -> None:
    assert spans(text) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "fiscal_year_end", "sic_code", "first", "last"),
    [
        ("the second quarter of fiscal 2009", "0630", None, "2008-10-01", "2008-12-31"),
        ("fiscal 2011", "0630", None, "2010-07-01", "2011-06-30"),
        ("the fourth quarter of fiscal year 2012", "0930", None, "2012-07-01", "2012-09-30"),
        ("the second quarter of 2009", "0630", None, "2009-04-01", "2009-06-30"),
        ("fiscal 2012", "0131", "7372", "2011-02-01", "2012-01-31"),
        ("fiscal 2012", "0131", "5651", "2012-02-01", "2013-01-31"),
        ("fiscal 2012", "0202", "5651", "2012-02-01", "2013-01-31"),
    ],
)
def test_fiscal_periods(text: str, fiscal_year_end: str, sic_code: str | None, first: str, last: str) -> None:
    assert spans(text, fiscal_year_end, sic_code) == [(first, last)]


@pytest.mark.parametrize("text", ["the 2014 Plan", "Section 2009.1", "$2,009", "may be paid", "1,2010"])
def test_what_is_no_period(text: str) -> None:
    assert spans(text) == []


def test_a_quarter_that_tells_its_last_day() -> None:
    assert spans("in its first quarter of 2013, which ends on April 30, 2013")[0] == (
        "2013-02-01",
        "2013-04-30",
    )
