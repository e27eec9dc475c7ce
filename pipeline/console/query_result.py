"""The rows of a query: as a table (or, too wide for one, record by record), as CSV, as JSON."""

import csv
import json
import re
import sys
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.console.plain import output_console, plain, shown
from pipeline.warehouse.query import QueryResult

_NARROWEST_COLUMN = 11
"""Characters, with the space between columns, below which a column can no longer be read."""
_NUMBER = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|DOUBLE|FLOAT|REAL)\b.*[^\]]")


def print_result(result: QueryResult, form: str, output: TextIO | None = None) -> None:
    """Print rows as `table`, `records`, `csv` or `json` (a list of objects), on standard output by default.

    A table that is too wide is printed as records: the columns below each other.
    """
    output = output or sys.stdout
    if form == "csv":
        _print_csv(result, output)
    elif form == "json":
        rows = [dict(zip(result.columns, plain(row), strict=True)) for row in result.rows]
        print(json.dumps(rows, ensure_ascii=False, indent=1), file=output)
    else:
        console = output_console(output)
        fits = form != "records" and len(result.columns) * _NARROWEST_COLUMN <= console.width
        if not result.columns:
            console.print("0 rows")
        else:
            console.print(_table(result) if fits else _records(result))


def _print_csv(result: QueryResult, output: TextIO) -> None:
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow(
            json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
            for value in plain(row)
        )


def _records(result: QueryResult) -> Table:
    """Columns below each other, for more of them than fit side by side."""
    table = Table(
        box=box.SIMPLE_HEAD, show_header=False, caption=_count(result), caption_justify="left", pad_edge=False
    )
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for row in result.rows:
        for place, (name, value) in enumerate(zip(result.columns, row, strict=True), start=1):
            table.add_row(Text(name), Text(shown(value)), end_section=place == len(result.columns))
    return table


def _count(result: QueryResult) -> str:
    return f"{len(result.rows):,} row{'' if len(result.rows) == 1 else 's'}"


def _table(result: QueryResult) -> Table:
    table = Table(box=box.SIMPLE_HEAD, caption=_count(result), caption_justify="left", pad_edge=False)
    for name, sql_type in zip(result.columns, result.types, strict=True):
        is_number = bool(_NUMBER.fullmatch(sql_type))
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(shown(value)) for value in row))
    return table
