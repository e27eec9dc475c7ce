"""`charges`: every figure that states a cost of an exit or disposal plan."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Check, Column, Reference, Table
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

AMOUNT = ("amount_low", "amount_high")

CHARGES = Table(
    name="charges",
    grain="a stated amount or range of cost, in one role, of one plan",
    description=(
        "Each distinct figure once, however often the filing repeats it; a number in two roles is two rows. "
        "To sum, take the rows where counts_in_sum is true, by currency: they hold each dollar of a plan "
        "once."
    ),
    key=("charge_id",),
    sources=("sections",),
    references=(OF_A_PLAN, OF_A_SECTION, Reference(("parent_charge_id",), "charges", ("charge_id",))),
    sort_by=("accession_number", "ordinal"),
    columns=(
        Column("charge_id", "text", "Stable id of the row.", required=True, pattern=r"[0-9a-f]{20}"),
        *place_columns("charges"),
        Column(
            "amount_low",
            "money",
            "Lower bound; null for `up to`. Negative only for a credit inside the plan.",
        ),
        Column(
            "amount_high", "money", "Upper bound; null for `at least`. Equal to the lower bound for a point."
        ),
        CURRENCY,
        IS_APPROXIMATE,
        Column("category", "text", "Type of cost.", True, vocabulary.CATEGORY),
        Column("asc420_class", "text", "Class of cost under ASC 420-10-25.", True, vocabulary.ASC420_CLASS),
        Column("role", "text", "What the amount is of the plan.", True, vocabulary.ROLE),
        Column("settlement", "text", "Cash or not, where the text says so.", True, vocabulary.SETTLEMENT),
        Column("status", "text", "Expected or already incurred.", True, vocabulary.STATUS),
        Column("is_pretax", "boolean", "True for pre-tax, false for after-tax, null where nothing is said."),
        Column("period_text", "text", "The words that say in which period the charge falls."),
        Column("period_start", "date", "First day of that period."),
        Column("period_end", "date", "Last day of that period."),
        Column("parent_charge_id", "text", "The total or subtotal that the charge is part of."),
        Column(
            "counts_in_sum",
            "boolean",
            "True on exactly those rows whose sum is the plan, each dollar once.",
            required=True,
        ),
        *EVIDENCE,
        FLAGS,
        READER_VERSION,
    ),
    checks=(
        bounds_ordered("amount_low", "amount_high"),
        derived_check("amount_is_stated", "At least one bound of the amount is given.", AMOUNT),
        derived_check(
            "negative_only_for_credit",
            "A negative amount stands in parentheses or with a minus, or the evidence calls it a credit.",
            AMOUNT,
        ),
        derived_check(
            "open_bound_is_stated",
            "Where one bound is open, the evidence or context says so: up to, at most, at least, more than.",
            AMOUNT,
            "warn",
        ),
        derived_check("currency_is_stated", "An amount has a currency.", ("currency",)),
        derived_check(
            "currency_reads_from_figure",
            "The currency is one that the signs in the figure's text, or else in its context, allow.",
            ("currency",),
        ),
        derived_check(
            "amount_reads_from_figure",
            "The numbers of the figure's text, scaled by its unit or the context's, give the amount.",
            AMOUNT,
        ),
        *(
            Check(
                id=f"{bound}_is_plausible",
                sentence="No bound exceeds 100 billion units of currency: larger ones are slips of the unit.",
                severity="reject",
                expectation="ExpectColumnValuesToBeBetween",
                arguments={"column": bound, "min_value": -100_000_000_000, "max_value": 100_000_000_000},
                columns=(bound,),
            )
            for bound in AMOUNT
        ),
        derived_check(
            "period_is_ordered",
            "A period does not end before it starts.",
            ("period_start", "period_end"),
        ),
        *EVIDENCE_CHECKS,
        derived_check(
            "parent_exists", "parent_charge_id names another charge of the filing.", ("parent_charge_id",)
        ),
        derived_check(
            "part_not_above_parent",
            "A part does not exceed the total that it is part of.",
            (*AMOUNT, "parent_charge_id"),
            "warn",
        ),
        derived_check(
            "not_below_its_parts",
            "The parts of a charge do not sum to more than it, beyond rounding.",
            AMOUNT,
            "warn",
        ),
        derived_check(
            "not_above_plan_total",
            "No part of a plan exceeds the total that the plan states, beyond rounding.",
            (*AMOUNT, "role"),
            "warn",
        ),
        derived_check(
            "size_fits_the_plan",
            "No charge is 500 times the next largest of its plan: that is a slip of the unit.",
            AMOUNT,
            "warn",
        ),
        derived_check(
            "unit_is_the_tables",
            "Amounts whose unit stands apart from them, in a section's tables, all have the same unit.",
            AMOUNT,
            "warn",
        ),
        derived_check(
            "total_stated_once",
            "A plan has one total of a currency, status and settlement.",
            (*AMOUNT, "role"),
            "warn",
        ),
        derived_check(
            "counts_once",
            "A charge that counts in the sum is no earlier estimate, nor part of one that counts.",
            ("counts_in_sum", "role", "parent_charge_id"),
        ),
        derived_check(
            "settlement_fits_role",
            "A cash portion is cash, a non-cash portion is not.",
            ("settlement", "role"),
        ),
        derived_check(
            "period_near_filing",
            "A period lies between ten years before the filing and fifteen after it.",
            ("period_start", "period_end"),
            "warn",
        ),
        FIGURE_READ_ONCE,
    ),
)
