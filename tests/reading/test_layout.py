"""Spans are exact, rows of `sections` give the section back, and no input makes reading fail."""

import time
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_row_has_the_columns_of_the_table_and_gives_the_section_back() -> None:
    for section in read_filing(html(f"<p>{HEADING}</p>", f"<p>{BODY}</p>", COST_TABLE)).sections:
        row = section_to_row(section, "0009990001-10-000001", "0" * 12)
        assert tuple(row) == table("sections").column_names
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


def test_time_grows_with_the_length_only() -> None:
    for piece in (
        "item 2.05, ",
        "- ",
        "( ",
        "$ ",
        "1 ",
        "a" * 50 + ". ",
        "<td>1",
        "<b>",
        "Exhibit 99.1 see ",
        "  12  ",
    ):
        text = HEADING + "\n" + piece * (60_000 // len(piece))
        begun = time.perf_counter()
        read_filing(text.encode())
        assert time.perf_counter() - begun < 3, piece
