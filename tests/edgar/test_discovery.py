"""The sources of discovery behind their one interface: they agree, and one stands in for another."""

from collections.abc import Callable

import pytest

from pipeline.edgar.discovery import Discovery, find_filings
from pipeline.edgar.discovery.bulk_table import BULK_ARCHIVE
from pipeline.edgar.discovery.filing_indexes import FILING_INDEXES
from pipeline.edgar.discovery.full_text_search import FULL_TEXT_SEARCH
from pipeline.edgar.discovery.question import Method, registrants
from pipeline.edgar.discovery.submissions_data import SUBMISSIONS_DATA
from pipeline.edgar.session import EdgarSession
from pipeline.errors import BlockedError, SourceError
from pipeline.settings import Settings
from tests.edgar.conftest import TODAY, Ask
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar
from tests.replica.tiny_indexes import write_bulk_archive, write_quarterly_indexes

OURS, OTHER, THIRD = "0000000101", "0000000202", "0000000303"
EXPECTED = [f"0000000901-08-{number:06d}" for number in (1, 3, 5, 6)]

Find = Callable[..., Discovery]


@pytest.fixture
def whole(edgar: TinyEdgar) -> TinyEdgar:
    """Filings of three companies, of which four are of October and have the item."""
    edgar.add(EXPECTED[0], "2008-10-01")
    edgar.add("0000000901-08-000002", "2008-10-07", items=("2.02",))
    edgar.add(EXPECTED[1], "2008-10-20", form="8-K/A", items=("2.05",), exhibits=0)
    edgar.move_to_older_file()
    edgar.add("0000000901-08-000004", "2008-09-30")
    edgar.add(EXPECTED[2], "2008-10-31", others=((OTHER, "OTHER INC"),))
    edgar.add(EXPECTED[3], "2008-10-31", cik=THIRD, name="CAFÉ & BÄR (DE)  INC", items=("2.05", "2.06"))
    edgar.add("0000000901-08-000007", "2008-11-03", cik=THIRD, name="CAFÉ & BÄR (DE)  INC")
    edgar.add("0000000901-08-000008", "2008-10-31", cik=THIRD, form="8-K12B")
    write_quarterly_indexes(edgar)
    write_bulk_archive(edgar)
    return edgar


@pytest.fixture
def find(session: EdgarSession, settings: Settings) -> Find:
    def find(*companies: str) -> Discovery:
        return find_filings(
            session, "2008-10", settings.home, companies=frozenset(companies) or None, today=TODAY
        )

    return find


def numbers(answer: Discovery) -> list[str]:
    return [filing.accession_number for filing in answer.filings]


@pytest.mark.parametrize("method", [FULL_TEXT_SEARCH, BULK_ARCHIVE, FILING_INDEXES, SUBMISSIONS_DATA])
@pytest.mark.parametrize("companies", [(OURS, OTHER, THIRD), (OTHER,), ()])
def test_each_is_complete_and_all_agree(
    whole: TinyEdgar, ask: Ask, method: Method, companies: tuple[str, ...]
) -> None:
    if method is SUBMISSIONS_DATA and not companies:
        with pytest.raises(SourceError, match="watch list"):
            method.find(ask("2008-10"))
        return
    found = method.find(ask("2008-10", *companies)).filings
    assert [filing.accession_number for filing in found] == (
        [EXPECTED[2]] if companies == (OTHER,) else EXPECTED
    )
    facts = {
        filing.accession_number: (filing.form_type, filing.items, str(filing.filed_date), filing.report_date)
        for filing in found
    }
    by_search = FULL_TEXT_SEARCH.find(ask("2008-10", *companies)).filings
    assert facts == {
        filing.accession_number: (filing.form_type, filing.items, str(filing.filed_date), filing.report_date)
        for filing in by_search
    }
    if companies != (OTHER,):
        assert [registrants(filing) for filing in found] == [registrants(filing) for filing in by_search]


def test_the_search_comes_first(whole: TinyEdgar, find: Find, replica: Replica) -> None:
    answer = find()
    assert (numbers(answer), answer.method, answer.attempts) == (EXPECTED, "full-text search", ())
    assert (answer.source, answer.companies, str(answer.known_through)) == ("replica", None, "2008-10-31")
    assert all("search-index" in target for target in replica.targets)


def test_without_the_search_the_bulk_archive_answers(whole: TinyEdgar, find: Find, replica: Replica) -> None:
    replica.fail("search-index", *[faults.status(500)] * 3)
    answer = find()
    assert (numbers(answer), answer.method) == (EXPECTED, "bulk archive")
    (given_up,) = answer.attempts
    assert given_up.method == "full-text search"
    assert "status 500, at the last of 3 tries" in given_up.problem


def test_without_both_the_indexes_answer(whole: TinyEdgar, find: Find, replica: Replica) -> None:
    replica.fail("search-index", faults.body(b"[]"))
    replica.fail("submissions.zip", faults.status(404))
    answer = find()
    assert (numbers(answer), answer.method) == (EXPECTED, "filing indexes")
    assert [attempt.method for attempt in answer.attempts] == ["full-text search", "bulk archive"]
    assert "has no hits and total" in answer.attempts[0].problem
    assert "status 404" in answer.attempts[1].problem


def test_an_archive_that_is_at_hand_is_asked_before_all(
    whole: TinyEdgar, find: Find, ask: Ask, replica: Replica
) -> None:
    BULK_ARCHIVE.find(ask("2008-09"))
    replica.targets.clear()
    for companies in ((), (OURS,)):
        assert find(*companies).method == "bulk archive"
    assert replica.targets == []


def test_a_watch_list_is_asked_for_company_by_company(whole: TinyEdgar, find: Find, replica: Replica) -> None:
    answer = find(OTHER, THIRD)
    assert (numbers(answer), answer.method) == (EXPECTED[2:], "submissions data")
    assert answer.companies == frozenset({OTHER, THIRD})
    assert len(replica.targets) == 2


def test_a_watch_list_falls_back_to_the_indexes(whole: TinyEdgar, find: Find, replica: Replica) -> None:
    replica.fail("/submissions/", faults.body(b"{}"))
    answer = find(THIRD)
    assert (numbers(answer), answer.method) == ([EXPECTED[3]], "filing indexes")
    assert "CIK0000000303.json" in answer.attempts[0].problem


@pytest.mark.parametrize("refused", ["search-index", "submissions.zip", "full-index"])
def test_a_block_ends_all_asking(whole: TinyEdgar, find: Find, replica: Replica, refused: str) -> None:
    for part in ("search-index", "submissions.zip", "full-index"):
        if part == refused:
            replica.fail(part, faults.block_page())
            break
        replica.fail(part, *[faults.status(404)] * 3)
    with pytest.raises(BlockedError):
        find()
    assert refused in replica.targets[-1]


def test_where_none_answers_the_error_has_all_reasons(edgar: TinyEdgar, find: Find, replica: Replica) -> None:
    replica.fail("search-index", faults.status(404))
    with pytest.raises(SourceError, match="No source says which filings 2008-10 has") as raised:
        find()
    for reason in ("full-text search: ", "bulk archive: ", "filing indexes: there is neither"):
        assert reason in str(raised.value)
