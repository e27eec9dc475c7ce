"""What is asked of a source once, before months are run."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from pipeline.console.source_probe import probe_source
from pipeline.edgar.discovery.bulk_table import is_worth_it, up_to_date_table
from pipeline.edgar.discovery.companies import ciks_of
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import SAMPLE, open_source
from pipeline.errors import BlockedError, SourceError, StorageError
from pipeline.months import eastern_today
from pipeline.settings import Settings


def prepare_source(settings: Settings, months: Sequence[str]) -> Settings:
    """See that the source answers, resolve tickers, and for many months read the bulk archive.

    Returns:
        The settings, with companies as CIKs.

    Raises:
        ConfigurationError: a setting is wrong, or a ticker unknown.
        BlockedError, SourceError: the source does not answer; no month was run.
    """
    with open_source(settings) as source:
        without_search = probe_source(source, settings)
        if without_search:
            _note(f"The search does not answer; other lists are asked. {without_search}")
        with EdgarSession(source, settings) as session:
            ciks = ciks_of(session, settings.companies)
            if source.name != SAMPLE and is_worth_it(len(months), len(ciks)):
                _read_bulk_archive(session, settings)
    return replace(settings, companies=tuple(sorted(ciks)))


def _read_bulk_archive(session: EdgarSession, settings: Settings) -> None:
    """One download that says for all months which filings they have; without it, each month asks."""
    _note("Reading EDGAR's bulk archive, which answers for all months (1.6 GB, kept for a day) ...")
    try:
        up_to_date_table(session, settings.home, eastern_today())
    except BlockedError:
        raise
    except (SourceError, StorageError) as problem:
        _note(f"It could not be had; each month is asked for by itself. {problem}")


def _note(text: str) -> None:
    print(text, file=sys.stderr)
