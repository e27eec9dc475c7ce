"""HTML of every era to blocks: what is text, what is a heading, what is hidden."""

import pytest

from pipeline.reading.document import read_document
from tests.reading.grids import kinds


def blocks(body: str) -> list[tuple[str, str]]:
    return kinds(
        read_document(f"<html><head><title>T</title></head><body>{body}</body></html>", is_html=True)
    )


def test_spaces_and_invisible_characters_are_normalised() -> None:
    assert blocks("<p>Item&#160;&#160;2.05\u2009Costs\u200b of&shy;fice\n   space \\$ 75,000</p>") == [
        ("paragraph", "Item 2.05 Costs office space \\$ 75,000")
    ]


def test_numeric_references_to_cp1252_are_characters() -> None:
    assert blocks("<p>the Company&#146;s &#147;Plan&#148;</p>") == [("paragraph", "the Company’s “Plan”")]


def test_inline_tags_do_not_part_words() -> None:
    assert blocks("<div><span>$</span><font>5</font><b>.6</b><span> million</span></div>") == [
        ("paragraph", "$5.6 million")
    ]


def test_raised_footnote_mark_is_no_digit_of_the_figure() -> None:
    assert blocks("<p>$8,940<sup>1</sup> and 5.0<sup>(a)</sup> on the 1<sup>st</sup> day</p>") == [
        ("paragraph", "$8,940 1 and 5.0 (a) on the 1st day")
    ]


def test_inline_xbrl_is_text_and_its_header_is_not() -> None:
    body = (
        '<div style="display:none"><ix:header><ix:hidden>false</ix:hidden></ix:header></div>'
        '<p>On <ix:nonNumeric name="dei:DocumentPeriodEndDate">May 3, 2022</ix:nonNumeric> the Board met.</p>'
        '<p>Cost: $<ix:nonFraction name="us-gaap:X" scale="6">4.0</ix:nonFraction> million</p>'
    )
    assert [text for _, text in blocks(body)] == ["On May 3, 2022 the Board met.", "Cost: $4.0 million"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="DISPLAY: none">gone</div>',
        '<span style="visibility:hidden">gone</span>',
        "<script>gone</script>",
        "<style>gone</style>",
        "<!-- gone -->",
        "<p hidden>gone</p>",
    ],
)
def test_hidden_elements_are_left_out(hidden: str) -> None:
    assert blocks(f"<p>seen</p>{hidden}<p>too</p>") == [("paragraph", "seen"), ("paragraph", "too")]


@pytest.mark.parametrize(
    "heading",
    [
        "<p><b>Workforce Reduction</b></p>",
        "<h3>Workforce Reduction</h3>",
        '<p><font style="font-weight:bold">Workforce Reduction</font></p>',
        '<div style="font-weight:700"><span>Workforce Reduction</span></div>',
        "<p><u>Workforce Reduction</u></p>",
        '<p><span style="font-style:italic">Workforce Reduction</span></p>',
    ],
)
def test_emphasised_lines_are_headings(heading: str) -> None:
    assert blocks(heading) == [("heading", "Workforce Reduction")]


def test_emphasis_inside_a_paragraph_makes_no_heading() -> None:
    assert blocks("<p><b>Modification of awards.</b> On June 7 the Committee modified awards.</p>") == [
        ("paragraph", "Modification of awards. On June 7 the Committee modified awards.")
    ]
    assert blocks(
        '<p style="font-weight:bold">A <span style="font-weight:400">plain remainder of text</span></p>'
    ) == [("paragraph", "A plain remainder of text")]


@pytest.mark.parametrize(
    "entries",
    [
        "<ul><li>first cost</li><li>second cost</li></ul>",
        "<table><tr><td>•</td><td>first cost</td></tr><tr><td>•</td><td>second cost</td></tr></table>",
        "<table><tr><td></td><td>·</td><td><p>first cost</p></td></tr></table><div>·second cost</div>",
        "<p>(i)</p><p>first cost</p><p>(ii)</p><p>second cost</p>",
    ],
)
def test_list_entries(entries: str) -> None:
    found = blocks(entries)
    assert [kind for kind, _ in found] == ["list_entry", "list_entry"]
    assert [text.split(" ", 1)[-1] if text[0] in "•·(" else text for _, text in found] == [
        "first cost",
        "second cost",
    ]


def test_line_breaks_part_lines_and_wrap_prose() -> None:
    prose = "The Company expects to record charges in the second and third<br>quarters of 2010 for the plan."
    assert blocks(f"<p>{prose}</p>") == [("paragraph", prose.replace("<br>", " "))]
    assert [text for _, text in blocks("<p>First paragraph.<br><br>Second one.</p>")] == [
        "First paragraph.",
        "Second one.",
    ]
    assert [text for _, text in blocks("<p>12 Main Street<br>Testville, Ohio</p>")] == [
        "12 Main Street",
        "Testville, Ohio",
    ]


def test_preformatted_text_is_read_as_plain_text() -> None:
    wrapped = "Severance costs of the plan are expected to come to about\n$4 million in all."
    found = blocks(f"<pre>{wrapped}\n\nOther text.</pre>")
    assert [text for _, text in found] == [
        "Severance costs of the plan are expected to come to about $4 million in all.",
        "Other text.",
    ]


def test_page_numbers_and_running_heads_are_left_out() -> None:
    page_break = '<hr style="page-break-after:always">'
    pages = "".join(
        f"<p>Text of page {number} that ends here.</p><p>{number}</p>{page_break}<p>Invented Widgets</p>"
        for number in range(1, 5)
    )
    assert [text for _, text in blocks(pages)] == [
        f"Text of page {number} that ends here." for number in range(1, 5)
    ]


def test_sentence_parted_by_a_page_end_is_mended() -> None:
    found = blocks(
        "<p>The Company expects to record total charges of $4 million in the second</p><p>2</p>"
        '<p style="page-break-before:always">quarter of 2010, of which $3 million is cash.</p>'
    )
    assert [text for _, text in found] == [
        "The Company expects to record total charges of $4 million in the second "
        "quarter of 2010, of which $3 million is cash."
    ]


def test_broken_markup_loses_no_words() -> None:
    broken = "<p><b>Item 2.05<p>One<div>two <table><tr><td>three<td>four<p>five</table></font>six"
    text = " ".join(text for _, text in blocks(broken))
    assert text.split() == ["Item", "2.05", "One", "two", "three", "four", "five", "six"]


def test_deeply_nested_markup_is_read() -> None:
    deep = "<div>" * 3000 + "<table><tr><td>" * 200 + "words" + "</table>" * 200
    assert [text for _, text in blocks(deep)] == ["words"]


def test_preformatted_text_with_line_breaks() -> None:
    assert [words for _, words in blocks("<pre>Item 8.01<br><br>Nothing to report &amp; no more.</pre>")] == [
        "Item 8.01", "Nothing to report & no more.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hidden", ["<!-- a > b -->", "<script>if (a<b) {}</script>", "<iframe><p>x</iframe>"]
)
def test_what_holds_no_text_leaves_the_rest_whole(hidden: str) -> None:
    assert blocks(f"<p>One {hidden}two</p><p>three</p>") == [("paragraph", "One two"), ("paragraph", "three")]


def test_angle_brackets_and_quotes_in_attributes() -> None:
    html = """<p title='a > b "c"' "">One</p><td width="10%"">two</td><xmp>a <b> c</xmp><p>three</p>"""
    assert [words for _, words in blocks(html)] == ["One", "twoa <b> c", "three"]


def test_inline_elements_that_are_never_closed_do_not_grow() -> None:
    inline = "".join(f"<i class={number}>" for number in range(2_000))
    drafts = blocks(f"<p>{inline}</p>" + "<p>text" * 5_000)
    assert len(drafts) == 5_000
