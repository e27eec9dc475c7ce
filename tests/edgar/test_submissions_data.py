"""The submissions data of companies, with their older files."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.edgar.discovery.company_filings import exit_filings, read_company
from pipeline.edgar.discovery.submissions_data import SUBMISSIONS_DATA
from pipeline.edgar.indexed_filing import CoRegistrant
from pipeline.errors import SourceError
from tests.edgar.conftest import Ask
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar

REAL_LISTS = Path(__file__).parents[2] / "../shared/filings/api/submissions"
OURS, OTHER = "0000000101", "0000000202"

Find = Callable[..., list[str]]


@pytest.fixture
def find(ask: Ask) -> Find:
    def find(*companies: str) -> list[str]:
        question = ask("2008-10", *(companies or (OURS,)))
        return [filing.accession_number for filing in SUBMISSIONS_DATA.find(question).filings]

    return find


def test_items_are_compared_whole(edgar: TinyEdgar, find: Find) -> None:
    edgar.add("0000000901-08-000001", "2008-10-02", items=("2.05",))
    edgar.add("0000000901-08-000002", "2008-10-02", items=("12.05", "2.055"))
    edgar.add("0000000901-08-000003", "2008-10-02", items=())
    edgar.add("0000000901-08-000004", "2008-10-02", form="8-K12B")
    edgar.add("0000000901-08-000005", "2008-10-31", form="8-K/A")
    edgar.add("0000000901-08-000006", "2008-11-01")
    edgar.add("0000000901-08-000007", "2008-10-31", cik=OTHER)
    assert find() == ["0000000901-08-000001", "0000000901-08-000005"]


def test_a_filing_is_described(edgar: TinyEdgar, ask: Ask) -> None:
    edgar.add("0000000901-08-000001", "2008-10-02")
    (filing,) = SUBMISSIONS_DATA.find(ask("2008-10", OURS)).filings
    assert (filing.company_name, filing.tickers, filing.cik) == ("EXAMPLE CORP", ("EXM", "EXMW"), OURS)
    assert (filing.form_type, filing.items, filing.primary_document) == ("8-K", ("2.05", "9.01"), "body.htm")
    assert filing.report_date == filing.filed_date
    assert filing.source_url == "https://www.sec.gov/Archives/edgar/data/101/0000000901-08-000001.txt"


def test_co_registrants_of_the_list_are_one_filing(edgar: TinyEdgar, ask: Ask) -> None:
    edgar.add("0000000901-08-000001", "2008-10-02", others=((OTHER, "SUBSIDIARY LLC"),))
    edgar.add("0000000202-08-000001", "2008-10-03", others=((OTHER, "SUBSIDIARY LLC"),))
    first, second = SUBMISSIONS_DATA.find(ask("2008-10", OURS, OTHER)).filings
    assert (first.cik, first.co_registrants) == (OTHER, (CoRegistrant(OURS, "EXAMPLE CORP"),))
    assert (second.cik, second.co_registrants) == (OURS, (CoRegistrant(OTHER, "SUBSIDIARY LLC"),))


def test_an_older_file_is_read_where_it_can_have_the_month(
    edgar: TinyEdgar, find: Find, replica: Replica
) -> None:
    edgar.add("0000000901-08-000001", "2008-10-02")
    older = edgar.move_to_older_file()
    edgar.add("0000000901-08-000002", "2008-10-30")
    assert find() == ["0000000901-08-000001", "0000000901-08-000002"]
    listing = json.loads(edgar.list_path().read_text())
    listing["filings"]["files"][0]["filingTo"] = "2008-09-30"
    edgar.list_path().write_text(json.dumps(listing))
    assert find() == ["0000000901-08-000002"]
    assert replica.asked(older.name) == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda listing: listing.pop("filings"), "no company with filings"),
        (lambda listing: listing.update(cik="0000000999"), "list of CIK 0000000999"),
        (lambda listing: listing["filings"]["recent"].pop("items"), "lacks the array"),
        (lambda listing: listing["filings"]["recent"]["items"].append(""), "not parallel"),
        (lambda listing: listing["filings"]["recent"]["filingDate"].__setitem__(0, "?"), "row 1"),
        (lambda listing: listing["filings"]["recent"]["accessionNumber"].__setitem__(0, "../x"), "row 1"),
        (lambda listing: listing["filings"]["files"].append({"name": "../../x.json"}), "older file"),
        (lambda listing: listing["filings"]["files"].append(7), "no company with filings"),
    ],
)
def test_a_malformed_list_is_an_error_that_names_it(
    edgar: TinyEdgar, find: Find, change: Callable[[dict[str, object]], None], problem: str
) -> None:
    edgar.add("0000000901-08-000001", "2008-10-02")
    listing = json.loads(edgar.list_path().read_text())
    change(listing)
    edgar.list_path().write_text(json.dumps(listing))
    with pytest.raises(SourceError, match=problem) as raised:
        find()
    assert "data.sec.gov/submissions/CIK0000000101.json" in str(raised.value)


def test_a_list_that_is_no_json_or_missing_is_an_error(
    edgar: TinyEdgar, find: Find, replica: Replica
) -> None:
    with pytest.raises(SourceError, match="status 404"):
        find()
    edgar.add("0000000901-08-000001", "2008-10-02")
    replica.fail("CIK0000000101", faults.error_page, faults.error_page)
    with pytest.raises(SourceError, match="no JSON"):
        find()


@pytest.mark.skipif(not REAL_LISTS.is_dir(), reason="real lists of filings are not at hand")
def test_real_lists_are_read_without_a_lost_row() -> None:
    seen = 0
    for file in sorted(REAL_LISTS.glob("CIK*.json")):
        cik, data = file.name[3:13], json.loads(file.read_text())
        main = REAL_LISTS / f"CIK{cik}.json"
        company = read_company(json.loads(main.read_text()), cik)
        columns = company.recent if file == main else data
        everything = dict(columns)
        # Made an exit filing each, every row has to come back, as many as the file has accession numbers.
        everything["form"] = ["8-K"] * len(columns["form"])
        everything["items"] = ["9.01,2.05" for _ in columns["items"]]
        rows = list(exit_filings(company, everything))
        counted = len(re.findall(r'"\d{10}-\d{2}-\d{6}"', file.read_text()))  # in the text, without JSON
        assert len(rows) == counted
        seen += len(rows)
        # As they are: the same as looking at each row by itself.
        plain = [
            accession
            for accession, form, items in zip(
                columns["accessionNumber"], columns["form"], columns["items"], strict=True
            )
            if form in ("8-K", "8-K/A") and "2.05" in items.split(",")
        ]
        assert [row.accession_number for row in exit_filings(company, columns)] == plain
    assert seen > 4000  # rows of nine files
