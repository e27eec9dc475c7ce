"""`exit_plans`: what Item 2.05 asks of each plan, once a plan."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Column, Table
from pipeline.tables.shared_columns import (
    ACCESSION_NUMBER,
    CURRENCY,
    FLAGS,
    OF_A_FILING,
    PLAN_ORDINAL,
    READER_VERSION,
    bounds_ordered,
    derived_check,
)

EXIT_PLANS = Table(
    name="exit_plans",
    grain="an exit or disposal plan that a filing reports",
    description=(
        "Dates, course of action and totals as Item 2.05 (a) to (d) asks for them. Totals are as stated; "
        "the sums of the parts have columns of their own. What the filing does not state is null."
    ),
    key=("accession_number", "plan_ordinal"),
    sources=("sections", "charges", "headcount_figures"),
    references=(OF_A_FILING,),
    columns=(
        ACCESSION_NUMBER,
        PLAN_ORDINAL,
        Column("commitment_date", "date", "When the registrant committed to the plan."),
        Column("announced_date", "date", "When the plan was announced, where the text says so."),
        Column("completion_text", "text", "The words that state the expected completion."),
        Column("completion_by", "date", "Last day of the stated period of completion."),
        Column("course_of_action", "text", "The sentence that says what is to be done."),
        Column(
            "estimate_status",
            "text",
            "given; partial: some amounts cannot yet be estimated; unable: none can; none: nothing is said.",
            True,
            vocabulary.ESTIMATE_STATUS,
        ),
        CURRENCY,
        Column(
            "total_low", "money", "Lower bound of the total as stated.", made_from=("charges.amount_low",)
        ),
        Column(
            "total_high", "money", "Upper bound of the total as stated.", made_from=("charges.amount_high",)
        ),
        Column(
            "cash_low",
            "money",
            "Lower bound of the part that is cash, as stated.",
            made_from=("charges.amount_low",),
        ),
        Column(
            "cash_high",
            "money",
            "Upper bound of the part that is cash, as stated.",
            made_from=("charges.amount_high",),
        ),
        Column(
            "noncash_low",
            "money",
            "Lower bound of the non-cash part, as stated.",
            made_from=("charges.amount_low",),
        ),
        Column(
            "noncash_high",
            "money",
            "Upper bound of the non-cash part, as stated.",
            made_from=("charges.amount_high",),
        ),
        Column(
            "components_low",
            "money",
            "Sum of the components' lower bounds; null where one is open.",
            made_from=("charges.amount_low",),
        ),
        Column(
            "components_high",
            "money",
            "Sum of the components' upper bounds; null where one is open.",
            made_from=("charges.amount_high",),
        ),
        Column(
            "headcount_low",
            "integer",
            "People or positions to go, lower bound.",
            made_from=("headcount_figures.count_low",),
        ),
        Column(
            "headcount_high",
            "integer",
            "People or positions to go, upper bound.",
            made_from=("headcount_figures.count_high",),
        ),
        Column(
            "workforce_percent",
            "percent",
            "Share of the total workforce to go, as stated.",
            made_from=("headcount_figures.percent",),
        ),
        Column(
            "reconciliation",
            "text",
            "Whether the components, and cash plus non-cash, add up to the stated total within rounding.",
            True,
            vocabulary.RECONCILIATION,
        ),
        Column(
            "rejected_rows",
            "integer",
            "How many of the plan's rows failed a check: above 0 it is incomplete.",
            True,
        ),
        FLAGS,
        READER_VERSION,
    ),
    checks=(
        derived_check("filing_exists", "The plan's filing has a row in filings.", ("accession_number",)),
        bounds_ordered("total_low", "total_high"),
        bounds_ordered("cash_low", "cash_high"),
        bounds_ordered("noncash_low", "noncash_high"),
        bounds_ordered("headcount_low", "headcount_high"),
        derived_check(
            "completion_not_before_commitment",
            "The plan is not completed before it is committed to.",
            ("completion_by", "commitment_date"),
            "warn",
        ),
        derived_check(
            "parts_add_up",
            "Where they can be compared, the parts add up to the stated total.",
            ("reconciliation", "total_low", "total_high", "components_low", "components_high"),
            "warn",
        ),
        derived_check(
            "totals_are_charges",
            "The total, cash and non-cash amounts are those of charges of the plan in these roles.",
            ("total_low", "total_high", "cash_low", "cash_high", "noncash_low", "noncash_high"),
            "warn",
        ),
        derived_check(
            "components_are_charges",
            "The sums of the components are those of the charges right below the total.",
            ("components_low", "components_high"),
            "warn",
        ),
        derived_check(
            "headcount_is_a_figure",
            "The headcount is that of a headcount figure of the plan.",
            ("headcount_low", "headcount_high"),
            "warn",
        ),
        derived_check(
            "cash_not_above_total",
            "The cash portion does not exceed the total, beyond rounding.",
            ("cash_low", "cash_high", "total_high"),
            "warn",
        ),
        derived_check(
            "noncash_not_above_total",
            "The non-cash portion does not exceed the total, beyond rounding.",
            ("noncash_low", "noncash_high", "total_high"),
            "warn",
        ),
        derived_check(
            "cash_and_noncash_make_total",
            "Where all are given, cash and non-cash together meet the total, beyond rounding.",
            ("cash_low", "cash_high", "noncash_low", "noncash_high", "total_low", "total_high"),
            "warn",
        ),
        derived_check(
            "commitment_near_filing",
            "The commitment lies between three years before the filing and a month after it.",
            ("commitment_date",),
            "warn",
        ),
        derived_check(
            "completion_near_filing",
            "The completion lies between three years before the filing and fifteen after it.",
            ("completion_by",),
            "warn",
        ),
    ),
)
