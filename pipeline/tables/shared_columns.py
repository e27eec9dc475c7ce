"""Columns that several tables have, declared once, and the checks that go with them."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Check, Column, Reference, Severity

ACCESSION_NUMBER = Column(
    "accession_number",
    "text",
    "EDGAR's number of the submission, with dashes; for a text without an envelope `sha256:` and its digest.",
    required=True,
    pattern=r"\d{10}-\d{2}-\d{6}|sha256:[0-9a-f]{16}",
)
READER_VERSION = Column(
    "reader_version", "text", "Version of the reading code and rules that made the row.", required=True
)
FLAGS = Column(
    "flags",
    "text_list",
    "Ids of the checks that find the disclosure odd (the row stands, and wants a look); accepted_in_review "
    "or corrected_in_review where somebody decided on it. Null before judging.",
)
FILED_MONTH = Column(
    "filed_month", "text", "Month of filing, YYYY-MM; the partition that the row lies in.", required=True
)
"""Of a row outside its partition: in the database and in releases. In the warehouse the path says it."""
DOCUMENT_SEQUENCE = Column(
    "document_sequence", "integer", "The document's <SEQUENCE> in the submission, from 1.", required=True
)
SECTION_ORDINAL = Column(
    "section_ordinal", "integer", "Which section of the document, from 1 in reading order.", required=True
)
PLAN_ORDINAL = Column(
    "plan_ordinal", "integer", "Which exit plan of the filing, from 1 in reading order.", required=True
)
ITEM = Column(
    "item", "text", "Form 8-K item number such as 2.05; null in an exhibit.", pattern=r"\d{1,2}(?:\.\d{2})?"
)
DOCUMENT_TYPE = Column(
    "document_type", "text", "The document's <TYPE> in the submission, such as 8-K or EX-99.1.", required=True
)
CURRENCY = Column("currency", "text", "ISO 4217 code of the amounts.", vocabulary=vocabulary.CURRENCIES)
IS_APPROXIMATE = Column(
    "is_approximate",
    "boolean",
    "True where the text says approximately, about, estimated or the like.",
    required=True,
)
EVIDENCE = (
    Column(
        "evidence",
        "text",
        "The sentence or table row that states the figure: the section's text at char_start:char_end.",
        required=True,
    ),
    Column(
        "char_start",
        "integer",
        "Where the evidence starts in the section's text (code points).",
        required=True,
    ),
    Column("char_end", "integer", "Where the evidence ends (exclusive).", required=True),
    Column("figure_start", "integer", "Where the figure itself starts in the section's text.", required=True),
    Column("figure_end", "integer", "Where the figure itself ends (exclusive).", required=True),
    Column(
        "context_spans",
        "span_list",
        "Further spans of the section that the figure needs: table caption, unit, column heads, lead-in.",
        required=True,
    ),
    Column("rule", "text", "Id of the rule that read the row.", required=True),
)


def place_columns(ordinal_of: str) -> tuple[Column, ...]:
    """The columns that say where in which filing a figure stands."""
    return (
        ACCESSION_NUMBER,
        PLAN_ORDINAL,
        DOCUMENT_SEQUENCE,
        SECTION_ORDINAL,
        ITEM,
        DOCUMENT_TYPE,
        Column(
            "ordinal", "integer", f"Position among the filing's {ordinal_of}, from 1 in reading order.", True
        ),
    )


def bounds_ordered(low: str, high: str) -> Check:
    """The lower bound does not exceed the upper one; an open bound is no breach."""
    return Check(
        id=f"{low.removesuffix('_low')}_bounds_ordered",
        sentence=f"{low} is at most {high}.",
        severity="reject",
        expectation="ExpectColumnPairValuesAToBeGreaterThanB",
        arguments={
            "column_A": high,
            "column_B": low,
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        columns=(low, high),
    )


def derived_check(
    check_id: str, sentence: str, columns: tuple[str, ...], severity: Severity = "reject"
) -> Check:
    """A check whose verdict `expectations` computes beforehand, from all tables; null: it does not apply."""
    return Check(
        id=check_id,
        sentence=sentence,
        severity=severity,
        expectation="ExpectColumnValuesToBeInSet",
        arguments={"column": check_id, "value_set": [True]},
        derived=check_id,
        columns=columns,
    )


OF_A_FILING = Reference(("accession_number",), "filings")
OF_A_SECTION = Reference(("accession_number", "document_sequence", "section_ordinal"), "sections")
OF_A_PLAN = Reference(("accession_number", "plan_ordinal"), "exit_plans")
FIGURE_READ_ONCE = derived_check(
    "figure_read_once",
    "No other row reads the same figure of the text, in the same plan, as the same thing.",
    ("figure_start", "figure_end", "plan_ordinal"),
)
EVIDENCE_CHECKS = (
    derived_check("plan_exists", "plan_ordinal names a plan of the filing.", ("plan_ordinal",)),
    derived_check(
        "evidence_is_the_text",
        "The evidence is the section's text at char_start:char_end, to the letter.",
        ("evidence", "char_start", "char_end"),
    ),
    derived_check(
        "figure_inside_evidence",
        "The figure's span is not empty and lies inside the evidence's span.",
        ("figure_start", "figure_end", "char_start", "char_end"),
    ),
    derived_check(
        "context_inside_section", "Every context span lies inside the section's text.", ("context_spans",)
    ),
)
