"""Reading and understanding submissions as one function from record batch to record batch.

It is pure: no clock, no network, no state, so that any engine that maps Arrow batches can map it, such as
`DataFrame.mapInArrow` of Spark with `read_batches`. The rows are those of `extract`; no check has looked at
them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from pipeline.charges.filing_rows import read_submission
from pipeline.edgar.items import EXIT_ITEM
from pipeline.edgar.submission import submitted_form
from pipeline.tables.readings import FAILED, PASSED_OVER, READ, READINGS
from pipeline.tables.registry import FIGURE_TABLES

Row = dict[str, Any]

_FORM = "8-K"
"""What the forms begin with that can have Item 2.05."""


def read_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """`read_batch` of each, as engines call it."""
    return map(read_batch, batches)


def read_batch(submissions: pa.RecordBatch) -> pa.RecordBatch:
    """Read each submission; nothing that one holds raises.

    Args:
        submissions: the columns of `SUBMISSIONS`; `problem` may be missing, and further columns are passed
            over. Of a form other than 8-K the header will do.

    Returns:
        A row for each, in their order, in the schema `READINGS`.
    """
    problems = submissions.column("problem") if "problem" in submissions.schema.names else None
    rows = [
        _reading(source.as_py(), content.as_py(), problems[ordinal].as_py() if problems else None)
        for ordinal, (source, content) in enumerate(
            zip(submissions.column("source"), submissions.column("content"), strict=True)
        )
    ]
    try:
        return _to_batch(rows)
    except (pa.ArrowException, ValueError, OverflowError):
        # One value that its column cannot hold must not take the others with it.
        return _to_batch([_that_fits(row) for row in rows])


def is_passed_over(form_type: str | None) -> bool:
    """Whether a submission of that form cannot have Item 2.05; without a known form it is read."""
    return form_type is not None and not form_type.startswith(_FORM)


def _reading(source: str, content: bytes | None, problem: str | None) -> Row:
    if content is None:
        return _failed(source, problem or "Its content is null, and nothing says why.")
    try:
        return _read(source, content)
    except Exception as fault:
        # Of millions one may be what nobody thought of.
        return _failed(source, f"Reading it failed, which is a fault of this program: {fault!r}.")


def _read(source: str, content: bytes) -> Row:
    form = submitted_form(content)
    if is_passed_over(form):
        return {"source": source, "outcome": PASSED_OVER, "form_type": form}
    read, understood = read_submission(content, source)
    if read.filing["read_status"] == "unreadable":
        return _failed(source, read.filing["read_problem"])
    has_item = any(section.item == EXIT_ITEM for section in read.sections)
    return {
        "source": source,
        "outcome": READ,
        "form_type": form,
        "notes": list(read.notes),
        "filing": read.filing,
        "sections": read.section_rows if has_item else [],
        **{name: getattr(understood, name) for name in FIGURE_TABLES},
    }


def _failed(source: str, problem: str) -> Row:
    return {"source": source, "outcome": FAILED, "problem": problem}


def _to_batch(rows: list[Row]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=READINGS)


def _that_fits(row: Mapping[str, Any]) -> Row:
    try:
        _to_batch([dict(row)])
    except (pa.ArrowException, ValueError, OverflowError) as problem:
        return _failed(
            row["source"], f"What was read from it fits no column ({problem}): see it with extract."
        )
    return dict(row)
