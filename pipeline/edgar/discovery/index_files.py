"""EDGAR's index files: header lines, a line of titles, a dashed rule, then a row for each filing and filer.

`master.idx` is parted by bars, `form.idx` and `company.idx` have columns of fixed width, which their line of
titles shows; that line can be broken in two. Days are written YYYY-MM-DD in a quarterly index and YYYYMMDD in
a daily one. No index has the items of an 8-K.
"""

import datetime as dt
import re
from collections.abc import Container
from dataclasses import dataclass

_RULE = re.compile(r"-{20,}\s*")
_RECEIVED = re.compile(r"Last Data Received:\s*(\w{3})\w*\.?\s+(\d{1,2}),\s*(\d{4})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = r"\d{4}-\d{2}-\d{2}|\d{8}"
_PATH = r"edgar/data/\d+/(?:\d{18}/)?(?P<accession>\d{10}-\d{2}-\d{6})\.txt"
_BARRED = re.compile(rf"(?P<cik>\d{{1,10}})\|(?P<name>.*)\|(?P<form>[^|]*)\|(?P<day>{_DAY})\|\s*{_PATH}\s*")
_END_OF_ROW = re.compile(rf"\s(?P<cik>\d{{1,10}})\s+(?P<day>{_DAY})\s+{_PATH}\s*$")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A filing under one of its filers."""

    cik: str
    """Ten digits."""
    company_name: str
    form_type: str
    filed_date: dt.date
    accession_number: str


@dataclass(frozen=True, slots=True)
class Index:
    rows: tuple[IndexRow, ...]
    received: dt.date | None
    """The last day whose filings it has: as it says, else that of its last filing."""


def read_index_file(data: bytes, forms: Container[str] | None = None) -> Index:
    """Read a master, form or company index; names are latin-1. A day without filings has no rows.

    Args:
        data: the file.
        forms: the form types whose rows are kept; all rows are read.

    Raises:
        ValueError: it is none, or a row cannot be read: what is wrong, with the line.
    """
    # Not splitlines: it would part a row at the byte 85, which is three dots in names of Windows' making.
    lines = data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rule = next((number for number, line in enumerate(lines) if _RULE.fullmatch(line)), None)
    if rule is None:
        start = " ".join(data[:60].decode("latin-1").split())
        raise ValueError(f"it has no dashed rule; it starts with {start!r}")
    head = lines[:rule]
    titles = next((line for line in head if "Form Type" in line and "Company Name" in line), None)
    if titles is None:
        raise ValueError("no line above its dashed rule has the titles Form Type and Company Name")
    barred = "|" in titles
    rows = []
    last_filed: dt.date | None = None
    for number, line in enumerate(lines[rule + 1 :], rule + 2):
        if not line.strip():
            continue
        try:
            row = _barred_row(line) if barred else _fixed_row(line, titles)
        except ValueError as problem:
            raise ValueError(
                f"its line {number}, {line.strip()[:100]!r}, cannot be read ({problem})"
            ) from None
        last_filed = max(row.filed_date, last_filed or row.filed_date)
        if forms is None or row.form_type in forms:
            rows.append(row)
    return Index(tuple(rows), _received("\n".join(head)) or last_filed)


def _barred_row(line: str) -> IndexRow:
    cells = _BARRED.fullmatch(line)
    if not cells:
        raise ValueError("it is not CIK|Company Name|Form Type|Date Filed|Filename")
    return _row(cells, cells["name"], cells["form"])


def _fixed_row(line: str, titles: str) -> IndexRow:
    """What stands at the end is known by its form, since a broken line of titles shows no places for it."""
    end = _END_OF_ROW.search(line)
    if not end:
        raise ValueError("it does not end with CIK, day and file name")
    second = max(titles.index("Form Type"), titles.index("Company Name"))
    first_cell, second_cell = line[:second], line[second : end.start()]
    if not first_cell.endswith(" "):  # a form type wider than its column pushes the row to the right
        first_cell, _, second_cell = line[: end.start()].partition("  ")
    form_first = titles.index("Form Type") < titles.index("Company Name")
    form, name = (first_cell, second_cell) if form_first else (second_cell, first_cell)
    return _row(end, name, form)


def _row(cells: re.Match[str], name: str, form: str) -> IndexRow:
    return IndexRow(
        cik=cells["cik"].zfill(10),
        company_name=name.strip(),
        form_type=form.strip(),
        filed_date=dt.date.fromisoformat(cells["day"]),
        accession_number=cells["accession"],
    )


def _received(head: str) -> dt.date | None:
    written = _RECEIVED.search(head)
    try:
        return dt.date(int(written[3]), _MONTHS.index(written[1]) + 1, int(written[2])) if written else None
    except ValueError:
        return None
