"""`rejected_rows`: rows that failed a check, whole, with the check's name."""

from pipeline.tables.model import Column, Table
from pipeline.tables.shared_columns import READER_VERSION

REJECTED_ROWS = Table(
    name="rejected_rows",
    grain="a row that failed a check, and the check that it failed",
    description=(
        "Nothing is lost when a check fails: the row stands here with the check's id and what it saw."
    ),
    key=("table_name", "row_key", "expectation"),
    sources=("charges", "share_figures", "headcount_figures", "mentions", "exit_plans"),
    columns=(
        Column("table_name", "text", "The table that the row was meant for.", required=True),
        Column(
            "row_key",
            "text",
            "The row's key in that table; parts of a compound key parted by |.",
            required=True,
        ),
        Column("expectation", "text", "Id of the check that it failed.", required=True),
        Column("column", "text", "The columns that the check looked at, parted by commas."),
        Column("observed", "text", "What stood there, as JSON."),
        Column("row", "text", "The whole row as JSON.", required=True),
        READER_VERSION,
    ),
)
