"""Amounts, dates and codes as people read them."""

import datetime as dt
from decimal import Decimal

import pytest

from pipeline.pages.words import WORDS, count, date, money, percent, worded
from pipeline.tables import TABLES, vocabulary


@pytest.mark.parametrize(
    ("low", "high", "currency", "written"),
    [
        ("75000.00", "75000.00", "USD", "$75,000"),
        ("8000000.00", "9500000.00", "USD", "$8,000,000 to $9,500,000"),
        (None, "7500000.00", "EUR", "up to €7,500,000"),
        ("1.50", None, "GBP", "at least £1.5"),
        ("-2500000.00", "-2500000.00", "USD", "−$2,500,000"),
        ("5000.00", "5000.00", "CAD", "CAD\N{NO-BREAK SPACE}5,000"),
        ("10.25", "10.25", None, "10.25"),
        (None, None, "USD", ""),
    ],
)
def test_amounts(low: str | None, high: str | None, currency: str | None, written: str) -> None:
    from_low, to_high = (None if bound is None else Decimal(bound) for bound in (low, high))
    assert money(from_low, to_high, currency) == written


def test_counts_percentages_and_dates() -> None:
    assert count(120, 150, approximate=True) == "about 120 to 150"
    assert percent(Decimal("12.5000")) == "12.5%"
    assert percent(None) == date(None) == ""
    assert date(dt.date(2008, 10, 7)) == "October 7, 2008"


def test_every_word_of_the_vocabularies_has_plain_english() -> None:
    for column, words in {
        "read_status": vocabulary.READ_STATUS,
        "estimate_status": vocabulary.ESTIMATE_STATUS,
        "category": vocabulary.CATEGORY,
        "asc420_class": vocabulary.ASC420_CLASS,
        "role": vocabulary.ROLE,
        "settlement": vocabulary.SETTLEMENT,
        "status": vocabulary.STATUS,
        "security": vocabulary.SECURITY,
        "action": vocabulary.SHARE_ACTION,
        "basis": vocabulary.HEADCOUNT_BASIS,
        "kind": vocabulary.MENTION_KIND,
        "relation": vocabulary.MENTION_RELATION,
        "unit": vocabulary.MENTION_UNIT,
        "effect": ("original", *vocabulary.AMENDMENT_EFFECT),
    }.items():
        assert set(WORDS[column]) == set(words), column
    assert set(WORDS) <= {"effect"} | {name for table in TABLES.values() for name in table.column_names}


def test_a_word_that_no_vocabulary_has_stands_as_it_is() -> None:
    assert worded("category", "nonsense") == "nonsense"
