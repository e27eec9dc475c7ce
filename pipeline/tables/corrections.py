"""`corrections`: what people decided on rows that were misread or wrongly rejected, and what became of it."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Column, Table
from pipeline.tables.shared_columns import ACCESSION_NUMBER, READER_VERSION

CORRECTIONS = Table(
    name="corrections",
    grain="a decision that somebody made on a row, and what the last run made of it",
    description=(
        "The audit trail of `exit-charges review`. A decision is applied as long as the row is read as it "
        "was when it was made."
    ),
    key=("table_name", "row_key", "decided_at"),
    sources=("corrections.csv",),
    columns=(
        ACCESSION_NUMBER,
        Column("table_name", "text", "The table of the row.", required=True),
        Column(
            "row_key",
            "text",
            "The row's key in that table; parts of a compound key parted by |.",
            required=True,
        ),
        Column("figure", "text", "The figure's words, for people."),
        Column("decision", "text", "What was decided.", True, vocabulary.DECISION),
        Column("checks", "text_list", "Ids of the checks that no longer reject the row.", required=True),
        Column("observed", "text", "What stood in the row when it was decided, as JSON.", required=True),
        Column("changes", "text", "Column to new value, as JSON; empty unless the row is corrected.", True),
        Column("decided_by", "text", "Who decided.", required=True),
        Column("decided_at", "timestamp", "When (UTC).", required=True),
        Column("reason", "text", "Why.", required=True),
        Column("outcome", "text", "What the run made of it.", True, vocabulary.CORRECTION_OUTCOME),
        READER_VERSION,
    ),
)
