"""Whether the source answers at all, asked once and quickly."""

from pipeline.edgar.session import EdgarSession, RetryPolicy
from pipeline.edgar.source import ARCHIVE_URL, SEARCH_URL, Source
from pipeline.errors import BlockedError, SourceError
from pipeline.months import FIRST_MONTH, first_day
from pipeline.settings import Settings

_QUICK = RetryPolicy(tries=3, first_wait=0.5, connect_timeout=5.0, read_timeout=15.0, blocks=0)


def probe_source(source: Source, settings: Settings) -> str | None:
    """Ask the full-text search for one day and, where it is out, the archive for its list of years.

    Returns:
        None where the search answers; else what is wrong with it, which other sources of discovery make good.

    Raises:
        BlockedError, SourceError: nothing answers; the message says how the search failed.
    """
    day = first_day(FIRST_MONTH).isoformat()
    query = {"q": "", "forms": "8-K", "dateRange": "custom", "startdt": day, "enddt": day}
    with EdgarSession(source, settings, policy=_QUICK) as session:
        try:
            session.get_json(SEARCH_URL, query)
        except BlockedError:
            raise
        except SourceError as problem:
            if session.unanswered and not source.is_live:
                raise  # one server is all there is
            try:
                session.get(f"{ARCHIVE_URL}/daily-index/index.json")
            except BlockedError:
                raise
            except SourceError:
                raise problem from None
            return str(problem)
    return None
