"""docs/data-dictionary.md, made from the registry: `python -m pipeline.tables.dictionary` writes it anew."""

from pathlib import Path

from pipeline.tables.model import Column, Table
from pipeline.tables.registry import TABLES
from pipeline.warehouse.views import views

DICTIONARY = Path(__file__).parents[2] / "docs" / "data-dictionary.md"

_TYPE_NAMES = {
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

Generated from `pipeline/tables` by `python -m pipeline.tables.dictionary`; don't edit it here.

Money is in units of `currency`. `*_low` and `*_high` are the bounds of an amount or count: equal for a
point, null where the bound is open. Spans are half-open offsets in Unicode code points into the section's
text. In the database every monthly table also has `filed_month`, which in the Parquet files stands in the
path only.

A check marked *reject* moves the row to `rejected_rows` (in `filings` and `sections`, which are no readings
of figures, it holds back the month); one marked *warn* keeps the row and reports it. Besides the checks
listed here, a required column is never null, a vocabulary is closed, and a form is matched in full.
"""


def dictionary() -> str:
    """The whole page."""
    contents = "\n".join(f"- [{name}](#{name}): {table.grain}" for name, table in TABLES.items())
    return "\n".join((_OPENING, "## Tables", "", contents, "", *map(_table, TABLES.values()), _views()))


def _table(table: Table) -> str:
    place = (
        f"`warehouse/{table.name}/filed_month=YYYY-MM/part-0.parquet`"
        if table.partitioned
        else f"`warehouse/{table.name}/part-0.parquet`"
    )
    lines = [
        f"### {table.name}",
        "",
        f"One row: {table.grain}. {table.description}",
        "",
        f"Key: {_names(table.key)}. Made from: {_names(table.sources)}. Lies in {place}.",
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
        f"| `{column.name}` | {_TYPE_NAMES[column.type]} | {'no' if column.required else 'yes'} "
        f"| {_cell(meaning)} |"
    )


def _views() -> str:
    listed = "\n".join(f"| `{view.name}` | {_cell(view.comment)} |" for view in views())
    return f"## Views\n\nIn `warehouse/exit_charges.duckdb`.\n\n| View | Meaning |\n|---|---|\n{listed}\n"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    DICTIONARY.write_text(dictionary(), encoding="utf-8")
