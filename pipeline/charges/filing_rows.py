"""The whole pure function: a submission's bytes to the rows of every table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.charges.figure_rows import Row
from pipeline.charges.understanding import Understanding, understand
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.errors import UnreadableSubmissionError
from pipeline.files import sha256
from pipeline.reader_version import reader_version
from pipeline.reading.filing import read_filing
from pipeline.reading.layout import section_to_row
from pipeline.reading.model import FilingReading, Header, Section
from pipeline.tables.ids import source_id


@dataclass(frozen=True, slots=True)
class Held:
    """Where a submission came from and what was received."""

    source_url: str
    sha256: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A filing's row before its figures are read, and its sections."""

    filing: Row
    sections: tuple[Section, ...]
    section_rows: list[Row]
    notes: tuple[str, ...]


def read_submission(data: bytes, source: str) -> tuple[SectionRows, Understanding]:
    """Read a submission that comes from no index, to the end. Never raises on what a filing holds.

    Returns:
        Its sections with the filing's row and final status, and its figure rows.
    """
    read = read_sections(data, Held(source, sha256(data), len(data)))
    filing, understood = read_figures(read.filing, read.sections)
    return replace(read, filing=filing), understood


def read_sections(
    data: bytes | None, held: Held, indexed: IndexedFiling | None = None, problem: str | None = None
) -> SectionRows:
    """Read a submission into its `filings` row and its sections. Never raises on what a filing holds.

    Args:
        data: the submission as received; None where it could not be had, with `problem` saying why.
        held: address and digest.
        indexed: what EDGAR's index says of it; None for a file from disk.
        problem: why there is no data.
    """
    if data is None:
        return SectionRows(filing_row(None, held, indexed, "not_fetched", problem), (), [], ())
    try:
        reading = read_filing(data)
    except UnreadableSubmissionError as error:
        return SectionRows(filing_row(None, held, indexed, "unreadable", str(error)), (), [], ())
    accession_number = _accession_number(reading, indexed) or source_id(data)
    filing = filing_row(reading, held, indexed, "read", None, accession_number)
    rows = [section_to_row(section, accession_number, reader_version()) for section in reading.sections]
    return SectionRows(filing, reading.sections, rows, reading.notes)


def read_figures(filing: Row, sections: Sequence[Section]) -> tuple[Row, Understanding]:
    """The filing's row with its final status, and its figure rows; none of a filing without a text."""
    if filing["read_status"] in ("not_fetched", "unreadable"):
        return filing, Understanding([], [], [], [], [], filing["read_status"], filing["read_problem"])
    understanding = understand(filing, sections)
    status = {"read_status": understanding.read_status, "read_problem": understanding.read_problem}
    return {**filing, **status}, understanding


def filing_row(
    reading: FilingReading | None,
    held: Held,
    indexed: IndexedFiling | None,
    status: str,
    problem: str | None,
    accession_number: str | None = None,
) -> Row:
    """A row of `filings`: the header's facts, else the index's."""
    header = reading.header if reading else Header()
    registrant = header.registrants[0] if header.registrants else None
    form = header.form_type or (indexed.form_type if indexed else "8-K")
    form = form if form in ("8-K", "8-K/A") else "8-K/A" if form.endswith("/A") else "8-K"
    row: dict[str, Any] = {
        "accession_number": accession_number or (indexed.accession_number if indexed else None),
        "cik": registrant.cik if registrant else indexed.cik if indexed else None,
        "company_name": registrant.name if registrant else indexed.company_name if indexed else None,
        "former_names": list(registrant.former_names) if registrant else [],
        "tickers": list(indexed.tickers) if indexed else [],
        "co_registrants": _co_registrants(header, indexed),
        "form_type": form,
        "is_amendment": form == "8-K/A",
        "filed_date": header.filed_date or (indexed.filed_date if indexed else None),
        "accepted_at": header.accepted_at,
        "report_date": header.report_date or (indexed.report_date if indexed else None),
        "items": list(header.items or (indexed.items if indexed else ())),
        "body_items": list(reading.body_items) if reading else [],
        "sic_code": registrant.sic_code if registrant else None,
        "sic_description": registrant.sic_description if registrant else None,
        "state_of_incorporation": registrant.state_of_incorporation if registrant else None,
        "fiscal_year_end": registrant.fiscal_year_end if registrant else None,
        "primary_document": (reading.primary_document if reading else None)
        or (indexed.primary_document if indexed else None),
        "source_url": held.source_url,
        "source_sha256": held.sha256,
        "source_bytes": held.bytes,
        "read_status": status,
        "read_problem": problem,
        "reader_version": reader_version(),
    }
    return row


def _accession_number(reading: FilingReading, indexed: IndexedFiling | None) -> str | None:
    return indexed.accession_number if indexed else reading.header.accession_number


def _co_registrants(header: Header, indexed: IndexedFiling | None) -> list[dict[str, str]]:
    if len(header.registrants) > 1:
        return [{"cik": other.cik, "name": other.name} for other in header.registrants[1:]]
    return [{"cik": other.cik, "name": other.name} for other in indexed.co_registrants] if indexed else []
