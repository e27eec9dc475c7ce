"""`amendments`: which 8-K/A amends which 8-K, found afterwards from all months."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Column, Reference, Table

AMENDMENTS = Table(
    name="amendments",
    grain="an 8-K/A, an earlier filing that it amends, and a plan of that filing",
    description=(
        "Rebuilt from all complete months whenever the database is refreshed. An amendment of an amendment "
        "is linked to the first filing; one whose original is not here stands for itself and has no row."
    ),
    key=("amendment_accession_number", "original_accession_number", "plan_ordinal"),
    sources=("filings", "sections", "exit_plans", "charges"),
    references=(
        Reference(("amendment_accession_number",), "filings", ("accession_number",)),
        Reference(("original_accession_number",), "filings", ("accession_number",)),
    ),
    partitioned=False,
    columns=(
        Column("amendment_accession_number", "text", "The 8-K/A.", required=True),
        Column("original_accession_number", "text", "The filing that it amends.", required=True),
        Column(
            "plan_ordinal",
            "integer",
            "The plan of the original that it is about; a plan that it adds takes the next free number.",
            required=True,
        ),
        Column(
            "amendment_plan_ordinal",
            "integer",
            "The same plan's number in the amendment; null where the amendment states no plan.",
        ),
        Column("basis", "text", "How the link was found.", True, vocabulary.AMENDMENT_BASIS),
        Column(
            "effect", "text", "What the amendment does to the original.", True, vocabulary.AMENDMENT_EFFECT
        ),
    ),
)
