"""EDGAR's index files, in all their forms."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.edgar.discovery.index_files import read_index_file
from tests.replica.tiny_edgar import Listed
from tests.replica.tiny_indexes import form_index, master_index

REAL_INDEXES = Path(__file__).parents[2] / "../shared/filings/index"
Write = Callable[..., bytes]

DAY = dt.date(2008, 10, 31)
ROWS = [
    Listed("0000000101", "EXAMPLE CORP", "8-K", "2008-10-07", "0000000901-08-000001"),
    Listed("0000000202", "CAF\xc9 & | B\x85R /DE/", "8-K/A", "2008-10-31", "0000000901-08-000002"),
    Listed("0000000303", "DOE JOHN  A JR", "SC 13D/A", "2008-10-31", "0000000901-08-000003"),
]

# The broken line of titles is how EDGAR itself writes a daily company index.
BROKEN_TITLES = b"""Last Data Received:    Oct  3, 2022

Company Name                                                  Form Type   CIK
      Date Filed  File Name
-------------------------------------------------------------------------------------------------------------
5E Advanced Materials, Inc.                                   8-K         1888654     20221003    edgar/data/\
1888654/0001193125-22-256658.txt         \n"""


@pytest.mark.parametrize("write", [master_index, form_index])
@pytest.mark.parametrize("daily", [False, True])
def test_all_forms_say_the_same(write: Write, daily: bool) -> None:
    index = read_index_file(write(ROWS, DAY, daily))
    found = {
        (row.cik, row.company_name, row.form_type, str(row.filed_date), row.accession_number)
        for row in index.rows
    }
    assert found == {(row.cik, row.name, row.form, row.filed, row.accession) for row in ROWS}
    assert index.received == DAY


def test_only_the_forms_asked_for_are_kept() -> None:
    index = read_index_file(master_index(ROWS, DAY), ("8-K", "8-K/A"))
    assert [row.form_type for row in index.rows] == ["8-K", "8-K/A"]


def test_a_line_of_titles_may_be_broken_in_two() -> None:
    index = read_index_file(BROKEN_TITLES)
    (row,) = index.rows
    assert (row.company_name, row.form_type, row.cik) == ("5E Advanced Materials, Inc.", "8-K", "0001888654")
    assert (row.filed_date, index.received) == (dt.date(2022, 10, 3), dt.date(2022, 10, 3))


def test_a_form_type_may_be_wider_than_its_column() -> None:
    wide = [*ROWS, Listed("0000000404", "X INC", "SCHEDULE 13G/A", "2008-10-31", "0000000901-08-000004")]
    text = form_index(wide, DAY).replace(b"SCHEDULE 13G/AX INC", b"SCHEDULE 13G/A  X INC")
    row = read_index_file(text).rows[-1]
    assert (row.form_type, row.company_name) == ("SCHEDULE 13G/A", "X INC")


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_line_ends_may_be_others(end: bytes) -> None:
    assert len(read_index_file(master_index(ROWS, DAY).replace(b"\n", end)).rows) == len(ROWS)


@pytest.mark.parametrize("write", [master_index, form_index])
def test_a_day_without_filings_has_no_rows(write: Write) -> None:
    assert read_index_file(write([], DAY)).rows == ()


def test_without_a_day_of_receipt_it_is_that_of_the_last_filing() -> None:
    data = master_index(ROWS, DAY).replace(b"Last Data Received:    October 31, 2008\n", b"")
    assert read_index_file(data).received == DAY


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no dashed rule"),
        (b"<html><title>Service Unavailable</title></html>", "no dashed rule; it starts with '<html>"),
        (b"-" * 80, "Form Type and Company Name"),
        (master_index(ROWS, DAY)[:-20], "line 13, '303|DOE JOHN"),
        (form_index(ROWS, DAY)[:-20], "line 13, 'SC 13D/A"),
        (master_index(ROWS, DAY).replace(b"2008-10-07", b"2008-13-07"), "line 11"),
        (master_index(ROWS, DAY).replace(b"edgar/data/101/", b"../../"), "line 11"),
    ],
)
def test_what_is_no_index_is_an_error_with_the_place(data: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem.replace("|", r"\|")):
        read_index_file(data)


@pytest.mark.skipif(not REAL_INDEXES.is_dir(), reason="real indexes are not at hand")
def test_real_indexes_are_read_without_a_lost_row() -> None:
    counted = {}
    for file in sorted(REAL_INDEXES.glob("*.idx*")):
        text = file.read_bytes()
        rows = read_index_file(text).rows
        assert len(rows) == text.count(b"edgar/data/"), file.name
        for form in ("8-K", "8-K/A"):
            written = [line.split(b"edgar/data/")[0] for line in text.split(b"\n") if b"edgar/data/" in line]
            cells = [line.replace(b"|", b"  ").split(b"  ") for line in written]
            lines = sum(form.encode() in [cell.strip() for cell in line] for line in cells)
            assert sum(row.form_type == form for row in rows) == lines, (file.name, form)
        assert all(row.company_name and row.form_type for row in rows)
        counted[file.name] = len(rows)
    assert counted["form.20200318.idx"] == 4084
    assert counted["company.20221003.idx"] == 4925
    assert counted["empty-form.idx"] == 0
