"""The verdict on a month."""

from dataclasses import dataclass

import pyarrow as pa

from pipeline.tables.model import Severity


@dataclass(frozen=True, slots=True)
class FailingRow:
    """A row that fails a check, as people look at it."""

    row_key: str
    accession_number: str
    observed: str
    """What stood in the columns that the check looks at, as JSON."""
    evidence: str
    """The words that the row was read from."""


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """How one check of one table ended."""

    table: str
    check_id: str
    sentence: str
    severity: Severity
    passed: bool
    failed_rows: int
    row_keys: tuple[str, ...]
    """Keys of the rows that failed, in the table's order; parts of a compound key parted by |."""
    examples: tuple[FailingRow, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be published of a month, and why the rest may not.

    `passed` holds all monthly tables, `rejected_rows` among them; it is empty where a table's schema or key
    is broken, because then no row can be judged. With any of `breaches` nothing of the month may be
    published.
    """

    passed: dict[str, pa.Table]
    outcomes: tuple[CheckOutcome, ...]
    breaches: tuple[str, ...]
