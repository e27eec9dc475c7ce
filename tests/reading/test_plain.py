"""Plain text: paragraphs unwrapped, lists, headings and tables apart."""

import textwrap

from pipeline.reading.document import read_document
from tests.reading.grids import kinds, rows

PARAGRAPH = (
    "On May 3, 2010, Invented Widgets, Inc. committed to a plan to close its Testville plant and to buy "
    "parts from outside foundries. The Company expects severance of approximately $40 million in the second "
    "quarter of 2010."
)


def read(text: str) -> list[tuple[str, str]]:
    return kinds(read_document(text, is_html=False))


def test_hard_wrapped_paragraphs_are_unwrapped() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    indented = textwrap.fill(PARAGRAPH, 72, initial_indent="     ")
    assert read(f"{wrapped}\n\n{wrapped}\n") == [("paragraph", PARAGRAPH)] * 2
    assert read(f"{indented}\n{indented}\n") == [("paragraph", PARAGRAPH)] * 2


def test_unwrapped_lines_are_paragraphs_of_their_own() -> None:
    assert read(f"Item 2.05. Costs\n{PARAGRAPH}\n{PARAGRAPH}")[1:] == [("paragraph", PARAGRAPH)] * 2


def test_word_broken_at_its_hyphen() -> None:
    text = (
        "The Company expects to record in the second quarter of 2010 a certain non-\n"
        "cash charge for equipment of the plant that will be closed in the autumn.\n"
    )
    assert "a certain non-cash charge" in read(text)[0][1]


def test_list_entries_stay_apart() -> None:
    text = (
        "The charges are:\n\n  o  severance of $2 million to be paid in cash to\n     employees;\n"
        "  o  leases of $1 million.\n"
    )
    assert read(text)[1:] == [
        ("list_entry", "o severance of $2 million to be paid in cash to employees;"),
        ("list_entry", "o leases of $1 million."),
    ]


def test_enumeration_in_a_sentence_is_not_taken_apart() -> None:
    sentence = (
        "Upon the closing (i) each share of common stock that is outstanding lapses, and (ii) each option "
        "that is outstanding becomes void, and nothing is paid for any of them at all."
    )
    wrapped = textwrap.fill(sentence, 79)
    assert "\n(ii)" in wrapped
    assert read(wrapped) == [("paragraph", sentence)]


def test_entities_and_page_marks() -> None:
    text = "Smith &amp; Jones closed a plant.\n\n                  2\n<PAGE>\n\nThe rest follows here.\n"
    assert [words for _, words in read(text)] == ["Smith & Jones closed a plant.", "The rest follows here."]


def test_table_with_leaders_rules_and_blank_lines() -> None:
    document = read_document(
        textwrap.dedent("""\
            The table shows the charges:

            (in thousands)                      Cash      Non-cash
                                             --------     --------

            Severance                        $  8,940     $     --
            Write-down of plant and
              equipment (non-
              cash)                                --       (1,275)
                                             --------     --------
            Total                            $  8,940     $ (1,275)
                                             ========     ========

            These amounts may change.
            """),
        is_html=False,
    )
    assert rows(document) == [
        [(0, "(in thousands)"), (1, "Cash"), (2, "Non-cash")],
        [(0, "Severance"), (1, "$ 8,940"), (2, "$ --")],
        [(0, "Write-down of plant and equipment (non-cash)"), (1, "--"), (2, "(1,275)")],
        [(0, "Total"), (1, "$ 8,940"), (2, "$ (1,275)")],
    ]
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_table_tags_mark_heads() -> None:
    document = read_document(
        "<TABLE>\n<CAPTION>\n                       2010         2009\n"
        "                     -------      -------\n"
        "<S>                  <C>          <C>\nSeverance            $   12       $    8\n"
        "Leases                    3            4\n</TABLE>\n",
        is_html=False,
    )
    (block,) = document.blocks
    assert block.grid is not None
    assert block.grid.header_rows == 1
    assert rows(document)[1] == [(0, "Severance"), (1, "$ 12"), (2, "$ 8")]


def test_single_row_under_a_head() -> None:
    text = (
        "                          Estimated range\n"
        " Work force reduction     $ 24.0 million to $26.0 million\n"
    )
    assert rows(read_document(text, is_html=False)) == [
        [(1, "Estimated range")],
        [(0, "Work force reduction"), (1, "$ 24.0 million to $26.0 million")],
    ]


def test_cells_parted_by_bars() -> None:
    text = "Branches:\n\nClosing | Into\nElkton | Pigeon\nKinde | Caseville\n"
    assert rows(read_document(text, is_html=False)) == [
        [(0, "Closing"), (1, "Into")], [(0, "Elkton"), (1, "Pigeon")], [(0, "Kinde"), (1, "Caseville")],
    ]  # fmt: skip


def test_prose_with_wide_gaps_is_no_table() -> None:
    text = (
        "The  plan   calls for   310   employees to   leave, and\n"
        "the  Company   expects  to   pay   about   75   of  them\nto stay."
    )
    assert [kind for kind, _ in read(text)] == ["paragraph"]


def test_same_table_as_text_and_as_html_gives_the_same_grid() -> None:
    data = [("Severance", "8,940", "—"), ("Facility exit costs", "610", "2,480"), ("Total", "9,550", "2,480")]
    text = "Charges                     Cash     Non-cash\n\n" + "".join(
        f"{label:<24}{cash:>8}{noncash:>13}\n" for label, cash, noncash in data
    )
    html = "<table><tr><td>Charges</td><td>Cash</td><td>Non-cash</td></tr>" + "".join(
        f"<tr><td>{label}</td><td>{cash}</td><td>{noncash}</td></tr>" for label, cash, noncash in data
    )
    assert rows(read_document(text, is_html=False)) == rows(read_document(html, is_html=True))


def test_bars_between_prose_without_blank_lines() -> None:
    text = (
        "The estimates are:\n| (in millions) | | Low | | High | |\n| --- | --- | --- | --- | --- | --- |\n"
        "| Severance | $ | 5.0 | $ | 6.1 | |\n| Other | | 1.2 | | 1.5 | |\nThey may change.\n"
    )
    document = read_document(text, is_html=False)
    assert rows(document) == [
        [(0, "(in millions)"), (1, "Low"), (2, "High")],
        [(0, "Severance"), (1, "$ 5.0"), (2, "$ 6.1")],
        [(0, "Other"), (1, "1.2"), (2, "1.5")],
    ]
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_dot_leaders_are_no_part_of_the_label() -> None:
    text = "Severance ........................ $  5.0\nLeases . . . . . . . . . . . . . .    2.0\n"
    assert rows(read_document(text, is_html=False)) == [
        [(0, "Severance"), (1, "$ 5.0")], [(0, "Leases"), (1, "2.0")],
    ]  # fmt: skip
