"""Figures in the terminal: marked in colour, in bold where there are none, and plain in a file."""

import io

import pytest
from rich.console import Console

from pipeline.console.marked_text import print_sections
from pipeline.pages.marked_sections import Piece, ShownBlock, ShownCell, ShownSection

TEXT = (Piece("It costs "), Piece("$5 million", "charges", keys=("1",), numbers=("1",)), Piece("."))
SECTION = ShownSection(
    heading=(Piece("Item 2.05"),),
    item="2.05",
    document="",
    place=(1, 1),
    blocks=(
        ShownBlock("paragraph", TEXT),
        ShownBlock("gap", left_out=2),
        ShownBlock(
            "table",
            rows=(
                (ShownCell((), 1, "text"), ShownCell((Piece("Cost"),), 2, "head")),
                (
                    ShownCell((Piece("Leases\x1b[31m"),), 1, "side"),
                    ShownCell((Piece("1"),), 1, "number"),
                    ShownCell((Piece("2"),), 1, "number"),
                ),
            ),
        ),
    ),
)


def printed(**options: object) -> str:
    output = io.StringIO()
    console = Console(file=output, width=60, highlight=False, _environ={}, **options)  # type: ignore[arg-type]
    print_sections(console, [SECTION])
    return output.getvalue()


def test_a_terminal_gets_colours() -> None:
    assert "\x1b[1;30;43m$5 million\x1b[0m" in printed(force_terminal=True, color_system="standard")


def test_without_colours_figures_are_bold() -> None:
    output = printed(force_terminal=True, color_system="standard", no_color=True)
    assert "\x1b[1m$5 million\x1b[0m" in output


def test_a_file_gets_neither_colours_nor_what_a_filing_brings() -> None:
    output = printed()
    assert "\x1b" not in output
    assert "  It costs $5 million[1].\n" in output
    assert "[2 paragraphs left out; --explain shows all]" in output
    assert "Leases\N{REPLACEMENT CHARACTER}[31m" in output


@pytest.mark.parametrize("width", [20, 40])
def test_narrow_terminals_keep_every_word(width: int) -> None:
    output = io.StringIO()
    console = Console(file=output, width=width, force_terminal=True, color_system=None, _environ={})
    print_sections(console, [SECTION])
    assert {"costs", "million[1]."} <= set(output.getvalue().split())
