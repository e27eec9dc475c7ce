"""The rows of a query: as a table for people, as CSV, as JSON."""

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

_NUMBER = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|DOUBLE|FLOAT|REAL)\b.*[^\]]")


def print_result(result: QueryResult, form: str, output: TextIO | None = None) -> None:
    """Print rows as `table`, `csv` or `json` (a list of objects), on standard output by default."""
    output = output or sys.stdout
    if form == "csv":
        _print_csv(result, output)
    elif form == "json":
        rows = [dict(zip(result.columns, plain(row), strict=True)) for row in result.rows]
        print(json.dumps(rows, ensure_ascii=False, indent=1), file=output)
    else:
        output_console(output).print(_table(result) if result.columns else "0 rows")


def _print_csv(result: QueryResult, output: TextIO) -> None:
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow(
            json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
            for value in plain(row)
        )


def _table(result: QueryResult) -> Table:
    count = f"{len(result.rows):,} row{'' if len(result.rows) == 1 else 's'}"
    table = Table(box=box.SIMPLE_HEAD, caption=count, caption_justify="left", pad_edge=False)
    for name, sql_type in zip(result.columns, result.types, strict=True):
        is_number = bool(_NUMBER.fullmatch(sql_type))
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(shown(value)) for value in row))
    return table
