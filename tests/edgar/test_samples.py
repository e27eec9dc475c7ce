"""The sample archive, month by month: every filing with Item 2.05 ends as held, or as failed on purpose."""

import json
from pathlib import Path

import pytest
from upath import UPath

from pipeline.edgar.archive import RawArchive
from pipeline.edgar.discovery import find_filings
from pipeline.edgar.fetch import MOST_WRONG_ANSWERS, FetchOutcome, fetch_filings
from pipeline.edgar.sample_server import samples_directory
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import open_source
from pipeline.settings import Settings, load_settings

SEARCH_ANSWERS = sorted((samples_directory() / "LATEST" / "search-index").glob("*.json"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, home=str(tmp_path), source="sample")


def acquire(settings: Settings) -> list[FetchOutcome]:
    """All sample months, as a run does it."""
    archive = RawArchive(UPath(settings.home))
    outcomes = []
    with open_source(settings) as source, EdgarSession(source, settings) as session:
        for month in [file.stem for file in SEARCH_ANSWERS]:
            archive.write_index(month, find_filings(session, month, settings.home))
            outcomes.append(fetch_filings(source, settings, archive, archive.index(month)))
    return outcomes


def test_all_are_held_but_the_two_that_are_broken_on_purpose(settings: Settings) -> None:
    listed = {
        hit["_source"]["adsh"]
        for file in SEARCH_ANSWERS
        for hit in json.loads(file.read_bytes())["hits"]["hits"]
        if "2.05" in hit["_source"]["items"]
    }
    outcomes = acquire(settings)
    failed = {accession: reason for outcome in outcomes for accession, reason in outcome.failed.items()}
    assert sum(outcome.fetched for outcome in outcomes) == len(listed) - len(failed)
    assert failed.keys() == {"0009990132-24-000012", "0009990900-24-001377"}
    assert failed["0009990132-24-000012"].startswith("an HTML page titled")
    assert failed["0009990900-24-001377"].startswith("truncated: no closing </SEC-DOCUMENT>")
    assert not any(outcome.detours for outcome in outcomes)


def test_running_again_asks_for_the_broken_ones_only(settings: Settings, tmp_path: Path) -> None:
    acquire(settings)
    indexes = {path: path.read_bytes() for path in (tmp_path / "raw" / "index").glob("*.json")}
    outcomes = acquire(settings)
    assert sum(outcome.fetched for outcome in outcomes) == 0
    assert sum(outcome.requests for outcome in outcomes) == 2 * (1 + MOST_WRONG_ANSWERS)  # lists and tries
    assert {path: path.read_bytes() for path in indexes} == indexes
