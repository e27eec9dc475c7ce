"""The CSV form: exact values, and no text that a spreadsheet would run."""

import datetime as dt
import io
import re
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.warehouse.release_csv import csv_form, csv_writer, harmless


def written(rows: pa.Table) -> list[str]:
    """The lines below the header."""
    sink = io.BytesIO()
    with csv_writer(sink, rows.schema) as writer:
        writer.write_table(csv_form(rows))
    return sink.getvalue().decode("utf-8").split("\n")[1:-1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_starts_like_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", " =1", "a=1", "1-2", "'quoted'", "(5)", "$5", "—", "\\$75,000"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(st.text(alphabet="'=+-@\t\r\nab ", max_size=6))
def test_taking_the_apostrophe_off_gives_the_text_back(text: str) -> None:
    cell = harmless(text)
    assert not re.match(r"[=+\-@\t\r\n]", cell)
    assert (cell[1:] if re.match(r"'+[=+\-@\t\r\n]", cell) else cell) == text


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("-75000.00", "-75000.00"), ("0.10", "0.10"), ("9999999999999999.99", "9999999999999999.99")],
)
def test_money_is_exact_and_stays_a_number(amount: str, shown: str) -> None:
    assert written(pa.table({"low": pa.array([Decimal(amount)], pa.decimal128(18, 2))})) == [shown]


def test_a_small_percentage_has_no_exponent() -> None:
    assert written(pa.table({"percent": pa.array([Decimal("0.0001")], pa.decimal128(7, 4))})) == ["0.0001"]


def test_null_is_nothing_and_an_empty_text_is_not() -> None:
    assert written(pa.table({"a": ["x", None, ""], "b": [None, "x", None]})) == ['"x",', ',"x"', '"",']


def test_booleans_dates_and_moments() -> None:
    moments = [dt.datetime(2008, 10, 27, 20, 15, tzinfo=dt.UTC), None]
    rows = pa.table(
        {
            "is_amendment": [True, False],
            "filed_date": [dt.date(2008, 10, 27), None],
            "accepted_at": pa.array(moments, pa.timestamp("us", tz="UTC")),
        }
    )

    assert written(rows) == ['true,2008-10-27,"2008-10-27T20:15:00Z"', "false,,"]


def test_a_fraction_of_a_second_is_kept() -> None:
    moments = [dt.datetime(2008, 10, 27, 20, 15, 0, 500, tzinfo=dt.UTC)]

    assert written(pa.table({"at": pa.array(moments, pa.timestamp("us", tz="UTC"))})) == [
        '"2008-10-27T20:15:00.000500Z"'
    ]


def test_lists_and_structs_are_json() -> None:
    rows = pa.table({"items": [["2.05", "=é"], [], None], "spans": [[{"start": 1, "end": 2}], [], None]})

    assert written(rows) == [
        '"[""2.05"", ""=é""]","[{""start"": 1, ""end"": 2}]"',
        '"[]","[]"',
        ",",
    ]
