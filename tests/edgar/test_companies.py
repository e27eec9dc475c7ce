"""Watch lists, by CIK and by ticker."""

import json

import pytest

from pipeline.edgar.discovery.companies import ciks_of
from pipeline.edgar.session import EdgarSession
from pipeline.errors import ConfigurationError, SourceError
from pipeline.settings import load_settings
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar

TICKERS = {
    "0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."},
    "1": {"cik_str": 1067983, "ticker": "BRK-B", "title": "BERKSHIRE HATHAWAY INC"},
}


@pytest.fixture(autouse=True)
def _tickers(edgar: TinyEdgar) -> None:
    (edgar.root / "files").mkdir()
    (edgar.root / "files" / "company_tickers.json").write_text(json.dumps(TICKERS))


def test_a_setting_names_them() -> None:
    assert load_settings({"EXIT_CHARGES_COMPANIES": " AAPL, 888693\tBRK.B,"}).companies == (
        "AAPL",
        "888693",
        "BRK.B",
    )
    assert load_settings({"EXIT_CHARGES_COMPANIES": " "}).companies == ()


def test_ciks_need_no_request(session: EdgarSession, replica: Replica) -> None:
    names = ["320193", "0000888693", "CIK0001067983"]
    assert ciks_of(session, names) == {"0000320193", "0000888693", "0001067983"}
    assert replica.targets == []


def test_tickers_are_looked_up_at_once(session: EdgarSession, replica: Replica) -> None:
    assert ciks_of(session, ["aapl", "BRK.B", "888693"]) == {"0000320193", "0001067983", "0000888693"}
    assert replica.targets == ["/files/company_tickers.json"]


def test_an_unknown_ticker_is_refused_by_name(session: EdgarSession) -> None:
    with pytest.raises(ConfigurationError, match=r"NOPE today; give its CIK"):
        ciks_of(session, ["AAPL", "NOPE"])


@pytest.mark.parametrize("answer", [b"[]", b'{"0": 1}', b'{"0": {"ticker": "A", "cik_str": "x"}}'])
def test_a_malformed_list_is_an_error_that_names_it(
    session: EdgarSession, replica: Replica, answer: bytes
) -> None:
    replica.fail("company_tickers", faults.body(answer))
    with pytest.raises(SourceError, match=r"sec\.gov/files/company_tickers\.json"):
        ciks_of(session, ["AAPL"])
