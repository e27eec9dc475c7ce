"""Dates, months, quarters, halves and years, resolved with the registrant's fiscal year end."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.figures.model import Period
from pipeline.figures.numerals import DIGITS, WORDS, parse_number
from pipeline.figures.spans import Taken

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|"
    r"December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
}
_ORDINAL = r"first|second|third|fourth|final|last|1st|2nd|3rd|4th"
_FISCAL = r"(?P<fiscal>(?:(?:the|its|our|their)\s+)?(?:fiscal(?:\s+years?)?|FY))"

_DAY = re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+){_YEAR}\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})\s+{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE)
_DAY_IN_DIGITS = re.compile(rf"(?<![\d/])(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/{_YEAR}(?![\d/])")
"""As Americans write it, month first: "6/30/2021"."""
_SPAN_ENDING = re.compile(
    r"\b(?:(?P<quarter>(?:fiscal )?quarter|three months|three-month period)|"
    r"(?P<half>six months|six-month period)|(?P<year_span>(?:fiscal )?year|"
    r"twelve months))\s+(?:that )?(?:ending|ended|ends)(?: on)?\s+$",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})\b(?!\s*,?\s*(?:19|20)\d\d)(?![\d,.]*\d)", re.IGNORECASE
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    r"\b(?:in|by|end of|during|until|through|of|early|late|mid[- ]?|since)\s+(?:the\s+end\s+of\s+)?"
    rf"(?:early\s+|late\s+|mid[- ]?)?{_MONTH}\b(?!\s+\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"\b(?P<quarter>{_ORDINAL})(?:\s*(?:and|or|through|to|[-–])\s*(?:the\s+)?(?P<quarter2>{_ORDINAL}))?\s+(?P<qualifier>(?:fiscal|calendar|financial)\s+)?quarters?"
    rf"(?:\s*(?:,|of|in|for|ending|ended))*\s*(?:the\s+)?(?:(?:its|our|their|the)\s+)?(?:{_FISCAL}\s*)?(?:(?:calendar|year|the\s+year)\s+)?(?:ending\s+\w+\s+\d+,\s*)?{_YEAR}?(?![\d,]*\d)",
    re.IGNORECASE,
)
_QUARTER_OF_YEAR = re.compile(
    rf"\b(?P<quarter>{_ORDINAL})\s+(?:fiscal\s+)?quarter\s+of\s+(?:the|its|our)\s+(?:fiscal\s+)?year\s+(?:that\s+)?"
    rf"(?:ending|ended|ends)(?:\s+on)?\s+{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+{_YEAR}\b",
    re.IGNORECASE,
)
_Q = re.compile(
    rf"\b(?:(?P<quarter>[1-4])Q|Q(?P<quarter_b>[1-4]))\s*(?:of\s+)?(?:{_FISCAL}\s*)?['’]?{_YEAR}",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"\b(?P<half>first|second|1st|2nd|latter|last)\s+half\s+(?:of\s+)?(?:(?:the|calendar|year)\s+)?(?:{_FISCAL}\s*)?(?:calendar\s+)?{_YEAR}",
    re.IGNORECASE,
)
_FISCAL_YEAR = re.compile(
    rf"\b{_FISCAL}\s*{_YEAR}\b|"
    r"\b(?:(?:the|its|our|their)\s+)?(?P<year_before>(?:19|20)\d\d)\s+fiscal\s+year\b",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(
    r"(?<![\d,$€£.-])\b(?:(?P<part>early|mid|late)(?:[- ]+(?:in\s+)?|-year\s+))?"
    rf"(?:calendar\s+(?:year\s+)?)?{_YEAR}\b"
    r"(?!\.\d)(?![\d,]*\d)(?!\s+(?:Plan|Program|Restructuring|Initiative|employees))"
)


_RETAIL = {"52", "53", "54", "55", "56", "57", "58", "59"}
"""Major groups of the Standard Industrial Classification's division G, retail trade."""


class FiscalCalendar:
    """A registrant's fiscal year, to turn its quarters into days.

    By convention fiscal year N ends in calendar year N. Retailers, whose years end in January, number them by
    the year in which they start.
    """

    def __init__(self, fiscal_year_end: str | None, sic_code: str | None = None):
        month, day = 12, 31
        if fiscal_year_end and re.fullmatch(r"\d{4}", fiscal_year_end):
            month, day = int(fiscal_year_end[:2]), int(fiscal_year_end[2:])
        if not 1 <= month <= 12:
            month, day = 12, 31
        # A 52 or 53 week year that ends in the first days of a month is that of the month before.
        if day <= 7:
            month = 12 if month == 1 else month - 1
        self.end_month = month
        self.numbered_by_start = month == 1 and (sic_code or "")[:2] in _RETAIL

    def year(self, number: int) -> tuple[dt.date, dt.date]:
        """First and last day of fiscal year `number`."""
        end_year = number + 1 if self.numbered_by_start else number
        last = month_end(end_year, self.end_month)
        return month_end(end_year - 1, self.end_month) + dt.timedelta(days=1), last

    def quarter(self, number: int, quarter: int) -> tuple[dt.date, dt.date]:
        """First and last day of a quarter of fiscal year `number`."""
        first, _ = self.year(number)
        return _add_months(first, 3 * (quarter - 1)), _add_months(first, 3 * quarter) - dt.timedelta(days=1)

    def year_of(self, day: dt.date) -> int:
        """The number of the fiscal year that a day lies in."""
        for number in (day.year - 1, day.year, day.year + 1):
            first, last = self.year(number)
            if first <= day <= last:
                return number
        return day.year


_YEAR_END = re.compile(
    r"\bfiscal\s+year,?(?:\s+20\d\d,?)?\s+(?:that\s+|which\s+)?(?:ending|ended|ends|will\s+end)(?:\s+on)?\s+"
    rf"{_MONTH}\s+(?P<day>\d{{1,2}})\b",
    re.IGNORECASE,
)


_QUARTER_OF = re.compile(r"\bquarter\s+of\s+(?:\w+\s+)?$", re.IGNORECASE)
_WHICH_ENDS = re.compile(
    rf",?\s*\(?(?:which\s+)?(?:ends|ended|ending|will\s+end)(?:\s+on)?\s+{_MONTH}\s+(?P<day>\d{{1,2}}),\s+{_YEAR}",
    re.IGNORECASE,
)
"""Behind a quarter, the day on which it ends."""


def stated_year_end(texts: Iterable[str]) -> str | None:
    """The fiscal year end (MMDD) that a text tells: "its fiscal year ending January 31, 2026"."""
    for text in texts:
        for match in _YEAR_END.finditer(text):
            if _QUARTER_OF.search(text[max(0, match.start() - 30) : match.start()]):
                continue  # "the first quarter of its fiscal year 2015, which ends on April 30, 2014"
            return f"{_month(match['month']):02}{int(match['day']):02}"
    return None


CALENDAR = FiscalCalendar("1231")


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _add_months(day: dt.date, months: int) -> dt.date:
    index = day.month - 1 + months
    return dt.date(day.year + index // 12, index % 12 + 1, 1)


def find_periods(
    text: str, fiscal: FiscalCalendar = CALENDAR, near: dt.date | None = None
) -> Iterator[Period]:
    """Every period that the text names, in reading order.

    Args:
        text: a sentence or passage.
        fiscal: the registrant's fiscal calendar, for "the second quarter of fiscal 2009".
        near: the report date; a month or quarter without a year is the one nearest to it (at most nine months
            after or three before). Without it such periods are left out.
    """
    yield from _periods(text, fiscal, near)


_NAMES_TIME = re.compile(
    r"(?:19|20)\d\d|quarter|half|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)


@lru_cache(maxsize=1_024)
def _periods(text: str, fiscal: FiscalCalendar, near: dt.date | None) -> tuple[Period, ...]:
    """Remembered, since a sentence is asked for its charges' periods and for the plan's."""
    if not _NAMES_TIME.search(text):
        return ()
    taken = Taken()
    found = [
        period
        for finder in (_quarters_of_year_ending, _days, _quarters, _halves, _months, _years)
        for period in finder(text, fiscal, near)
        if taken.take(period.start, period.end)
    ]
    return tuple(sorted(found, key=lambda period: period.start))


_DURATION = re.compile(
    rf"\b(?:within|over|during|in)\s+(?:approximately\s+|about\s+|a\s+period\s+of\s+)?(?:the\s+)?(?:next\s+|following\s+|coming\s+)?"
    rf"(?:approximately\s+|about\s+)?(?:(?:{DIGITS}|{WORDS})\s*(?:to|-|–|or)\s*)?(?P<number>{DIGITS}|{WORDS})[\s-]+"
    r"(?P<unit>day|week|month|quarter|year)s?\b(?!\s+(?:ended|ending|of\s+(?:fiscal|20)))",
    re.IGNORECASE,
)


def find_durations(text: str, start: dt.date) -> Iterator[Period]:
    """Stretches told by their length, from `start`: "over the next 12 to 18 months"; the longer bound."""
    for match in _DURATION.finditer(text):
        number = int(parse_number(match["number"]))
        unit = match["unit"].lower()
        if not 0 < number <= 120:
            continue
        if unit in ("day", "week"):
            last = start + dt.timedelta(days=number * (7 if unit == "week" else 1))
        else:
            months = number * {"month": 1, "quarter": 3, "year": 12}[unit]
            month = _add_months(start, months)
            last = month.replace(day=min(start.day, month_end(month.year, month.month).day))
        yield Period(match.start(), match.end(), start, last, "day")


def _days(text: str, fiscal: FiscalCalendar, near: dt.date | None) -> Iterator[Period]:
    for pattern in (_DAY, _DAY_FIRST, _DAY_IN_DIGITS):
        for match in pattern.finditer(text):
            named = match["month"]
            month = int(named) if named.isdigit() else _month(named)
            if day := _date(int(match["year"]), month, int(match["day"])):
                yield _span_ending(text, match, day)
    if near is None:
        return
    for match in _DAY_OF_MONTH.finditer(text):
        if match["month"].lower() == "may" and not match["month"][0].isupper():
            continue
        candidates = [
            _date(year, _month(match["month"]), int(match["day"]))
            for year in (near.year - 1, near.year, near.year + 1)
        ]
        days = [day for day in candidates if day]
        if days:
            day = min(days, key=lambda candidate: abs((candidate - near).days))
            yield Period(match.start(), match.end(), day, day, "day")


def _span_ending(text: str, match: re.Match[str], day: dt.date) -> Period:
    """The day, or the quarter, half or year that ends on it."""
    span = _SPAN_ENDING.search(text, max(0, match.start() - 40), match.start())
    if span is None:
        return Period(match.start(), match.end(), day, day, "day")
    months = 3 if span["quarter"] else 6 if span["half"] else 12
    end = (
        month_end(day.year, day.month)
        if day.day > 20
        else month_end(day.year - (day.month == 1), (day.month - 2) % 12 + 1)
    )
    first = _add_months(end + dt.timedelta(days=1), -months)
    return Period(
        span.start(), match.end(), first, day, "quarter" if months == 3 else "half" if months == 6 else "year"
    )


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _quarters_of_year_ending(text: str, fiscal: FiscalCalendar, near: dt.date | None) -> Iterator[Period]:
    """ "the second quarter of its fiscal year ending August 31, 2010": the date tells the year's end."""
    for match in _QUARTER_OF_YEAR.finditer(text):
        own = FiscalCalendar(f"{_month(match['month']):02}{int(match['day']):02}")
        first, last = own.quarter(int(match["year"]), _ORDINALS[match["quarter"].lower()])
        yield Period(match.start(), match.end(), first, last, "quarter")


def _quarters(text: str, fiscal: FiscalCalendar, near: dt.date | None) -> Iterator[Period]:
    for match in _QUARTER.finditer(text):
        first = _ORDINALS[match["quarter"].lower()]
        last = _ORDINALS[match["quarter2"].lower()] if match["quarter2"] else first
        own = bool(match["fiscal"] or (match["qualifier"] or "").lower().startswith("fiscal"))
        used = fiscal if own else CALENDAR
        year = int(match["year"]) if match["year"] else _year_near(used, last, near)
        if year is None or last < first:
            continue
        first_day, last_day = used.quarter(year, first)[0], used.quarter(year, last)[1]
        if ends := _WHICH_ENDS.match(text, match.end()):
            stated = _date(int(ends["year"]), _month(ends["month"]), int(ends["day"]))
            if stated is not None and first == last:
                first_day, last_day = _add_months(stated + dt.timedelta(days=1), -3), stated
        yield Period(match.start(), match.end(), first_day, last_day, "quarter")
    for match in _Q.finditer(text):
        used = fiscal if match["fiscal"] else CALENDAR
        first_day, last_day = used.quarter(int(match["year"]), int(match["quarter"] or match["quarter_b"]))
        yield Period(match.start(), match.end(), first_day, last_day, "quarter")


def _year_near(used: FiscalCalendar, quarter: int, near: dt.date | None) -> int | None:
    if near is None:
        return None
    years = [used.year_of(near) + offset for offset in (-1, 0, 1)]
    return min(years, key=lambda year: abs((used.quarter(year, quarter)[1] - near).days - 60))


def _halves(text: str, fiscal: FiscalCalendar, near: dt.date | None) -> Iterator[Period]:
    for match in _HALF.finditer(text):
        used = fiscal if match["fiscal"] else CALENDAR
        year = int(match["year"])
        first, last = (1, 2) if match["half"].lower() in ("first", "1st") else (3, 4)
        yield Period(
            match.start(), match.end(), used.quarter(year, first)[0], used.quarter(year, last)[1], "half"
        )


def _months(text: str, fiscal: FiscalCalendar, near: dt.date | None) -> Iterator[Period]:
    for match in _MONTH_YEAR.finditer(text):
        year, month = int(match["year"]), _month(match["month"])
        yield Period(match.start(), match.end(), dt.date(year, month, 1), month_end(year, month), "month")
    if near is None:
        return
    for match in _MONTH_ALONE.finditer(text):
        if not match["month"][0].isupper():
            continue
        month = _month(match["month"])
        ends = [month_end(year, month) for year in (near.year - 1, near.year, near.year + 1)]
        end = min(ends, key=lambda candidate: abs((candidate - near).days - 90))
        yield Period(match.start("month"), match.end(), end.replace(day=1), end, "month")


def _years(text: str, fiscal: FiscalCalendar, near: dt.date | None) -> Iterator[Period]:
    for match in _FISCAL_YEAR.finditer(text):
        first, last = fiscal.year(int(match["year"] or match["year_before"]))
        yield Period(match.start(), match.end(), first, last, "year")
    for match in _YEAR_ALONE.finditer(text):
        year = int(match["year"])
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        if match["part"] == "early":
            last = dt.date(year, 3, 31)
        elif match["part"] == "mid":
            first, last = dt.date(year, 4, 1), dt.date(year, 6, 30)
        elif match["part"] == "late":
            first = dt.date(year, 10, 1)
        yield Period(match.start(), match.end(), first, last, "year")
