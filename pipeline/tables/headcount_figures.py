"""`headcount_figures`: people and positions that the plan removes."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Column, Table
from pipeline.tables.shared_columns import (
    EVIDENCE,
    EVIDENCE_CHECKS,
    FIGURE_READ_ONCE,
    FLAGS,
    IS_APPROXIMATE,
    OF_A_PLAN,
    OF_A_SECTION,
    READER_VERSION,
    bounds_ordered,
    derived_check,
    place_columns,
)

HEADCOUNT_FIGURES = Table(
    name="headcount_figures",
    grain="a stated number or percentage of people or positions that the plan removes",
    description="Those who stay are no headcount figure: they are mentions of kind retained_headcount.",
    key=("headcount_figure_id",),
    sources=("sections",),
    references=(OF_A_PLAN, OF_A_SECTION),
    sort_by=("accession_number", "ordinal"),
    columns=(
        Column(
            "headcount_figure_id", "text", "Stable id of the row.", required=True, pattern=r"[0-9a-f]{20}"
        ),
        *place_columns("headcount figures"),
        Column("count_low", "integer", "People or positions, lower bound."),
        Column("count_high", "integer", "People or positions, upper bound."),
        IS_APPROXIMATE,
        Column("percent", "percent", "Percentage stated, alone or beside the count."),
        Column("basis", "text", "What the percentage is of.", True, vocabulary.HEADCOUNT_BASIS),
        *EVIDENCE,
        FLAGS,
        READER_VERSION,
    ),
    checks=(
        bounds_ordered("count_low", "count_high"),
        derived_check(
            "headcount_is_stated",
            "A count above zero or a percentage above 0 and at most 100 is given.",
            ("count_low", "count_high", "percent"),
        ),
        derived_check(
            "headcount_is_plausible",
            "No bound of the count exceeds one million people.",
            ("count_low", "count_high"),
        ),
        derived_check(
            "count_reads_from_figure",
            "The numbers of the figure's text, scaled by its unit, give the count.",
            ("count_low", "count_high"),
        ),
        derived_check(
            "percent_reads_from_evidence",
            "The percentage stands in the evidence or context, in digits or words.",
            ("percent", "evidence"),
        ),
        derived_check(
            "workforce_is_plausible",
            "A count and its percentage imply a workforce of at most three million.",
            ("count_low", "count_high", "percent"),
            "warn",
        ),
        FIGURE_READ_ONCE,
        *EVIDENCE_CHECKS,
    ),
)
