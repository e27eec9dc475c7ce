"""Two sources of discovery compared."""

import datetime as dt
import json
from dataclasses import replace

from pipeline.edgar.reconcile import METHODS, Difference, reconcile
from tests.edgar.conftest import Ask
from tests.replica.tiny_edgar import TinyEdgar
from tests.replica.tiny_indexes import write_bulk_archive, write_quarterly_indexes

SEARCH, INDEX, BULK, SUBMISSIONS = (METHODS[name] for name in ("search", "index", "bulk", "submissions"))
FIRST, SECOND, THIRD = (f"0000000901-08-{number:06d}" for number in (1, 2, 3))
NAME = "EXAMPLE CORP"


def filled(edgar: TinyEdgar) -> None:
    edgar.add(FIRST, "2008-10-01")
    edgar.add(SECOND, "2008-10-20", form="8-K/A", others=(("0000000202", "SUBSIDIARY LLC"),))
    edgar.add(THIRD, "2008-10-31")
    write_quarterly_indexes(edgar)
    write_bulk_archive(edgar)


def test_sources_that_agree(edgar: TinyEdgar, ask: Ask) -> None:
    filled(edgar)
    for other in (INDEX, BULK):
        found = reconcile(ask("2008-10"), SEARCH, other)
        assert (found.left_filings, found.right_filings, found.differences) == (3, 3, ())
        assert found.compared_through == dt.date(2008, 10, 31)


def test_what_one_knows_and_the_other_does_not(edgar: TinyEdgar, ask: Ask) -> None:
    filled(edgar)
    hits = edgar.root / "LATEST" / "search-index" / "2008-10.json"
    answer = json.loads(hits.read_text())
    answer["hits"]["hits"] = [hit for hit in answer["hits"]["hits"] if hit["_source"]["adsh"] != FIRST]
    hits.write_text(json.dumps(answer))
    edgar.rows = [row for row in edgar.rows if row.accession != THIRD]
    write_quarterly_indexes(edgar)
    found = reconcile(ask("2008-10"), SEARCH, INDEX)
    assert (found.left_filings, found.right_filings) == (2, 2)
    assert found.differences == (
        Difference(FIRST, NAME, "listed", "no", "yes"),
        Difference(THIRD, NAME, "listed", "yes", "no"),
    )


def test_fields_that_differ(edgar: TinyEdgar, ask: Ask) -> None:
    filled(edgar)
    header = edgar.header_path(FIRST)
    changed = header.read_text().replace("<PERIOD>20081001", "<PERIOD>20080930")
    header.write_text(changed.replace("<ITEMS>9.01", "<ITEMS>8.01"))
    edgar.rows = [
        replace(row, form="8-K", filed="2008-10-21") if row.accession == SECOND else row for row in edgar.rows
    ]
    write_quarterly_indexes(edgar)
    found = reconcile(ask("2008-10"), SEARCH, INDEX)
    assert found.differences == (
        Difference(FIRST, NAME, "event", "2008-10-01", "2008-09-30"),
        Difference(FIRST, NAME, "items", "2.05, 9.01", "2.05, 8.01"),
        Difference(SECOND, NAME, "form", "8-K/A", "8-K"),
        Difference(SECOND, NAME, "filed", "2008-10-20", "2008-10-21"),
    )


def test_registrants_differ_for_the_whole_market_only(edgar: TinyEdgar, ask: Ask) -> None:
    filled(edgar)
    (edgar.root / "submissions" / "CIK0000000202.json").unlink()
    write_bulk_archive(edgar)
    (difference,) = reconcile(ask("2008-10"), SEARCH, BULK).differences
    assert (difference.field, difference.right) == ("registrants", "0000000101")
    assert reconcile(ask("2008-10", "0000000101"), SEARCH, SUBMISSIONS).differences == ()


def test_what_one_cannot_know_yet_is_no_difference(edgar: TinyEdgar, ask: Ask) -> None:
    edgar.add(FIRST, "2025-12-31")
    write_bulk_archive(edgar)
    edgar.add(SECOND, "2026-01-02")
    found = reconcile(ask("2026-01"), SEARCH, BULK)
    assert (found.left_filings, found.differences) == (0, ())
    assert found.compared_through == dt.date(2026, 1, 1)
