"""The submissions data of companies: one request a company, and one for each older file of the time.

For watch lists: it cannot be asked for the whole market. Co-registrants outside the list stay unknown.
"""

from collections.abc import Iterator

from pipeline.edgar.discovery.company_filings import exit_filings, fold, read_company
from pipeline.edgar.discovery.question import Found, Method, Question
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.source import SUBMISSIONS_URL
from pipeline.errors import SourceError


def _find(question: Question) -> Found:
    if question.companies is None:
        raise SourceError("the submissions data are asked for by company; give a watch list.")
    rows = [row for cik in sorted(question.companies) for row in _company_rows(question, cik)]
    filings = tuple(filing for filing in fold(rows) if question.asks_for(filing))
    return Found(filings, min(question.last_day, question.today))


SUBMISSIONS_DATA = Method("submissions data", _find)


def _company_rows(question: Question, cik: str) -> Iterator[IndexedFiling]:
    session = question.session
    name = f"CIK{cik}.json"
    try:
        company = read_company(session.get_json(f"{SUBMISSIONS_URL}/{name}"), cik)
        yield from exit_filings(company, company.recent)
        for file in company.older_files:
            if file.may_have(question.first_day, question.last_day):
                name = file.name
                yield from exit_filings(company, session.get_json(f"{SUBMISSIONS_URL}/{name}"))
    except ValueError as problem:
        address = session.source.describe(f"{SUBMISSIONS_URL}/{name}")
        raise SourceError(f"{address} cannot be relied on: {problem}.") from problem
