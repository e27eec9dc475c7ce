"""Running months, each as a Dagster run of its own.

Here belongs what the command line needs of Dagster. What a run does stands in the assets; how its outcome
is shown does not belong here: see `pipeline.console`.

A month is a run, so that its materializations and check results are recorded for its partition and a month
that fails stops no other. Several months share a process, because starting one costs more than a month
does; many months share a few processes, because recording a run is work for a whole core.
"""

import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from typing import Any

import dagster as dg

from assets.claims import claim, mend_abandoned_runs
from assets.definitions import build_definitions
from assets.edgar import raw_filings
from assets.instance import instance_directory, open_instance
from assets.jobs import DATABASE, MONTH
from assets.surroundings import Surroundings
from pipeline.settings import Settings

MOST_PROCESSES = 4
MONTHS_WORTH_A_PROCESS = 3
"""Starting one takes as long as running two to three months of the samples (measured)."""
_QUIET: dict[str, Any] = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How a run ended."""

    month: str | None
    """None for the database's run."""
    problem: str | None
    """None where it succeeded; else what was wrong, in a sentence or two."""
    seconds: float
    fetched: int = 0
    not_fetched: Mapping[str, str] = field(default_factory=dict)
    """Accession number to the reason."""


def run_months(settings: Settings, months: Sequence[str]) -> Iterator[RunOutcome]:
    """Run the months and then, once, the database; yields as each ends, months in any order."""
    directory = instance_directory(settings)
    with open_instance(settings) as instance:
        mend_abandoned_runs(instance, directory)
    processes = min(os.cpu_count() or 1, MOST_PROCESSES, len(months) // MONTHS_WORTH_A_PROCESS)
    if processes < 2:
        for month in months:
            yield _run(settings, month)
    else:
        yield from _run_in_processes(settings, months, processes)
    yield _run(settings, None)


def _run_in_processes(settings: Settings, months: Sequence[str], processes: int) -> Iterator[RunOutcome]:
    executor = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_end_with_the_parent
    )
    try:
        month_of: dict[Future[RunOutcome], str] = {
            executor.submit(_run, settings, month): month for month in months
        }
        for future in as_completed(month_of):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield RunOutcome(
                    month_of[future], "A process was ended from outside; run the month again.", 0.0
                )
    finally:
        executor.shutdown(cancel_futures=True)


def _end_with_the_parent() -> None:
    """A process whose parent is killed would wait for more months forever."""
    parent = parent_process()
    assert parent is not None

    def wait_and_exit() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait_and_exit, daemon=True).start()


def _run(settings: Settings, month: str | None) -> RunOutcome:
    """One run, of a month or of the database, in this process."""
    start = time.perf_counter()
    surroundings = Surroundings(
        home=str(settings.home), source=settings.source, companies=",".join(settings.companies)
    )
    definitions = build_definitions(surroundings)
    job = definitions.resolve_job_def(MONTH.name if month else DATABASE.name)
    with open_instance(settings) as instance, claim(instance_directory(settings)) as tags:
        result = job.execute_in_process(
            partition_key=month, instance=instance, tags=tags, run_config=_QUIET, raise_on_error=False
        )
    fetched, not_fetched = _fetching(result)
    return RunOutcome(
        month=month,
        problem=None if result.success else _problem(result),
        seconds=time.perf_counter() - start,
        fetched=fetched,
        not_fetched=not_fetched,
    )


def _fetching(result: dg.ExecuteInProcessResult) -> tuple[int, dict[str, str]]:
    """How many filings were fetched, and which could not be, as the asset reported it."""
    for event in result.get_asset_materialization_events():
        if event.asset_key == raw_filings.key:
            metadata = event.materialization.metadata
            failures = metadata["failures"]
            assert isinstance(failures, dg.TableMetadataValue)
            reasons = {str(row.data["filing"]): str(row.data["reason"]) for row in failures.records}
            return int(str(metadata["fetched"].value)), reasons
    return 0, {}


def _problem(result: dg.ExecuteInProcessResult) -> str:
    """What went wrong, from the first step that failed, in the words of its cause."""
    for event in result.all_events:
        if event.is_step_failure:
            failure = event.step_failure_data
            if failure.user_failure_data and failure.user_failure_data.description:
                return failure.user_failure_data.description
            error = failure.error
            while error and error.cause:
                error = error.cause
            if error:
                return f"{event.step_key} failed: {error.message.strip()}"
    return "The run failed before its first step; `make ui` shows it."
