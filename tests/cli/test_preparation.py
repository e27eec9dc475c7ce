"""What is asked of a source once, before months are run."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.console.preparation import prepare_source
from pipeline.console.source_probe import probe_source
from pipeline.edgar.source import source_at
from pipeline.errors import BlockedError, ConfigurationError, SourceError
from pipeline.months import month_range
from pipeline.settings import Settings
from tests.conftest import settings_for
from tests.replica import faults
from tests.replica.replica import Replica, running_replica
from tests.replica.tiny_edgar import TinyEdgar
from tests.replica.tiny_indexes import write_bulk_archive

YEAR = month_range("2008-01", "2008-12")


@pytest.fixture
def edgar(tmp_path: Path) -> TinyEdgar:
    edgar = TinyEdgar(tmp_path / "edgar")
    edgar.add("0000000901-08-000001", "2008-10-07")
    write_bulk_archive(edgar)
    return edgar


@pytest.fixture
def replica(edgar: TinyEdgar) -> Iterator[Replica]:
    with running_replica(edgar.root) as replica:
        yield replica


@pytest.fixture
def settings(tmp_path: Path, replica: Replica) -> Settings:
    return settings_for(tmp_path / "home", replica.base_url)


def test_few_months_are_asked_for_by_themselves(settings: Settings, replica: Replica) -> None:
    assert prepare_source(settings, YEAR[:11]) == settings
    prepare_source(replace(settings, companies=("101", "202")), YEAR)
    assert replica.asked("submissions.zip") == 0


def test_for_many_months_the_bulk_archive_is_read_once(settings: Settings, replica: Replica) -> None:
    for _ in range(2):
        prepare_source(settings, YEAR)
    assert replica.asked("submissions.zip") == 1
    assert (settings.home / "raw" / "bulk" / "exit_filings.json").exists()


def test_without_it_the_months_are_run_all_the_same(
    settings: Settings, replica: Replica, capsys: pytest.CaptureFixture[str]
) -> None:
    replica.fail("submissions.zip", faults.status(404))
    assert prepare_source(settings, YEAR) == settings
    assert "each month is asked for by itself" in capsys.readouterr().err


def test_a_block_ends_it(settings: Settings, replica: Replica) -> None:
    replica.fail("submissions.zip", faults.block_page(words="Undeclared Automated Tool"))
    with pytest.raises(BlockedError):
        prepare_source(settings, YEAR)


def test_tickers_become_ciks(settings: Settings, edgar: TinyEdgar) -> None:
    tickers = {"0": {"cik_str": 101, "ticker": "EXM", "title": "EXAMPLE CORP"}}
    (edgar.root / "files").mkdir()
    (edgar.root / "files" / "company_tickers.json").write_text(json.dumps(tickers))
    prepared = prepare_source(replace(settings, companies=("exm", "202")), YEAR[:1])
    assert prepared.companies == ("0000000101", "0000000202")
    with pytest.raises(ConfigurationError, match="NONE"):
        prepare_source(replace(settings, companies=("NONE",)), YEAR[:1])


class TestSearchIsOut:
    def test_other_lists_may_answer(self, settings: Settings, replica: Replica, edgar: TinyEdgar) -> None:
        (edgar.archive / "daily-index" / "index.json").write_text("{}")
        replica.fail("search-index", faults.status(404))
        source = source_at(replica.base_url)
        problem = probe_source(source, settings)
        assert problem is not None
        assert "status 404" in problem
        assert probe_source(source, settings) is None

    def test_where_nothing_answers_it_is_an_error(self, settings: Settings, replica: Replica) -> None:
        replica.fail("search-index", faults.status(404))
        with pytest.raises(SourceError, match="search-index"):
            probe_source(source_at(replica.base_url), settings)
