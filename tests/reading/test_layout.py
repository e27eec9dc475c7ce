"""Spans are exact, rows of `sections` give the section back, and no input makes reading fail."""

import gc
import re
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpora import SAMPLES, real_filings
from pipeline.errors import UnreadableSubmissionError
from pipeline.reading.filing import read_filing
from pipeline.reading.layout import section_from_row, section_to_row
from pipeline.tables.registry import table
from tests.reading.shapes import BODY, document, html, plain, submission
from tests.reading.spans import check_spans
from tests.reading.test_html_tables import COST_TABLE

HEADING = "Item 2.05 Costs Associated with Exit or Disposal Activities."
PIECES = st.sampled_from(
    [
        *(
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "</td>",
            '<td colspan="3">',
            "<td rowspan=2>",
            "<p>",
            "</p>",
        ),
        *(
            "<b>",
            "</b>",
            "<br>",
            "<li>",
            "<div style='display:none'>",
            "</div>",
            "<pre>",
            "<hr>",
            "<PAGE>",
            "<S>",
        ),
        *(
            "<C>",
            "$",
            "8,940",
            "(1,275",
            ")",
            "%",
            "—",
            "•",
            "(a)",
            "2010",
            "2",
            "Total:",
            "-----",
            "&nbsp;",
            "&#8203;",
        ),
        *(
            "Severance",
            "Item 2.05",
            "Item 9.01 Financial Statements and Exhibits",
            "SIGNATURES",
            "Exhibit 99.1",
        ),
        *("EX-99.1", "incorporated by reference", "\n\n", "\n", "     ", "\t", "|", "\x00", "é", "\u2009"),
        *(HEADING, BODY),
    ]
)


ADVERSARIAL = (
    *("item 2.05, ", "- ", "( ", "$ ", "1 ", "a" * 50 + ". ", "<td>1", "<b>", "Exhibit 99.1 see ", "  12  "),
    *("Items 2.05 and ", "Item 2.05\n\n", "SIGNATURES\n\n", "EX-99.1\n\n", "(i) ", "a  b  c\n", "5  6  7\n"),
    *("label   5   6\n\n", "|a|b|\n", "<table><tr><td>x", "<div>x", "<br>", "<p>2<p>", "<td colspan=200>5"),
    *("<td rowspan=9>x", "&nbsp;", "<PAGE>\n2\n", "Section 2 ", "incorporated by reference ", "information "),
    *(
        "set forth in ",
        "not ",
        "\t",
        "<",
        "<!--",
        "</TEXT>",
        "<DOCUMENT>\n<TYPE>8-K\n<TEXT>",
        "-",
        "_ ",
        "• ",
    ),
    *(
        "Total ........ ",
        ". . . . ",
        "<sup>1",
        "<pre>",
        "<ul><li>",
        "<xmp>",
        "<td>a<br>5",
        "• ",
        "non-\ncash ",
    ),
    *("<tr><td rowspan=200 colspan=200>5", "Costs Associated with ", "pursuant to the requirements of "),
)
"""Pieces that, repeated, provoke backtracking, deep nesting or wide tables."""


def test_row_has_the_columns_of_the_table_and_gives_the_section_back() -> None:
    for section in read_filing(html(f"<p>{HEADING}</p>", f"<p>{BODY}</p>", COST_TABLE)).sections:
        row = section_to_row(section, "0009990001-10-000001", "0" * 12)
        assert [*row] == [
            name for name in table("sections").column_names if name != "flags"
        ]  # judging adds it
        assert section_from_row(row) == section
        check_spans(section)


def test_spans_in_a_submission() -> None:
    data = submission(document("8-K", f"<p>{HEADING}</p>{COST_TABLE}"), document("EX-99.1", COST_TABLE, 2))
    sections = read_filing(data).sections
    assert len(sections) == 2
    for section in sections:
        check_spans(section)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["plain", "html", "bare"]))
def test_any_arrangement_of_pieces_is_read(pieces: list[str], shape: str) -> None:
    text = "".join(pieces)
    data = {"plain": plain(text), "html": html(text), "bare": text.encode()}[shape]
    try:
        reading = read_filing(data)
    except UnreadableSubmissionError:
        return
    for section in reading.sections:
        check_spans(section)
        assert section_from_row(section_to_row(section, "0009990001-10-000001", "0" * 12)) == section


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(UnreadableSubmissionError):
        read_filing(data)


def test_spans_are_exact_in_every_file_at_hand() -> None:
    for path in (*sorted(SAMPLES.glob("*/*.txt")), *real_filings()):
        with suppress(UnreadableSubmissionError):
            for section in read_filing(path.read_bytes()).sections:
                check_spans(section)
                assert section_from_row(section_to_row(section, "0009990001-10-000001", "0" * 12)) == section


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_grows_with_the_length_only(piece: str) -> None:
    """Four times the text takes about four times as long; a quadratic pattern would take sixteen times."""
    texts = [HEADING + "\n" + piece * (size // len(piece)) for size in (20_000, 80_000)]

    def grows_linearly() -> bool:
        short, long = map(_seconds, texts)
        return long < 8 * short + 0.1

    assert any(grows_linearly() for _ in range(5))  # other processes may hold a measurement up


def _seconds(text: str) -> float:
    times = []
    gc.disable()  # its passes go over everything that other tests have left
    try:
        for _ in range(2):
            begun = time.process_time()
            with suppress(UnreadableSubmissionError):
                read_filing(text.encode())
            times.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(times)


def test_source_beyond_the_bound_is_left_out_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.reading.filing._MOST_READ", 20_000)
    line = "The Company expects charges of about $5.0 million to be recorded in the year 2010.\n"
    exhibits = (document("EX-99.1", line * 200, 2), document("EX-99.2", line * 200, 3))
    reading = read_filing(submission(document("8-K", f"<p>{HEADING}</p><p>{BODY}</p>"), *exhibits))
    item, first, second = reading.sections
    assert item.text.endswith(BODY)
    assert len(second.text) < 4_000 < 16_000 < len(first.text)
    (note,) = reading.notes
    assert re.fullmatch(r"Of EX-99\.2, 3,\d{3} of 16,602 characters are read\.", note)
