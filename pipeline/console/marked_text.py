"""The text of a filing in the terminal, with its figures marked and numbered as in the table below it."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.pages.marked_sections import Piece, ShownBlock, ShownSection
from pipeline.printable import printable

STYLES = {
    "charges": "bold black on yellow",
    "shares": "bold black on green",
    "headcounts": "bold black on bright_blue",
    "rejected": "strike black on red",
    "context": "underline",
}
"""The colours of the pages as a terminal has them; without colours figures are still bold."""
_WIDEST = 100
"""Columns beyond which lines of prose are hard to follow."""


def print_sections(console: Console, sections: Iterable[ShownSection]) -> None:
    """Print the sections, each with its heading, and where something was left out how much."""
    for section in sections:
        _print(console, _text(section.heading, "bold"))
        for block in section.blocks:
            _print(console, _shown(block))


def _print(console: Console, shown: Text | Table) -> None:
    if isinstance(shown, Text) and not console.is_terminal:
        # In a file a paragraph is one line, so that its words can be searched for.
        console.print(Text("  ").append_text(shown), soft_wrap=True)
    else:
        width = min(console.width, _WIDEST) if isinstance(shown, Text) else None
        console.print(Padding(shown, (0, 0, 0, 2), expand=False), width=width)
    console.print()


def _shown(block: ShownBlock) -> Text | Table:
    if block.kind == "gap":
        words = "paragraph" if block.left_out == 1 else "paragraphs"
        return Text(f"[{block.left_out} {words} left out; --explain shows all]", style="dim")
    if block.kind == "table":
        return _table(block)
    return _text(block.pieces, "bold" if block.kind == "heading" else "")


def _table(block: ShownBlock) -> Table:
    """Cells that go over several columns stand in the first of them: a terminal's cells do not."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(max(sum(cell.span for cell in row) for row in block.rows)):
        table.add_column(overflow="fold")
    for row in block.rows:
        cells: list[Text] = []
        for cell in row:
            text = _text(cell.pieces, "bold" if cell.role == "head" else "")
            if cell.role == "number" or (cell.role == "head" and cells):
                text.justify = "right"
            cells += [text, *(Text() for _ in range(cell.span - 1))]
        table.add_row(*cells)
    return table


def _text(pieces: Iterable[Piece], style: str) -> Text:
    text = Text(style=style)
    for piece in pieces:
        mark = STYLES.get(piece.kind, "")
        if piece.again and piece.kind != "context":
            mark = "underline"
        text.append(printable(piece.text), style=mark)
        if piece.numbers:
            text.append(f"[{','.join(piece.numbers)}]", style="dim")
    return text
