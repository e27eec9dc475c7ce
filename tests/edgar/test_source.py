import threading
import urllib.error
import urllib.request
from dataclasses import replace

import pytest

from pipeline.edgar import sample_server
from pipeline.edgar.source import ARCHIVE_URL, LIVE, SEARCH_URL, Source, open_source, source_at
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings
from tests.replica.tiny_edgar import TinyEdgar


def test_live_knows_edgars_hosts_and_stays_within_them(settings: Settings) -> None:
    with open_source(replace(settings, source=LIVE)) as live:
        assert live.is_live
        assert live.locate(f"{ARCHIVE_URL}/data/1/x.txt") == f"{ARCHIVE_URL}/data/1/x.txt"
        assert live.allows("https://www.sec.gov/Archives/x")
        assert live.allows("https://efts.sec.gov/LATEST/search-index?q=")
        for elsewhere in (
            "http://www.sec.gov/x",
            "https://sec.gov.example.org/x",
            "https://notsec.gov/",
            "file:///x",
        ):
            assert not live.allows(elsewhere)


@pytest.mark.parametrize(
    "identity", [None, "Jane Doe", "jane.doe@example.org", "Jane jane@host\nX-Header: 1"]
)
def test_live_asks_for_an_identity(settings: Settings, identity: str | None) -> None:
    with (
        pytest.raises(ConfigurationError, match=r"EXIT_CHARGES_IDENTITY.*Nothing was requested"),
        open_source(replace(settings, source=LIVE, identity=identity)),
    ):
        pass


@pytest.mark.parametrize("identity", ["Jane Doe jane.doe@example.org", "Jane Doe <jane.doe@example.org>"])
def test_a_name_and_an_address_are_an_identity(settings: Settings, identity: str) -> None:
    with open_source(replace(settings, source=LIVE, identity=identity)) as live:
        assert live.name == LIVE


def test_a_base_url_has_edgars_paths_below_it(settings: Settings) -> None:
    with open_source(
        replace(settings, source="http://archive.example.org:8080/edgar/", identity=None)
    ) as source:
        base = "http://archive.example.org:8080/edgar"
        assert source.locate(f"{ARCHIVE_URL}/data/1/x.txt") == f"{base}/Archives/edgar/data/1/x.txt"
        assert source.locate(f"{SEARCH_URL}?q=") == f"{base}/LATEST/search-index?q="
        assert source.allows(f"{base}/anything")
        assert not source.allows("http://archive.example.org/edgar")
        assert not source.is_on_this_machine


@pytest.mark.parametrize(
    "wrong", ["sampel", "ftp://example.org", "http://", "https://www.sec.gov", "https://data.sec.gov/x"]
)
def test_what_is_no_source_is_refused(settings: Settings, wrong: str) -> None:
    with (
        pytest.raises(ConfigurationError, match="EXIT_CHARGES_SOURCE"),
        open_source(replace(settings, source=wrong)),
    ):
        pass


def test_the_samples_are_served_while_the_context_lasts(
    settings: Settings, edgar: TinyEdgar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.edgar.source.samples_directory", lambda: edgar.root)
    data = edgar.add("0000000901-08-000001", "2008-10-07")
    with open_source(replace(settings, source="sample", identity=None)) as source:
        assert (source.name, source.is_live, source.is_on_this_machine) == ("sample", False, True)
        url = source.locate(f"{ARCHIVE_URL}/data/101/0000000901-08-000001.txt")
        with urllib.request.urlopen(url) as answer:
            assert answer.read() == data
    assert "sample-archive" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(url)


def test_missing_samples_are_a_clear_refusal(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, edgar: TinyEdgar
) -> None:
    monkeypatch.setattr(sample_server, "__file__", str(edgar.root / "a" / "b" / "c.py"))
    with (
        pytest.raises(ConfigurationError, match="sample archive is missing"),
        open_source(replace(settings, source="sample")),
    ):
        pass


def test_addresses_are_told_with_their_source() -> None:
    assert (
        source_at("http://127.0.0.1:8000", "sample").describe(ARCHIVE_URL) == f"{ARCHIVE_URL} (from sample)"
    )
    assert Source(LIVE, "", "", "", is_live=True).describe(ARCHIVE_URL) == ARCHIVE_URL
