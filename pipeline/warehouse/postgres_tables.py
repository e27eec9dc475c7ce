"""The tables in PostgreSQL, as statements that derive from the registry.

Here belongs what one table looks like. Views do not (see `postgres_views`), nor what is done where a database
has another version's tables (see `postgres_schema`).

A key ends with the month: a filing that EDGAR moved to another day can stand in two months, and months are
replaced one by one. References are named in the comments and not enforced: an amendment's lead to other
months, and a row can outlive its plan where that alone was rejected (`references_hold` looks at them).
"""

from dataclasses import dataclass

from pipeline.tables.model import Column, ColumnType, Table
from pipeline.tables.registry import TABLES
from pipeline.tables.shared_columns import FILED_MONTH
from pipeline.warehouse.database import PUBLISHED_MONTHS_COMMENT
from pipeline.warehouse.views import quoted

SQL_TYPES: dict[ColumnType, str] = {
    "text": "text",
    "text_list": "text[]",
    "integer": "bigint",
    "money": "numeric(18,2)",
    "percent": "numeric(7,4)",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp with time zone",
    "span_list": "jsonb",
    "registrant_list": "jsonb",
}
"""As PostgreSQL's own catalogue writes them."""
PUBLISHED_MONTHS = Table(
    name="published_months",
    grain=PUBLISHED_MONTHS_COMMENT[0],
    description=PUBLISHED_MONTHS_COMMENT[1],
    key=("filed_month",),
    columns=(
        FILED_MONTH,
        Column("record_sha256", "text", "Digest of the month's record in the home, as it was loaded.", True),
        Column("loaded_at", "timestamp", "When the month's rows were loaded (UTC).", required=True),
        Column(
            "linked_by",
            "text",
            "Version of the code that linked amendments with the month's rows among the others; null until "
            "the load that brought the month has ended.",
        ),
    ),
    partitioned=False,
)
_LOOKED_UP = ("cik", "filed_date")


@dataclass(frozen=True, slots=True)
class SqlColumn:
    """A column as the database has it or is to have it."""

    name: str
    type: str
    required: bool

    def __str__(self) -> str:
        return f"{self.type} NOT NULL" if self.required else self.type


def postgres_tables() -> tuple[Table, ...]:
    """Every table of the schema."""
    return (*TABLES.values(), PUBLISHED_MONTHS)


def table_columns(table: Table) -> tuple[Column, ...]:
    """The registry's columns, for a monthly table with the month."""
    return (*table.columns, FILED_MONTH) if table.partitioned else table.columns


def sql_columns(table: Table) -> tuple[SqlColumn, ...]:
    return tuple(
        SqlColumn(column.name, SQL_TYPES[column.type], column.required) for column in table_columns(table)
    )


def identifier(name: str) -> str:
    """A name in double quotes: `column` and `row` are columns, and words of SQL."""
    return '"' + name.replace('"', '""') + '"'


def names(columns: tuple[str, ...]) -> str:
    return ", ".join(identifier(name) for name in columns)


def column_sql(column: SqlColumn) -> str:
    return f"{identifier(column.name)} {column}"


def key_name(table: Table) -> str:
    return f"{table.name}_key"


def key_sql(table: Table) -> str:
    """The constraint, as CREATE TABLE and ALTER TABLE ... ADD take it."""
    key = (*table.key, FILED_MONTH.name) if table.partitioned else table.key
    return f"CONSTRAINT {identifier(key_name(table))} PRIMARY KEY ({names(key)})"


def create_sql(table: Table) -> str:
    columns = ",\n    ".join((*map(column_sql, sql_columns(table)), key_sql(table)))
    return f"CREATE TABLE {identifier(table.name)} (\n    {columns}\n)"


def indexes(table: Table) -> dict[str, str]:
    """Name to statement: the month, where a reference leads from, and what rows are looked up by.

    Of several columns the first is enough: it is that of a filing, which has few rows in any table.
    """
    wanted = [FILED_MONTH.name] if table.partitioned else []
    wanted += [reference.columns[0] for reference in table.references]
    wanted += [name for name in _LOOKED_UP if name in table.column_names]
    return {
        f"{table.name}_{column}_idx": (
            f"CREATE INDEX {identifier(f'{table.name}_{column}_idx')} ON {identifier(table.name)} "
            f"({identifier(column)})"
        )
        for column in dict.fromkeys(wanted)
        if table.key[0] != column
    }


def comments(table: Table) -> list[str]:
    """What the table and its columns mean, which values they take, and where references lead."""
    told = [f"One row: {table.grain}. {table.description}"]
    told += [
        f"{', '.join(reference.columns)}: of {reference.table} ({', '.join(reference.target_columns)})."
        for reference in table.references
    ]
    statements = [f"COMMENT ON TABLE {identifier(table.name)} IS {quoted(' '.join(told))}"]
    for column in table_columns(table):
        meaning = column.description
        if column.vocabulary:
            meaning += f" One of {', '.join(column.vocabulary)}."
        place = f"{identifier(table.name)}.{identifier(column.name)}"
        statements.append(f"COMMENT ON COLUMN {place} IS {quoted(meaning)}")
    return statements
