"""Rows in the form that a release's CSV files have, for programs and for spreadsheets alike.

Money is exact, dates are ISO and timestamps UTC, booleans are true or false, null is nothing (an empty text
is `""`), lists and structs are JSON. A text that a spreadsheet would run as a formula is made harmless.
"""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import csv

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""How a text starts that a spreadsheet may run; apostrophes before it belong to it, so that taking one off
always gives the original back."""


def csv_writer(sink: BinaryIO, schema: pa.Schema) -> csv.CSVWriter:
    """What writes parts of a table of `schema`, once they are in `csv_form`; UTF-8, with a header."""
    return csv.CSVWriter(sink, csv_form(schema.empty_table()).schema)


def csv_form(rows: pa.Table) -> pa.Table:
    """The same rows and columns; those that are neither numbers, booleans nor dates as text."""
    made = []
    for column in rows.columns:
        written = _writing(column.type)
        if written is None:
            made.append(column)
        else:
            texts = [None if value is None else written(value) for value in column.to_pylist()]
            made.append(pa.chunked_array([pa.array(texts, pa.string())]))
    return pa.table(made, names=rows.column_names)


def _writing(kind: pa.DataType) -> Callable[[Any], str] | None:
    """How a value of that type is written, where Arrow does not write it as wanted."""
    if pa.types.is_string(kind):
        return harmless
    if pa.types.is_timestamp(kind):
        return _utc
    return _json if pa.types.is_nested(kind) else None


def harmless(text: str) -> str:
    """The text, behind an apostrophe if it starts like a formula: with = + - @, a tab or a line's end."""
    return f"'{text}" if _FORMULA.match(text) else text


def _utc(moment: dt.datetime) -> str:
    """2008-10-27T20:15:00Z, with a fraction of the second only where there is one."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
