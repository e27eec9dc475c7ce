import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline.edgar.discovery.full_text_search import FULL_TEXT_SEARCH
from pipeline.edgar.discovery.question import Question
from pipeline.edgar.indexed_filing import CoRegistrant
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import ARCHIVE_URL, LIVE, SEARCH_URL, SUBMISSIONS_URL, Source
from pipeline.errors import SourceError
from pipeline.settings import Settings
from tests.edgar.conftest import TODAY, Ask
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar

REAL_ANSWERS = Path(__file__).parents[2] / "../shared/filings/api/efts"

Find = Callable[[], list[str]]


def _one_hit(**facts: object) -> bytes:
    hits = {"total": {"value": 1, "relation": "eq"}, "hits": [{"_id": "a:b", "_source": facts}]}
    return json.dumps({"hits": hits}).encode()


@pytest.fixture
def find(ask: Ask) -> Find:
    return lambda: [filing.accession_number for filing in FULL_TEXT_SEARCH.find(ask("2008-10")).filings]


def test_documents_are_folded_into_filings(edgar: TinyEdgar, ask: Ask) -> None:
    edgar.add("0000000901-08-000002", "2008-10-31", form="8-K/A", exhibits=3)
    edgar.add("0000000901-08-000001", "2008-10-01", name="OTHER (DE) INC", cik="0000000202")
    first, second = FULL_TEXT_SEARCH.find(ask("2008-10")).filings
    assert (first.company_name, first.tickers, first.cik) == ("OTHER (DE) INC", (), "0000000202")
    assert first.source_url == "https://www.sec.gov/Archives/edgar/data/202/0000000901-08-000001.txt"
    assert (second.company_name, second.tickers) == ("EXAMPLE CORP", ("EXM", "EXMW"))
    assert (second.form_type, second.items, second.primary_document) == (
        "8-K/A",
        ("2.05", "9.01"),
        "body.htm",
    )
    assert second.filed_date.isoformat() == "2008-10-31"


def test_only_item_2_05_of_8_k_and_its_amendments(edgar: TinyEdgar, find: Find) -> None:
    edgar.add("0000000901-08-000001", "2008-10-02", items=("2.05",))
    edgar.add("0000000901-08-000002", "2008-10-02", items=("2.02", "9.01"))
    edgar.add("0000000901-08-000003", "2008-10-02", items=("12.05", "2.055"))
    edgar.add("0000000901-08-000004", "2008-10-02", items=())
    edgar.add("0000000901-08-000005", "2008-10-02", form="8-K12B")
    edgar.add("0000000901-08-000006", "2008-11-01")
    assert find() == ["0000000901-08-000001"]


def test_co_registrants_follow_the_first_registrant(edgar: TinyEdgar, ask: Ask) -> None:
    edgar.add_hit(
        "0000000901-08-000001:body.htm",
        adsh="0000000901-08-000001",
        ciks=["0000000101", "0000000102"],
        display_names=["PARENT INC  (PAR)  (CIK 0000000101)", "SUBSIDIARY LLC  (CIK 0000000102)"],
        form="8-K",
        root_form="8-K",  # as older answers have it
        sequence="1",
        file_date="2008-10-05",
        period_ending=None,
        items=["2.05"],
    )
    (filing,) = FULL_TEXT_SEARCH.find(ask("2008-10")).filings
    assert filing.cik == "0000000101"
    assert filing.co_registrants == (CoRegistrant("0000000102", "SUBSIDIARY LLC"),)
    assert filing.report_date is None
    assert filing.primary_document is None


@pytest.mark.parametrize(("page", "pages"), [(100, 3), (10, 24)])
def test_pages_advance_by_the_rows_received(
    edgar: TinyEdgar, replica: Replica, find: Find, page: int, pages: int
) -> None:
    replica.archive.search_page = page
    expected = [f"0000000901-08-{number:06d}" for number in range(1, 81)]
    for accession in expected:
        edgar.add(accession, "2008-10-07", exhibits=2)
    assert find() == expected
    offsets = [parse_qs(urlsplit(target).query)["from"] for target in replica.targets]
    assert offsets == [[str(number * page)] for number in range(pages)]


def test_a_month_with_too_many_hits_is_asked_for_in_halves(
    edgar: TinyEdgar, replica: Replica, find: Find
) -> None:
    expected = [f"0000000901-08-{day:06d}" for day in range(1, 32)]
    for day, accession in enumerate(expected, 1):
        edgar.add(accession, f"2008-10-{day:02d}", exhibits=0)
    replica.archive.search_cap = 10
    assert find() == expected


def test_a_day_with_too_many_hits_is_an_error_not_a_loss(
    edgar: TinyEdgar, replica: Replica, find: Find
) -> None:
    edgar.add("0000000901-08-000001", "2008-10-01", exhibits=12)
    replica.archive.search_cap = 10
    with pytest.raises(SourceError, match="2008-10-01"):
        find()


def test_a_search_that_fails_now_and_then_is_asked_again(
    edgar: TinyEdgar, replica: Replica, find: Find
) -> None:
    edgar.add("0000000901-08-000001", "2008-10-01")
    replica.fail("search-index", faults.status(500), faults.body(b"{"), faults.status(500))
    assert find() == ["0000000901-08-000001"]


def test_a_search_that_fails_one_call_in_seven_loses_nothing(
    edgar: TinyEdgar, replica: Replica, find: Find
) -> None:
    replica.archive.search_page = 10
    expected = [f"0000000901-08-{number:06d}" for number in range(200)]
    for number, accession in enumerate(expected):
        edgar.add(accession, f"2008-10-{number % 31 + 1:02d}", exhibits=0)
    fails = [faults.status(500) if call % 7 == 3 else lambda due: due for call in range(24)]
    replica.fail("search-index", *fails)
    assert find() == expected
    assert len(replica.targets) == 20 + 3


def test_a_hit_that_comes_twice_while_another_is_missing_is_found_by_reading_again(
    edgar: TinyEdgar, replica: Replica, find: Find
) -> None:
    edgar.add("0000000901-08-000001", "2008-10-01", exhibits=0)
    edgar.add("0000000901-08-000002", "2008-10-01", exhibits=0)
    hits = json.loads((edgar.root / "LATEST/search-index/2008-10.json").read_text())["hits"]["hits"]
    doubled = {"hits": {"total": {"value": 2, "relation": "eq"}, "hits": [hits[0], hits[0]]}}
    replica.fail("search-index", faults.body(json.dumps(doubled).encode()))
    assert find() == ["0000000901-08-000001", "0000000901-08-000002"]


class _LiveSearch:
    """EDGAR itself, answering with these hits."""

    def __init__(self, *items: list[str]) -> None:
        self.source = Source(LIVE, ARCHIVE_URL, SUBMISSIONS_URL, SEARCH_URL, is_live=True)
        facts = {"form": "8-K", "adsh": "x", "file_date": "2008-10-01"}
        self._hits = [{"_id": f"x:{n}", "_source": {**facts, "items": one}} for n, one in enumerate(items)]

    def get_json(self, address: str, query: object) -> object:
        return {"hits": {"total": {"value": len(self._hits), "relation": "eq"}, "hits": self._hits}}


@pytest.mark.parametrize("items", [[], [[]], [[], []]])
def test_a_past_month_without_items_is_no_answer_of_edgar(settings: Settings, items: list[list[str]]) -> None:
    session = cast(EdgarSession, _LiveSearch(*items))
    with pytest.raises(SourceError, match="no 8-K with items at all of 2008-10"):
        FULL_TEXT_SEARCH.find(Question(session, "2008-10", settings.home, TODAY))
    running = Question(session, "2008-10", settings.home, dt.date(2008, 10, 1))
    assert FULL_TEXT_SEARCH.find(running).filings == ()


@pytest.mark.parametrize("sign", [{"timed_out": True}, {"_shards": {"total": 50, "failed": 1}}])
def test_an_answer_of_a_part_of_the_search_is_asked_for_again(
    edgar: TinyEdgar, replica: Replica, find: Find, sign: dict[str, object]
) -> None:
    edgar.add("0000000901-08-000001", "2008-10-01")
    partial = json.dumps({**sign, "hits": {"total": {"value": 0, "relation": "eq"}, "hits": []}}).encode()
    replica.fail("search-index", faults.body(partial))
    assert find() == ["0000000901-08-000001"]
    replica.fail("search-index", faults.body(partial), faults.body(partial))
    with pytest.raises(SourceError, match="a part of its machines"):
        find()


@pytest.mark.parametrize(
    "answer",
    [
        b"not json",
        b"[]",
        b'{"hits": {"hits": []}}',
        b'{"hits": {"total": {"value": 5, "relation": "eq"}, "hits": []}}',
        _one_hit(),
        _one_hit(file_date="2009-01-01"),
        _one_hit(file_date="2008-10-01", form="8-K", adsh="0000000901-08-000001"),
        _one_hit(file_date="2008-10-01", form="8-K", adsh="../../etc", items=["2.05"]),
        _one_hit(file_date="2008-10-01", form="8-K", adsh="0000000901-08-000001", items=["2.05"]),
    ],
)
def test_a_malformed_answer_is_an_error_that_names_the_search(
    replica: Replica, find: Find, answer: bytes
) -> None:
    replica.fail("search-index", faults.body(answer), faults.body(answer))
    with pytest.raises(SourceError, match=r"efts\.sec\.gov/LATEST/search-index"):
        find()


@pytest.mark.skipif(not REAL_ANSWERS.is_dir(), reason="real answers of the search are not at hand")
def test_real_answers_of_both_ages_are_understood(edgar: TinyEdgar, find: Find) -> None:
    answers = [json.loads(file.read_text()) for file in sorted(REAL_ANSWERS.glob("*.json"))]
    documents = {hit["_id"]: hit["_source"] for answer in answers for hit in answer["hits"]["hits"]}
    for document, facts in documents.items():
        root = {"root_forms": ["8-K"]} if "root_forms" in facts else {"root_form": "8-K"}
        made_ours = {**facts, **root, "file_date": "2008-10-09", "form": "8-K", "items": ["2.05"]}
        edgar.add_hit(document, **made_ours)
    texts = [file.read_text() for file in sorted(REAL_ANSWERS.glob("*.json"))]
    written = {found for text in texts for found in re.findall(r'"_id": ?"([^"]+)"', text)}  # without JSON
    assert documents.keys() == written
    assert len(documents) > 200
    assert find() == sorted({document.partition(":")[0] for document in written})
