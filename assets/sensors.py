"""What happens by itself when something has changed. Everything is off until it is switched on in the UI.

Here belongs what is looked at and what it leads to. What a run does stands in the assets.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import dagster as dg

from assets.alerts import Failure, tell
from assets.failures import plain_failures
from assets.jobs import MONTH, PRIORITY, REREAD, UNHURRIED, URGENT
from assets.partitions import EDGAR_TIMEZONE
from assets.surroundings import Surroundings
from pipeline.edgar.archive import RawArchive
from pipeline.edgar.business_days import is_edgar_day
from pipeline.edgar.discovery.full_text_search import filed_on
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import open_source
from pipeline.errors import StorageError
from pipeline.months import month_of
from pipeline.reader_version import reader_version
from pipeline.settings import Settings
from pipeline.warehouse.records import month_record, recorded_months

OPENS, CLOSES = dt.time(6), dt.time(22)
"""EDGAR's hours, Eastern time."""
_HALF_AN_HOUR, _HOUR = 1800, 3600


def stale_months(settings: Settings) -> list[str]:
    """The published months whose rows were read by other code than today's, the latest first."""
    stale = []
    for month in reversed(recorded_months(settings.home)):
        record = month_record(settings.home, month)
        if record is not None and set(record.reader_versions) - {reader_version()}:
            stale.append(month)
    return stale


@dg.sensor(
    job=REREAD,
    minimum_interval_seconds=_HOUR,
    description=(
        "Reads history anew when the reading code or its rules have changed: every month that other code "
        "read is queued once for each version, behind everything else, and nothing is downloaded again."
    ),
)
def stale_months_reread(
    context: dg.SensorEvaluationContext, surroundings: Surroundings
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    with plain_failures():
        months = stale_months(surroundings.settings())
    for month in months:
        yield dg.RunRequest(
            run_key=f"{month} by {reader_version()}", partition_key=month, tags={PRIORITY: UNHURRIED}
        )
    if not months:
        yield dg.SkipReason(f"All months were read by {reader_version()}.")


def unknown_filings(settings: Settings, now: dt.datetime) -> list[str]:
    """The accession numbers that the search has of today and the month's index here does not.

    Raises:
        BlockedError, SourceError: the search gave no complete answer.
    """
    today = now.astimezone(ZoneInfo(EDGAR_TIMEZONE)).date()
    with open_source(settings) as source, EdgarSession(source, settings) as session:
        filed = [filing.accession_number for filing in filed_on(session, today)]
    try:
        known = {filing.accession_number for filing in RawArchive(settings.home).index(month_of(today))}
    except StorageError:  # the month was not asked for yet
        known = set()
    return sorted(set(filed) - known)


@dg.sensor(
    job=MONTH,
    minimum_interval_seconds=_HALF_AN_HOUR,
    description=(
        "Asks the search, some ten requests, for the filings of the day while EDGAR is open, and runs the "
        "month when there is one that is not known here."
    ),
)
def new_filings(
    context: dg.SensorEvaluationContext, surroundings: Surroundings
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    yield from new_filing_requests(surroundings.settings(), dt.datetime.now(dt.UTC))


def new_filing_requests(settings: Settings, now: dt.datetime) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """What `new_filings` asks for at a moment."""
    local = now.astimezone(ZoneInfo(EDGAR_TIMEZONE))
    if not is_edgar_day(local.date()) or not OPENS <= local.time() < CLOSES:
        yield dg.SkipReason("EDGAR is closed.")
        return
    with plain_failures():
        found = unknown_filings(settings, now)
    if not found:
        yield dg.SkipReason("No filing of today is unknown.")
        return
    month = month_of(local.date())
    # A filing that cannot be had stays unknown to nobody: the index has it after one run.
    yield dg.RunRequest(
        run_key=f"{month} for {', '.join(found)}", partition_key=month, tags={PRIORITY: URGENT}
    )


@dg.run_failure_sensor(
    name="failures_told",
    description="Tells of every run that fails, as EXIT_CHARGES_ALERT says: a URL or a command.",
)
def failures_told(context: dg.RunFailureSensorContext, surroundings: Surroundings) -> None:
    run = context.dagster_run
    with plain_failures():
        tell(
            Failure(
                job=run.job_name,
                month=run.tags.get("dagster/partition"),
                run_id=run.run_id,
                message=_cause(context),
            ),
            surroundings.settings().alert,
        )


def _cause(context: dg.RunFailureSensorContext) -> str:
    """What the first step that failed said; where none did, what the run said."""
    for event in context.get_step_failure_events():
        failure = event.step_failure_data.user_failure_data
        if failure and failure.description:
            return failure.description
    return context.failure_event.message or ""
