"""Watch lists: the companies to which a run is narrowed, by CIK or ticker."""

import re
from collections.abc import Iterable, Mapping

from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import FILES_URL
from pipeline.errors import ConfigurationError, SourceError

TICKERS_ADDRESS = f"{FILES_URL}/company_tickers.json"

_CIK = re.compile(r"(?:CIK)?0*(\d{1,10})", re.IGNORECASE)


def ciks_of(session: EdgarSession, names: Iterable[str]) -> frozenset[str]:
    """The ten-digit CIKs of companies named by CIK or ticker.

    EDGAR's list of tickers, asked for only if there is a ticker among the names, has today's alone: a company
    that is no longer listed has to be named by its CIK.

    Raises:
        ConfigurationError: a ticker is unknown.
        BlockedError, SourceError: the list of tickers could not be had.
    """
    found, tickers = set(), []
    for name in names:
        written = _CIK.fullmatch(name)
        if written:
            found.add(written[1].zfill(10))
        else:
            tickers.append(name)
    if tickers:
        by_ticker = _ciks_by_ticker(session)
        unknown = [ticker for ticker in tickers if _plain(ticker) not in by_ticker]
        if unknown:
            raise ConfigurationError(
                f"EDGAR lists no company with the ticker {', '.join(unknown)} today; give its CIK instead."
            )
        found.update(by_ticker[_plain(ticker)] for ticker in tickers)
    return frozenset(found)


def _ciks_by_ticker(session: EdgarSession) -> Mapping[str, str]:
    answer = session.get_json(TICKERS_ADDRESS)
    try:
        return {_plain(row["ticker"]): f"{int(row['cik_str']):010d}" for row in answer.values()}
    except (AttributeError, LookupError, TypeError, ValueError) as problem:
        address = session.source.describe(TICKERS_ADDRESS)
        raise SourceError(
            f"{address} is no list of tickers ({problem!r}); name the companies by CIK."
        ) from problem


def _plain(ticker: str) -> str:
    """Share classes are written with a dot, a hyphen or a slash."""
    return re.sub(r"[./]", "-", ticker.strip().upper())
