"""What a file holds, as tables in the terminal."""

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.console.figures import FIGURE_KINDS, Row, amount, heading, left_out, meaning, plan_facts
from pipeline.console.file_record import Record
from pipeline.console.plain import output_console
from pipeline.printable import printable


def print_file(record: Record, explain: bool) -> None:
    """Print a file's plans and figures; with `explain` words, rules, and what was left out and why."""
    console = output_console()
    console.print(Text(printable(record["source"]), style="bold"))
    if "error" in record:
        console.print(Padding(Text(printable(record["error"]), style="red"), (0, 0, 1, 2)))
        return
    console.print(Padding(Text(printable(heading(record))), (0, 0, 0, 2)))
    if record["filing"]["read_problem"]:
        console.print(
            Padding(Text(printable(record["filing"]["read_problem"]), style="yellow"), (0, 0, 0, 2))
        )
    for plan in record["plans"]:
        facts = "; ".join(f"{name} {value}" for name, value in plan_facts(plan))
        console.print(Padding(Text(printable(f"Plan {plan['plan_ordinal']}: {facts}")), (0, 0, 0, 2)))
    _print_figures(console, record, explain)
    if explain and left_out(record):
        _print_left_out(console, record)
    console.print()


def _print_figures(console: Console, record: Record, explain: bool) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("figure", justify="right")
    table.add_column("meaning")
    if explain:
        table.add_column("words and rule", ratio=1)
    for kind in FIGURE_KINDS:
        for row in record[kind]:
            cells = [
                Text(kind.removesuffix("s")),
                Text(amount(row, kind)),
                Text(printable(meaning(row, kind))),
            ]
            if explain:
                cells.append(_words(row))
            table.add_row(*cells)
    if table.row_count:
        console.print(Padding(table, (0, 0, 0, 2)))


def _words(row: Row) -> Text:
    """The evidence with the figure marked, and the rule below it."""
    start = row["figure_start"] - row["char_start"]
    end = row["figure_end"] - row["char_start"]
    words = Text(printable(row["evidence"]))
    words.stylize("bold reverse", start, end)
    return words.append(f"\n{row['rule']}", style="dim")


def _print_left_out(console: Console, record: Record) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("also mentioned", "unit", "what it is", "rule"):
        table.add_column(title)
    for mention in left_out(record):
        table.add_row(
            Text(printable(mention["mention_text"])),
            mention["unit"],
            mention["kind"] or "",
            Text(mention["rule"], style="dim"),
        )
    console.print(Padding(table, (0, 0, 0, 2)))
