"""Whether the source answers at all, asked once and quickly."""

from pipeline.edgar.session import EdgarSession, RetryPolicy
from pipeline.edgar.source import SEARCH_URL, Source
from pipeline.months import FIRST_MONTH, first_day
from pipeline.settings import Settings

_QUICK = RetryPolicy(tries=3, first_wait=0.5, connect_timeout=5.0, read_timeout=15.0)


def probe_source(source: Source, settings: Settings) -> None:
    """Ask the full-text search for one day.

    Raises:
        BlockedError, SourceError: it does not answer; the message says how it failed.
    """
    day = first_day(FIRST_MONTH).isoformat()
    query = {"q": "", "forms": "8-K", "dateRange": "custom", "startdt": day, "enddt": day}
    with EdgarSession(source, settings, policy=_QUICK) as session:
        session.get_json(SEARCH_URL, query)
