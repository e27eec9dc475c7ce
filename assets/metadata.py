"""What the UI shows of a table, derived from the registry.

Here belongs how a declaration is shown. What a column means does not (see `pipeline.tables`), nor what a run
reports (see `run_metadata`).
"""

import re
import warnings
from collections.abc import Sequence

import dagster as dg

from pipeline.tables.lineage import lineage
from pipeline.tables.model import Column, Table

OWNERS = ["team:exit-charges"]

_ANGLED = re.compile(r"<\w+>")
_SHOWN_TYPES = {
    "money": "decimal(18,2)",
    "percent": "decimal(7,4)",
    "integer": "int64",
    "date": "date32",
    "timestamp": "timestamp (UTC)",
    "text_list": "list of text",
    "span_list": "list of (start, end)",
    "registrant_list": "list of (cik, name)",
}


def column_schema(table: Table) -> dg.TableSchema:
    """The table's columns with their descriptions and constraints."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column.name,
                type=_SHOWN_TYPES.get(column.type, column.type),
                description=_ANGLED.sub(r"`\g<0>`", column.description),  # the UI reads Markdown and HTML
                constraints=_constraints(table, column),
                tags={"key": ""} if column.name in table.key else None,
            )
            for column in table.columns
        ],
        constraints=dg.TableConstraints(other=[f"{check.id}: {check.sentence}" for check in table.checks]),
    )


def _constraints(table: Table, column: Column) -> dg.TableColumnConstraints:
    other = []
    if column.vocabulary:
        other.append("one of " + ", ".join(column.vocabulary))
    if column.pattern:
        other.append(f"matches {column.pattern}")
    return dg.TableColumnConstraints(
        nullable=not column.required, unique=table.key == (column.name,), other=other
    )


def column_lineage(table: Table) -> dg.TableColumnLineage:
    """Which columns of other assets each column is made from."""
    return dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(_asset_of(source), source_column) for source, source_column in sources]
            for column, sources in lineage(table).items()
            if sources
        }
    )


def _asset_of(table_name: str) -> dg.AssetKey:
    """Sections are what everything else is read from before anything is published."""
    return dg.AssetKey(["staged" if table_name == "sections" else "published", table_name])


def description(table: Table) -> str:
    """What a row is, what the table holds, and its key."""
    return f"One row is {table.grain}. {table.description}\n\nKey: {', '.join(table.key)}."


def with_code_links(assets: Sequence[dg.AssetsDefinition]) -> Sequence[dg.AssetsDefinition]:
    """The assets, each with the file and line that declares it, which the UI links to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)
        return [one for one in dg.with_source_code_references(assets) if isinstance(one, dg.AssetsDefinition)]
