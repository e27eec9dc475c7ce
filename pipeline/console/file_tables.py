"""What a file holds, in the terminal: its text with the figures marked, its plans, its figures as a table."""

from dataclasses import replace

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.console.figures import amount, heading, meaning, plan_facts
from pipeline.console.marked_text import STYLES, print_sections
from pipeline.console.plain import output_console
from pipeline.pages.figures import Figure, Figures, find_figures
from pipeline.pages.filing_view import FilingView, UnreadFile
from pipeline.pages.marked_sections import Excerpts, marked_sections
from pipeline.printable import printable

_BRIEF = Excerpts(short=3, around=0, of_items=True)
_ALL = Excerpts(short=1_000_000)
_NARROW = 72
"""Columns below which the table of figures becomes a list."""


def print_file(reading: FilingView | UnreadFile, explain: bool) -> None:
    """Print a file's text, plans and figures.

    Args:
        reading: the file as it was read.
        explain: show the whole text, each figure's words and rule, and what was left out and why.
    """
    console = output_console()
    source = reading.source if isinstance(reading, UnreadFile) else str(reading.filing["source_url"])
    console.print(Text(printable(source), style="bold"))
    if isinstance(reading, UnreadFile):
        console.print(Padding(Text(printable(reading.problem), style="red"), (0, 0, 1, 2), expand=False))
        return
    _line(console, heading(reading.filing))
    if reading.filing["read_problem"]:
        _line(console, reading.filing["read_problem"], "yellow")
    console.print()
    figures = find_figures(reading)
    marked = figures if explain else replace(figures, lettered=())
    print_sections(console, marked_sections(reading, marked, _ALL if explain else _BRIEF))
    for plan in reading.plans:
        facts = "; ".join(f"{name} {value}" for name, value in plan_facts(plan))
        _line(console, f"Plan {plan['plan_ordinal']}: {facts}")
    _print_figures(console, figures, explain)
    if explain:
        _print_left_out(console, figures)
    console.print()


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Padding(Text(printable(text), style=style), (0, 0, 0, 2), expand=False))


def _print_figures(console: Console, figures: Figures, explain: bool) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("figure", justify="right", overflow="fold")
    table.add_column("meaning", overflow="fold")
    table.add_column("in sum", no_wrap=True)
    if explain:
        table.add_column("words and rule", ratio=1)
    for figure in figures.numbered:
        cells = [
            Text(figure.key, style=STYLES[figure.kind]),
            Text(figure.kind.removesuffix("s")),
            Text(amount(figure.row, figure.kind)),
            Text(printable(_meaning(figure, figures))),
            Text("yes" if figure.row.get("counts_in_sum") else ""),
        ]
        if explain:
            cells.append(_words(figure))
        table.add_row(*cells)
    if table.row_count and console.width < _NARROW:
        _print_list(console, figures, explain)
    elif table.row_count:
        console.print(Padding(table, (0, 0, 0, 2), expand=False))


def _print_list(console: Console, figures: Figures, explain: bool) -> None:
    """The same below each other, where columns side by side could not be read."""
    for figure in figures.numbered:
        counts = " (in sum)" if figure.row.get("counts_in_sum") else ""
        kind = figure.kind.removesuffix("s")
        text = Text.assemble(
            (figure.key, STYLES[figure.kind]),
            f" {kind}: {amount(figure.row, figure.kind)}{counts}\n{printable(_meaning(figure, figures))}",
        )
        if explain:
            text.append("\n").append_text(_words(figure))
        console.print(Padding(text, (1, 0, 0, 2), expand=False))


def _meaning(figure: Figure, figures: Figures) -> str:
    parent = figures.keys.get(figure.row.get("parent_charge_id") or "")
    said = meaning(figure.row, figure.kind)
    return f"{said}, part of {parent}" if parent else said


def _words(figure: Figure) -> Text:
    """The evidence with the figure marked, and the rule below it."""
    before, words, behind = (printable(part) for part in figure.evidence)
    rule = (f"\n{figure.row['rule']}", "dim")
    return Text.assemble(before, (words, STYLES[figure.kind]), behind, rule)


def _print_left_out(console: Console, figures: Figures) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("", "also mentioned", "unit", "what it is", "rule"):
        table.add_column(title, overflow="fold")
    for figure in figures.lettered:
        mention = figure.row
        table.add_row(
            figure.key,
            Text(printable(mention["mention_text"])),
            mention["unit"],
            mention["kind"] or mention["relation"],
            Text(mention["rule"], style="dim"),
        )
    if table.row_count:
        console.print(Padding(table, (0, 0, 0, 2), expand=False))
