"""A filing's sections: items, notes, exhibits; what ends the last item; texts without headings."""

from pathlib import Path

import pytest

from pipeline.edgar.items import header_item
from pipeline.errors import UnreadableSubmissionError
from pipeline.reading.document import document_drafts
from pipeline.reading.filing import read_filing
from pipeline.reading.sections import split_parts
from tests.reading.shapes import BODY, COVER, OTHER, SIGNATURE, document, plain, submission

HEADING = "Item 2.05 Costs Associated with Exit or Disposal Activities."
SHARED = Path(__file__).parents[2] / "../shared"


def test_signature_ends_the_last_item() -> None:
    (section,) = read_filing(plain(HEADING, BODY)).sections
    assert section.text == f"{HEADING}\n{BODY}"


def test_signature_without_its_heading_ends_the_last_item() -> None:
    (section,) = read_filing(
        f"{HEADING}\n\n{BODY}\n\nINVENTED WIDGETS, INC.\n/s/ Pat Sample\n".encode()
    ).sections
    assert section.text == f"{HEADING}\n{BODY}"


def test_exhibit_index_ends_the_last_item() -> None:
    text = f"{HEADING}\n\n{BODY}\n\nEXHIBIT INDEX\n\n99.1   Press release\n"
    (section,) = read_filing(text.encode()).sections
    assert section.text == f"{HEADING}\n{BODY}"


def test_explanatory_note_is_a_section_of_its_own() -> None:
    note = "This Amendment No. 1 supplies the estimates that the original report of April 2, 2010 left open."
    reading = read_filing(plain("EXPLANATORY NOTE", note, HEADING, BODY).replace(b"FORM 8-K", b"FORM 8-K/A"))
    first, second = reading.sections
    assert (first.item, first.document_type, first.text) == (None, "8-K/A", f"EXPLANATORY NOTE\n{note}")
    assert second.item == "2.05"
    assert reading.header.form_type == "8-K/A"


def test_explanatory_note_without_heading() -> None:
    note = (
        "On April 2, 2010, Invented Widgets, Inc. filed a Current Report on Form 8-K to report a plan "
        "that its Board had approved on March 30, 2010."
    )
    first, _ = read_filing(plain(note, HEADING, BODY)).sections
    assert (first.item, first.title, first.text) == (None, "Explanatory Note", note)


def test_text_without_item_headings_is_read_as_the_item() -> None:
    text = f"Form 8-K, Invented Widgets, Inc., event of May 3, 2010. Item 2.05.\n{BODY}\n"
    reading = read_filing(text.encode())
    assert reading.headless
    assert reading.body_items == ()
    (section,) = reading.sections
    assert section.item == "2.05"
    assert section.text.endswith(BODY)
    assert reading.notes
    assert reading.header.report_date is not None


def test_headless_text_with_a_cover() -> None:
    (section,) = read_filing(f"{COVER}\n{BODY}\n{SIGNATURE}".encode()).sections
    assert section.text == BODY


def test_submission_without_the_item_is_not_read_as_the_item() -> None:
    reading = read_filing(submission(document("8-K", f"<p>{BODY}</p>"), items=("Other Events",)))
    assert not reading.headless
    assert reading.sections == ()
    assert reading.notes == ("The header names Item 8.01, but the document has no such heading.",)


def test_header_and_body_are_reconciled() -> None:
    body = f"<p><b>{HEADING}</b></p><p>{BODY}</p><p><b>Item 8.01 Other Events</b></p><p>{OTHER}</p>"
    items = ("Cost Associated with Exit or Disposal Activities", "Material Impairments", "Weather")
    reading = read_filing(submission(document("8-K", body), items=items))
    assert reading.body_items == ("2.05", "8.01")
    assert reading.notes == (
        "The header names an item in unknown words: 'Weather'.",
        "The header names Item 2.06, but the document has no such heading.",
        "The document has Item 8.01, which the header does not name.",
    )


@pytest.mark.parametrize("heading", ["Item 5. Other Events", "Item 8.01 Other Events"])
def test_both_numberings_occur_on_the_day_of_the_change(heading: str) -> None:
    body = document("8-K", f"<p><b>{heading}</b></p><p>{BODY}</p>")
    data = submission(body, items=("Other Events",)).replace(b"20100506", b"20040823")
    assert read_filing(data).body_items == (heading.split()[1].rstrip("."),)
    assert read_filing(data).notes == ()


def test_exhibits_are_sections() -> None:
    reading = read_filing(
        submission(
            document("8-K", f"<p><b>{HEADING}</b></p><p>{BODY}</p>"),
            document("EX-99.1", "<p>Press release of the plan.</p>", 2, "ex991.htm"),
            document("EX-10.1", f"<p>{'A very long agreement. ' * 12_000}</p>", 3, "ex101.htm"),
            document("GRAPHIC", "begin 644 a.jpg\nM\nend", 4, "a.jpg"),
        )
    )
    item, exhibit = reading.sections
    assert (item.item, item.document_sequence, item.section_ordinal, item.document_name) == (
        "2.05",
        1,
        1,
        "form8k.htm",
    )
    assert (exhibit.item, exhibit.document_type, exhibit.document_sequence) == (None, "EX-99.1", 2)
    assert exhibit.text == "Press release of the plan."
    assert reading.exhibits == {"EX-99.1": 2, "EX-10.1": 3}
    assert reading.primary_document == "form8k.htm"


def test_exhibit_inside_a_bare_text() -> None:
    text = (
        f"{HEADING}\n\nThe charges stand in Exhibit 99.1, incorporated by reference.\n\nEX-99.1\n\n{BODY}\n"
    )
    item, exhibit = read_filing(text.encode()).sections
    assert item.incorporates == ("EX-99.1",)
    assert (exhibit.document_type, exhibit.document_sequence, exhibit.section_ordinal) == ("EX-99.1", 1, 2)
    assert exhibit.text.endswith(BODY)


def test_submission_without_a_form() -> None:
    reading = read_filing(submission(document("EX-99.1", "<p>Press release.</p>")))
    assert [section.document_type for section in reading.sections] == ["EX-99.1"]
    assert reading.primary_document is None
    assert reading.notes == ("There is no Form 8-K among the submission's documents.",)


def test_html_without_text_is_refused() -> None:
    with pytest.raises(UnreadableSubmissionError, match="no text"):
        read_filing(b"<html><body><img src='scan.jpg'></body></html>")


def test_every_block_belongs_to_exactly_one_part() -> None:
    drafts = document_drafts(plain("EXPLANATORY NOTE", OTHER, HEADING, BODY, "EXHIBIT INDEX").decode(), False)
    parts = split_parts(drafts, None)
    assert parts[0].first == 0
    assert [part.last for part in parts] == [*(part.first for part in parts[1:]), len(drafts)]
    assert {part.kind for part in parts} == {
        "cover",
        "explanatory_note",
        "item",
        "exhibit_index",
        "signature",
    }


@pytest.mark.skipif(not (SHARED / "filings/MANIFEST.tsv").is_file(), reason="the shared filings are not here")
def test_items_of_real_filings() -> None:
    disagreements = []
    for line in (SHARED / "filings/MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        file, *_, items, _ = line.split("\t")
        named = items.split("," if items[0].isdigit() else "|")
        wanted = {header_item(item.strip()) for item in named}
        found = set(read_filing((SHARED / "filings" / file).read_bytes()).body_items)
        if found != wanted:
            disagreements.append((file, wanted, found))
    assert disagreements == []
