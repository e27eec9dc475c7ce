"""docs/data-dictionary.md, made from the registry: `python -m pipeline.tables.dictionary` writes it anew."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from pipeline.tables.model import Column, Table
from pipeline.tables.registry import TABLES
from pipeline.warehouse.views import VIEW_NAMES, views

DICTIONARY = Path(__file__).parents[2] / "docs" / "data-dictionary.md"

TYPE_NAMES = {
    "text": "text",
    "text_list": "list of texts",
    "integer": "int64",
    "money": "decimal(18,2)",
    "percent": "decimal(7,4)",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp (UTC)",
    "span_list": "list of (start, end)",
    "registrant_list": "list of (cik, name)",
}
_OPENING = """\
# Data dictionary

{origin}

Money is in units of `currency`. `*_low` and `*_high` are the bounds of an amount or count: equal for a
point, null where the bound is open. Spans are half-open offsets in Unicode code points into the section's
text. {month}

A check marked *reject* moves the row to `rejected_rows` (in `filings` and `sections`, which are no readings
of figures, it holds back the month); one marked *warn* keeps the row and reports it. Besides the checks
listed here, a required column is never null, a vocabulary is closed, and a form is matched in full.
"""
_IN_THE_HOME = _OPENING.format(
    origin=(
        "Generated from `pipeline/tables` by `python -m pipeline.tables.dictionary`; don't edit it here."
    ),
    month=(
        "In the database every monthly table also has `filed_month`, which in the Parquet files stands in "
        "the\npath only."
    ),
)
_IN_A_RELEASE = _OPENING.format(
    origin="The tables of this release, column by column, and the checks of their rows.",
    month="Every table but `amendments` ends with `filed_month`, by which its rows are sorted.",
)


def dictionary() -> str:
    """The whole page, of the home's files and its database."""
    return _page(_IN_THE_HOME, TABLES, _partitions, "In `warehouse/exit_charges.duckdb`.", VIEW_NAMES)


def released_dictionary(tables: Mapping[str, Table], view_names: Collection[str]) -> str:
    """The page that goes with a release of these tables and views, each a Parquet and a CSV file."""
    return _page(_IN_A_RELEASE, tables, _files, "Also here as `.parquet` and `.csv`.", view_names)


def _partitions(table: Table) -> str:
    folder = "/filed_month=YYYY-MM" if table.partitioned else ""
    return f"Lies in `warehouse/{table.name}{folder}/part-0.parquet`."


def _files(table: Table) -> str:
    return f"Lies in `{table.name}.parquet` and `{table.name}.csv`."


def _page(
    opening: str,
    tables: Mapping[str, Table],
    place: Callable[[Table], str],
    place_of_views: str,
    view_names: Collection[str],
) -> str:
    contents = "\n".join(f"- [{name}](#{name}): {table.grain}" for name, table in tables.items())
    described = [_table(table, place(table)) for table in tables.values()]
    return "\n".join((opening, "## Tables", "", contents, "", *described, _views(place_of_views, view_names)))


def _table(table: Table, place: str) -> str:
    lines = [
        f"### {table.name}",
        "",
        f"One row: {table.grain}. {table.description}",
        "",
        f"Key: {_names(table.key)}. Made from: {_names(table.sources)}. {place}",
        "",
        "| Column | Type | Null | Meaning |",
        "|---|---|---|---|",
        *(_column(column) for column in table.columns),
        "",
    ]
    if table.checks:
        lines += ["| Check | Fails | What it guards |", "|---|---|---|"]
        lines += [f"| `{check.id}` | {check.severity} | {_cell(check.sentence)} |" for check in table.checks]
        lines.append("")
    return "\n".join(lines)


def _column(column: Column) -> str:
    meaning = column.description
    if column.vocabulary:
        meaning += f" One of {_names(column.vocabulary)}."
    if column.pattern:
        meaning += f" Form: `{column.pattern}`."
    return (
        f"| `{column.name}` | {TYPE_NAMES[column.type]} | {'no' if column.required else 'yes'} "
        f"| {_cell(meaning)} |"
    )


def _views(place: str, names: Collection[str]) -> str:
    listed = "\n".join(f"| `{view.name}` | {_cell(view.comment)} |" for view in views() if view.name in names)
    return f"## Views\n\n{place}\n\n| View | Meaning |\n|---|---|\n{listed}\n"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    DICTIONARY.write_text(dictionary(), encoding="utf-8")
