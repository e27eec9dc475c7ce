"""Which sections and blocks are shown, and how figures are marked in them."""

from dataclasses import replace

from pipeline.pages.figures import find_figures
from pipeline.pages.filing_view import FilingView
from pipeline.pages.marked_sections import Excerpts, ShownSection, marked_sections
from pipeline.reading.layout import section_from_row
from pipeline.reading.model import Block, Cell, Grid, Section
from tests.factories import SENTENCES, TEXT, charges, mention, section
from tests.pages.views import NUMBER, saving_taken_for_a_charge, view_of

TABLE = "\tLow\tHigh\nSeverance\t$5\t$6"


def shown(view: FilingView, **excerpts: int | bool) -> tuple[ShownSection, ...]:
    found = find_figures(view)
    if excerpts:
        return marked_sections(view, found, Excerpts(**excerpts))  # type: ignore[arg-type]
    return marked_sections(view, found)


def kinds(view: FilingView) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (piece.text, piece.kind, piece.numbers)
        for found in shown(view)
        for block in found.blocks
        for piece in block.pieces
        if piece.kind
    ]


def test_figures_are_marked_by_kind_with_their_numbers() -> None:
    assert kinds(view_of()) == [
        ("120 positions", "headcounts", ("1",)),
        ("$8.0 million to $9.5 million", "charges", ("2",)),
        ("$5.0 million to $6.0 million", "charges", ("3",)),
        ("$3.0 million to $3.5 million", "charges", ("4",)),
        ("up to $7.5 million", "charges", ("5",)),
        ("250,000 stock options", "shares", ("6",)),
        ("$12 million", "context", ("a",)),
    ]


def test_what_was_rejected_is_marked_as_such() -> None:
    assert kinds(saving_taken_for_a_charge())[-1] == ("$12 million", "rejected", ("7",))


def test_of_two_figures_of_the_same_words_the_charge_gives_the_colour() -> None:
    first, *_ = charges(NUMBER)
    second = {**first, "charge_id": "f" * 20, "role": "cash_portion", "ordinal": 2, "flags": []}
    assert ("$8.0 million to $9.5 million", "charges", ("2", "3")) in kinds(view_of(charges=[first, second]))


def test_a_restated_figure_has_the_number_of_the_first() -> None:
    target = charges(NUMBER)[0]["charge_id"]
    again = mention(NUMBER, "$12 million", "money", relation="restates", target_table="charges")
    view = view_of(mentions=[{**again, "target_id": target}])
    pieces = [piece for block in shown(view)[0].blocks for piece in block.pieces if piece.kind]
    assert [(piece.text, piece.again, piece.numbers, piece.ids) for piece in pieces][-1] == (
        "$12 million", True, ("2",), (),
    )  # fmt: skip


def test_the_first_line_of_a_text_without_a_layout_is_a_paragraph() -> None:
    [found] = shown(view_of())
    assert [block.kind for block in found.blocks] == ["paragraph"] * 7
    assert "".join(piece.text for piece in found.blocks[1].pieces) == SENTENCES[0]


def _table_section() -> Section:
    grid = Grid(
        (
            Cell(0, 2, 3, 1, 4),
            Cell(0, 4, 5, 5, 9),
            Cell(1, 0, 1, 10, 19),
            Cell(1, 2, 3, 20, 22),
            Cell(1, 4, 5, 23, 25),
        ),
        ((0, 9), (10, 25)),
        1,
    )
    blocks = (Block("table", 0, len(TABLE), grid),)
    return replace(section_from_row(section(NUMBER, text=TABLE)), blocks=blocks)


def test_tables_keep_their_rows_and_leave_out_columns_that_hold_nothing() -> None:
    charge = {**charges(NUMBER)[0], "figure_start": 20, "figure_end": 25}
    view = view_of(sections=(_table_section(),), charges=[charge], mentions=[], share_figures=[])
    [found] = shown(replace(view, headcount_figures=[]))
    [table] = found.blocks
    cells = [
        [("".join(piece.text for piece in cell.pieces), cell.span, cell.role) for cell in row]
        for row in table.rows
    ]
    assert cells == [
        [("", 1, "text"), ("Low", 1, "head"), ("High", 1, "head")],
        [("Severance", 1, "side"), ("$5", 1, "number"), ("$6", 1, "number")],
    ]
    marked = [piece for cell in table.rows[1] for piece in cell.pieces if piece.kind]
    assert [(piece.text, piece.numbers) for piece in marked] == [("$5", ("1",)), ("$6", ())]


def _release(figure_in: int) -> FilingView:
    """A press release of thirty paragraphs, the charge in one of them."""
    lines = [f"Paragraph {number}." for number in range(30)]
    lines[figure_in] = "It costs $5 million."
    text = "\n".join(lines)
    start = text.index("$5 million")
    charge = {
        **charges(NUMBER)[0],
        "document_sequence": 2,
        "figure_start": start,
        "figure_end": start + len("$5 million"),
    }
    release = section_from_row(
        section(NUMBER, text=text, document_sequence=2, item=None, document_type="EX-99.1")
    )
    plain = view_of(charges=[charge], share_figures=[], headcount_figures=[], mentions=[])
    return replace(plain, sections=(*plain.sections, release))


def test_of_a_long_exhibit_the_paragraphs_around_figures_are_shown() -> None:
    blocks = shown(_release(10))[1].blocks
    assert [(block.kind, block.left_out) for block in blocks] == [
        ("gap", 9),
        ("paragraph", 0),
        ("paragraph", 0),
        ("paragraph", 0),
        ("gap", 18),
    ]


def test_an_exhibit_without_figures_is_not_shown_and_an_explanatory_note_is() -> None:
    view = view_of()
    exhibit = replace(view.sections[0], item=None, document_type="EX-99.1", document_sequence=2)
    note = replace(view.sections[0], item=None, document_type="8-K/A", section_ordinal=2)
    found = shown(replace(view, sections=(*view.sections, note, exhibit)))
    assert [each.place for each in found] == [(1, 1), (1, 2)]


def test_an_item_is_shown_whole_unless_excerpts_are_asked_of_items_too() -> None:
    view = view_of(charges=charges(NUMBER)[:1], share_figures=[], headcount_figures=[], mentions=[])
    assert len(shown(view)[0].blocks) == len(TEXT.split("\n"))
    cut = shown(view, short=3, around=0, of_items=True)[0].blocks
    assert [(block.kind, block.left_out) for block in cut] == [("gap", 2), ("paragraph", 0), ("gap", 4)]
