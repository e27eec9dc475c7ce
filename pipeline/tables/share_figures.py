"""`share_figures`: shares and awards that the plan vests, grants, forfeits or changes."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Column, Reference, Table
from pipeline.tables.shared_columns import (
    CURRENCY,
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

SHARE_FIGURES = Table(
    name="share_figures",
    grain="a stated number of shares or awards that the plan touches",
    description=(
        "Share awards fall under ASC 718; charge_id links to the charge that they cause, if one is stated."
    ),
    key=("share_figure_id",),
    sources=("sections", "charges"),
    references=(OF_A_PLAN, OF_A_SECTION, Reference(("charge_id",), "charges")),
    sort_by=("accession_number", "ordinal"),
    columns=(
        Column("share_figure_id", "text", "Stable id of the row.", required=True, pattern=r"[0-9a-f]{20}"),
        *place_columns("share figures"),
        Column("count_low", "integer", "Number of shares or awards, lower bound."),
        Column("count_high", "integer", "Number of shares or awards, upper bound."),
        IS_APPROXIMATE,
        Column("security", "text", "What is counted.", True, vocabulary.SECURITY),
        Column("action", "text", "What happens to them.", True, vocabulary.SHARE_ACTION),
        Column("value_low", "money", "Value or charge stated for them, lower bound."),
        Column("value_high", "money", "Value or charge stated for them, upper bound."),
        CURRENCY,
        Column("charge_id", "text", "The charge that they cause, if stated."),
        *EVIDENCE,
        FLAGS,
        READER_VERSION,
    ),
    checks=(
        bounds_ordered("count_low", "count_high"),
        bounds_ordered("value_low", "value_high"),
        derived_check(
            "count_is_positive",
            "At least one bound of the count is given, and none is zero or negative.",
            ("count_low", "count_high"),
        ),
        derived_check(
            "count_is_plausible",
            "No bound of the count exceeds ten billion shares.",
            ("count_low", "count_high"),
        ),
        derived_check(
            "count_reads_from_figure",
            "The numbers of the figure's text, scaled by its unit, give the count.",
            ("count_low", "count_high"),
        ),
        derived_check("charge_exists", "charge_id names a charge of the same filing.", ("charge_id",)),
        derived_check(
            "value_is_the_charge",
            "The value is the amount of the charge that it is linked to.",
            ("value_low", "value_high", "charge_id"),
        ),
        derived_check(
            "action_fits_security",
            "An exercise period is one of options, rights or warrants.",
            ("action", "security"),
            "warn",
        ),
        FIGURE_READ_ONCE,
        *EVIDENCE_CHECKS,
    ),
)
