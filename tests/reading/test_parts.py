"""Every visible character of a main document stands in exactly one of its parts."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpora import SAMPLES, real_filings
from benchmarks.reading_coverage import Coverage, main_document, visible_text
from pipeline.errors import UnreadableSubmissionError
from pipeline.reading.characters import clean
from pipeline.reading.filing import read_filing
from tests.reading.shapes import BODY, OTHER, html, plain
from tests.reading.test_html_tables import COST_TABLE

HEADING = "Item 2.05 Costs Associated with Exit or Disposal Activities."
ITEMS = [HEADING, "Items 2.05 and 2.06.", "Item 8.01 Other Events.", "SECTION 8 - OTHER EVENTS", BODY, OTHER]
TAILS = ["EXHIBIT INDEX", "99.1 Press release dated May 3, 2010", "SIGNATURES", "EX-99.1", "EXPLANATORY NOTE"]


def left_out(data: bytes) -> tuple[int, int]:
    """Letters and digits that are in no part, and in two."""
    coverage = Coverage()
    coverage.add(b"<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n%b\n</TEXT>\n</DOCUMENT>\n" % data, read_filing(data))
    return coverage.left_out, coverage.doubled


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", clean(text))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*ITEMS, *TAILS]), max_size=12), st.booleans())
def test_any_order_of_parts_covers_the_document(lines: list[str], as_html: bool) -> None:
    data = html(*(f"<p>{line}</p>" for line in lines), COST_TABLE) if as_html else plain(*lines)
    assert left_out(data) == (0, 0)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.txt")), ids=lambda path: path.stem)
def test_samples_are_covered_but_for_page_numbers_and_links_to_the_contents(path: Path) -> None:
    data = path.read_bytes()
    try:
        reading = read_filing(data)
    except UnreadableSubmissionError:
        return
    main = main_document(data)
    assert main is not None
    parts = "\n".join(part.text for part in reading.parts)
    visible, held = Counter(words(visible_text(main))), Counter(words(parts))
    assert not held - visible
    assert {word.lower() for word in visible - held} <= {"table", "of", "contents", "2", "3"}


@pytest.mark.skipif(not real_filings(), reason="the shared filings are not here")
def test_real_filings_are_covered_but_for_page_furniture() -> None:
    coverage = Coverage()
    for path in real_filings():
        data = path.read_bytes()
        coverage.add(data, read_filing(data))
    assert coverage.doubled == 0
    assert coverage.left_out < coverage.visible / 300


def test_parts_are_named() -> None:
    parts = read_filing(plain(HEADING, BODY, "Item 8.01 Other Events.", OTHER, "EXHIBIT INDEX")).parts
    assert Counter(part.kind for part in parts) == {"cover": 1, "item": 2, "exhibit_index": 1, "signature": 1}
    assert [part.items for part in parts if part.kind == "item"] == [("2.05",), ("8.01",)]
    assert parts[1].text == f"{HEADING}\n{BODY}"


def test_no_item_of_a_real_filing_is_a_heading_only() -> None:
    for path in real_filings():
        for section in read_filing(path.read_bytes()).sections:
            assert section.item is None or len(section.blocks) > 1, (path.name, section.item)
