"""What one source of discovery knows of a month and another does not."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.edgar.discovery.bulk_table import BULK_ARCHIVE
from pipeline.edgar.discovery.filing_indexes import FILING_INDEXES
from pipeline.edgar.discovery.full_text_search import FULL_TEXT_SEARCH
from pipeline.edgar.discovery.question import Method, Question, registrants
from pipeline.edgar.discovery.submissions_data import SUBMISSIONS_DATA
from pipeline.edgar.indexed_filing import IndexedFiling

METHODS: Mapping[str, Method] = {
    "search": FULL_TEXT_SEARCH,
    "submissions": SUBMISSIONS_DATA,
    "bulk": BULK_ARCHIVE,
    "index": FILING_INDEXES,
}
"""The sources by the short names of the command line."""

LISTED = "listed"
"""The field of a difference in whether a filing is there at all."""

_FIELDS: Mapping[str, Callable[[IndexedFiling], str]] = {
    "form": lambda filing: filing.form_type,
    "filed": lambda filing: filing.filed_date.isoformat(),
    "event": lambda filing: filing.report_date.isoformat() if filing.report_date else "none",
    "items": lambda filing: ", ".join(sorted(set(filing.items))),
    "registrants": lambda filing: ", ".join(sorted(registrants(filing))),
}
"""Names and tickers are left out: the lists of companies have today's."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a filing in which two sources differ, with what each has."""

    accession_number: str
    company_name: str
    field: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Two sources' answers for a month, compared."""

    left_filings: int
    right_filings: int
    compared_through: dt.date
    """The last day of filing of which both had everything."""
    differences: tuple[Difference, ...]
    """By accession number."""


def reconcile(question: Question, left: Method, right: Method) -> Reconciliation:
    """Ask two sources the same question and compare their answers.

    For a watch list the registrants are not compared: a company's own list does not name the others.

    Raises:
        BlockedError, SourceError: one of them gave no complete answer.
    """
    answers = left.find(question), right.find(question)
    through = min(answer.known_through for answer in answers)
    ours, theirs = (
        {filing.accession_number: filing for filing in answer.filings if filing.filed_date <= through}
        for answer in answers
    )
    differences = []
    for accession in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(accession), theirs.get(accession)
        known = one or other
        assert known is not None
        if one is None or other is None:
            values = ("yes" if one else "no", "yes" if other else "no")
            differences.append(Difference(accession, known.company_name, LISTED, *values))
            continue
        for field, value in _FIELDS.items():
            if value(one) != value(other) and not (field == "registrants" and question.companies):
                differences.append(Difference(accession, known.company_name, field, value(one), value(other)))
    return Reconciliation(len(ours), len(theirs), through, tuple(differences))
