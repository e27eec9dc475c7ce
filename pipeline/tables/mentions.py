"""`mentions`: the account of every figure in an Item 2.05, also of those that are none of ours."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Column, Table
from pipeline.tables.shared_columns import (
    ACCESSION_NUMBER,
    CURRENCY,
    DOCUMENT_SEQUENCE,
    FLAGS,
    OF_A_SECTION,
    READER_VERSION,
    SECTION_ORDINAL,
    derived_check,
)

MENTIONS = Table(
    name="mentions",
    grain="a mention of money, shares, people or a percentage in an Item 2.05",
    description=(
        "It states, restates or translates a row of charges, share_figures or headcount_figures "
        "(target_id), or kind says what else it is: nothing that the item mentions is left out."
    ),
    key=("mention_id",),
    sources=("sections",),
    references=(OF_A_SECTION,),
    sort_by=("accession_number", "document_sequence", "section_ordinal", "char_start", "mention_id"),
    columns=(
        Column("mention_id", "text", "Stable id of the row.", required=True, pattern=r"[0-9a-f]{20}"),
        ACCESSION_NUMBER,
        DOCUMENT_SEQUENCE,
        SECTION_ORDINAL,
        Column("char_start", "integer", "Where the mention starts in the section's text.", required=True),
        Column("char_end", "integer", "Where it ends (exclusive).", required=True),
        Column("mention_text", "text", "The section's text at char_start:char_end.", required=True),
        Column("unit", "text", "What is counted.", True, vocabulary.MENTION_UNIT),
        Column("low", "money", "Lower bound, in units (a percentage as the number before the sign)."),
        Column("high", "money", "Upper bound, likewise."),
        CURRENCY,
        Column(
            "relation",
            "text",
            "What the mention is to the row that target_id names; `none` where it is none of ours.",
            True,
            vocabulary.MENTION_RELATION,
        ),
        Column(
            "target_table",
            "text",
            "The table of that row.",
            vocabulary=("charges", "share_figures", "headcount_figures"),
        ),
        Column("target_id", "text", "The key of that row."),
        Column("kind", "text", "What it is, where it is none of ours.", vocabulary=vocabulary.MENTION_KIND),
        Column("rule", "text", "Id of the rule that decided.", required=True),
        FLAGS,
        READER_VERSION,
    ),
    checks=(
        derived_check(
            "mention_is_the_text",
            "mention_text is the section's text at char_start:char_end.",
            ("mention_text", "char_start", "char_end"),
        ),
        derived_check(
            "mention_is_accounted_for",
            "The mention has a target or a kind; one that states or restates has a target.",
            ("relation", "target_id", "kind"),
        ),
        derived_check(
            "target_exists",
            "target_id names a row of target_table in the same filing.",
            ("target_id", "target_table"),
        ),
        derived_check(
            "states_its_target",
            "A mention that states a row has one of its bounds, or its percentage.",
            ("low", "high", "target_id"),
            "warn",
        ),
    ),
)
