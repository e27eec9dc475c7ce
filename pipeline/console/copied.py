"""What a load of the published tables into a copy did, as its closing table."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.console.plain import output_console
from pipeline.printable import printable

if TYPE_CHECKING:
    from pipeline.warehouse.month_sync import Months

_MOST_NAMED = 12
"""Months; of more, how many they are."""


def print_copied(rows: Mapping[str, int], months: "Months", changes: Sequence[str], closing: str) -> None:
    """Rows by table, schema changes, what became of the months, and a closing sentence."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, count in rows.items():
        table.add_row(name, f"{count:,}")
    console = output_console()
    console.print(table)
    lines = [
        *changes,
        f"Months loaded: {_named(months.loaded)}; unchanged: {len(months.unchanged):,}; "
        f"removed: {_named(months.removed)}.",
    ]
    if months.torn:
        lines.append(
            f"Torn in the home and left out: {_named(months.torn)}; run `exit-charges materialize` for them "
            "and load again."
        )
    for line in (*lines, closing):
        console.print(Text(printable(line)), soft_wrap=True)


def _named(months: Sequence[str]) -> str:
    if not months:
        return "none"
    if len(months) > _MOST_NAMED:
        return f"{len(months):,}, {months[0]} to {months[-1]}"
    return ", ".join(months)
