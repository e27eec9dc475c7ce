"""`sections`: the text that figures are read from."""

from pipeline.tables.model import Column, Table
from pipeline.tables.shared_columns import (
    ACCESSION_NUMBER,
    DOCUMENT_SEQUENCE,
    DOCUMENT_TYPE,
    FLAGS,
    ITEM,
    OF_A_FILING,
    READER_VERSION,
    SECTION_ORDINAL,
    derived_check,
)

SECTIONS = Table(
    name="sections",
    grain="an item of the main document, or an exhibit",
    description=(
        "The text of each item and exhibit, normalised; spans in the other tables are offsets into it."
    ),
    key=("accession_number", "document_sequence", "section_ordinal"),
    sources=("edgar/raw_filings",),
    references=(OF_A_FILING,),
    columns=(
        ACCESSION_NUMBER,
        DOCUMENT_SEQUENCE,
        SECTION_ORDINAL,
        ITEM,
        DOCUMENT_TYPE,
        Column("document_name", "text", "The document's <FILENAME>."),
        Column("title", "text", "The heading as filed, or the exhibit's description."),
        Column(
            "text",
            "text",
            "The section's text: paragraphs as lines, table cells parted by tabs.",
            required=True,
        ),
        Column("char_count", "integer", "Length of the text in code points.", required=True),
        Column("incorporates", "text_list", "Items and exhibits that the section points to.", required=True),
        Column(
            "layout",
            "text",
            "The text's blocks as JSON: kind, span and, for tables, the grid of cells with their spans.",
            required=True,
        ),
        FLAGS,
        READER_VERSION,
    ),
    checks=(
        derived_check("filing_exists", "The section's filing has a row in filings.", ("accession_number",)),
        derived_check("char_count_is_the_length", "char_count is the length of the text.", ("char_count",)),
        derived_check(
            "every_figure_is_mentioned",
            "Each figure of an Item 2.05 that an independent tokenizer finds lies in a row of mentions.",
            ("item",),
            "warn",
        ),
    ),
)
