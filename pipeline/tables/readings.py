"""The record batches of submissions and of what was read from them, for engines that map batches to batches.

Here belong their schemas, which derive from the tables. Filling them does not: see `pipeline.archives`.
"""

import pyarrow as pa

from pipeline.tables.arrow import arrow_schema
from pipeline.tables.model import Table
from pipeline.tables.registry import FIGURE_TABLES, TABLES

READ, PASSED_OVER, FAILED = OUTCOMES = ("read", "passed_over", "failed")


def _field(name: str, type_: pa.DataType, description: str, nullable: bool = True) -> "pa.Field[pa.DataType]":
    return pa.field(name, type_, nullable=nullable, metadata={"description": description})


def _row_type(table: Table) -> pa.DataType:
    """A row as a struct. Every column may be null: a bare text has no registrant."""
    return pa.struct([pa.field(field.name, field.type) for field in arrow_schema(table)])


SUBMISSIONS = pa.schema(
    [
        _field("source", pa.string(), "Where the submission comes from: a path, or a member of one.", False),
        _field("content", pa.binary(), "Its bytes as received; null where they could not be had."),
        _field("problem", pa.string(), "Why they could not be had."),
    ]
)
"""What is to be read, one submission a row."""

READINGS = pa.schema(
    [
        _field("source", pa.string(), "The submission's source, as given.", False),
        _field(
            "outcome",
            pa.string(),
            "`read`: what filing.read_status says; `passed_over`: another form than 8-K; `failed`: see "
            "problem.",
            False,
        ),
        _field("problem", pa.string(), "Why it failed, in a sentence."),
        _field("form_type", pa.string(), "The form as the submission's header names it."),
        _field("notes", pa.list_(pa.string()), "What was odd in reading it, in sentences."),
        _field("filing", _row_type(TABLES["filings"]), "Its row of filings; null where it was not read."),
        _field(
            "sections",
            pa.list_(_row_type(TABLES["sections"])),
            "Its rows of sections, where it has an Item 2.05.",
        ),
        *(
            _field(name, pa.list_(_row_type(TABLES[name])), f"Its rows of {name}, as read and not judged.")
            for name in FIGURE_TABLES
        ),
    ],
    metadata={"grain": "a submission"},
)
"""What was read, one submission a row in the order of the submissions."""
