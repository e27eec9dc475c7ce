"""The staged rows of the labelled texts, as the checks judge them."""

import datetime as dt
from typing import Any

from benchmarks.corpora import Labelled
from pipeline.charges.filing_rows import Held, read_figures, read_sections
from pipeline.reading.layout import section_to_row
from pipeline.tables.registry import FIGURE_TABLES
from tests.factories import Rows, filing_rows


def staged_rows(number: int, labelled: Labelled) -> Rows:
    """The staged rows of a text, with the facts of a filing that a bare text lacks."""
    path, label = labelled
    known: dict[str, Any] = dict(filing_rows()["filings"][0])
    reported = dt.date.fromisoformat(label.get("report_date") or "2020-01-02")
    accession_number = f"0001{number:06d}-20-000001"
    read = read_sections(path.read_bytes(), Held(path.name))
    filing = known | {column: value for column, value in read.filing.items() if value is not None}
    filing |= {
        "accession_number": accession_number,
        "report_date": reported,
        "filed_date": reported,
        "accepted_at": dt.datetime.combine(reported, dt.time(16), tzinfo=dt.UTC),
        "read_problem": None,
    }
    filing, figures = read_figures(filing, read.sections)
    sections = [
        section_to_row(section, accession_number, filing["reader_version"]) for section in read.sections
    ]
    tables = {table: getattr(figures, table) for table in FIGURE_TABLES}
    return {"filings": [filing], "sections": sections, **tables}
