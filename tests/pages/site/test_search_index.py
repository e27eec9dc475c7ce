"""The index of the search: one constant, from which nothing can break out."""

import datetime as dt
import json
from dataclasses import replace

import duckdb
import pytest

from pipeline.pages.site.filing_list import listed_filings
from pipeline.pages.site.search_index import as_script, search_index
from tests.pages.site.published import FIRST, HOSTILE


def _parsed(index: str) -> dict[str, list[list[object]]]:
    start, end = "const SEARCH_INDEX = ", ";\n"
    assert index.startswith(start)
    assert index.endswith(end)
    parsed: dict[str, list[list[object]]] = json.loads(index.removeprefix(start).removesuffix(end))
    return parsed


@pytest.mark.parametrize("words", [HOSTILE, "</script><!--", "\u2029", '"];alert(1)//', "\\"])
def test_hostile_words_stay_words(words: str) -> None:
    written = as_script([words])
    assert json.loads(written) == [words]
    assert not set("<>&\u2028\u2029") & set(written)


def test_a_filing_is_found_by_its_registrant(connection: duckdb.DuckDBPyConnection) -> None:
    index = _parsed(search_index(listed_filings(connection)))
    [line] = [line for line in index["filings"] if line[0] == FIRST]
    registrant = index["registrants"][line[1]]  # type: ignore[call-overload]
    assert registrant[:4] == ["0001000001", "EXAMPLE WORKS INC", "EXWK", "3663"]
    assert line[2] == "2008-10-27"


def test_a_name_of_another_time_is_kept(connection: duckdb.DuckDBPyConnection) -> None:
    [latest, *_] = listed_filings(connection)
    earlier = replace(
        latest, accession_number=FIRST, company_name="OLD NAME INC", filed_date=dt.date(2004, 9, 1)
    )
    index = _parsed(search_index([latest, earlier]))
    assert index["filings"][1][-1] == "OLD NAME INC"
    assert index["registrants"][0][5] == "OLD NAME INC"
