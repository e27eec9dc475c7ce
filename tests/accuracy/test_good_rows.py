"""What is read of the labelled texts passes the checks: those reject what is misread, not what is unusual."""

import datetime as dt
from collections import Counter
from typing import Any

from benchmarks.corpora import Labelled, labelled_batches
from expectations import judge_month
from pipeline.charges.filing_rows import Held, read_figures, read_sections
from pipeline.reading.layout import section_to_row
from pipeline.tables.registry import FIGURE_TABLES
from tests.factories import Rows, arrow_tables, filing_rows, together


def _rows(number: int, labelled: Labelled) -> Rows:
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


def test_of_good_rows_hardly_one_is_rejected() -> None:
    texts = [labelled for batch in labelled_batches().values() for labelled in batch]
    rows = together(*(_rows(number, labelled) for number, labelled in enumerate(texts)))
    judgement = judge_month("2020-01", arrow_tables(rows))
    assert judgement.breaches == ()
    rejected = Counter(judgement.passed["rejected_rows"].column("table_name").to_pylist())
    assert {table for table, count in rejected.items() if count > 0.005 * len(rows[str(table)])} == set()


def test_hardly_a_mention_has_no_kind_that_a_rule_names() -> None:
    texts = [labelled for batch in labelled_batches().values() for labelled in batch]
    mentions = [mention for number, text in enumerate(texts) for mention in _rows(number, text)["mentions"]]
    unclassified = sum(mention["kind"] == "unclassified" for mention in mentions)
    assert unclassified < 0.05 * len(mentions)
