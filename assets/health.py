"""Whether the instance can be used.

Here belongs what `exit-charges doctor` asks of it. Mending does not: see `claims`.
"""

from pathlib import Path

import dagster as dg

from assets.claims import UNFINISHED
from assets.executor import executor_of
from assets.instance import CONFIGURATION, instance_directory, open_instance, storage_is_made
from pipeline.errors import StorageError
from pipeline.postgres_url import without_password
from pipeline.settings import Settings

_ANSWER_SECONDS = 5.0


def storage_health(settings: Settings) -> str:
    """Where runs, events and schedules are kept; a PostgreSQL has answered.

    Raises:
        StorageError: it does not answer.
        ConfigurationError: what talks to PostgreSQL is not installed.
    """
    if settings.dagster_storage is None:
        return f"SQLite, in {instance_directory(settings)}"
    storage_is_made(settings.dagster_storage)
    return f"PostgreSQL, {without_password(settings.dagster_storage)} answers"


def workers_health(settings: Settings) -> dict[str, int]:
    """The Dask workers of the settings' scheduler by address, and how many threads each has.

    Raises:
        WorkersError: the scheduler does not answer.
        ConfigurationError: the settings name none that could be used, or what talks to it is not installed.
    """
    executor_of(settings)
    from assets.dask_executor import connected

    with connected(str(settings.dask), _ANSWER_SECONDS) as client:
        return dict(client.nthreads())


def instance_health(settings: Settings) -> tuple[Path, int, int] | None:
    """The instance's directory, how many runs it remembers, and how many of them have not ended.

    None where there is no instance yet; none is made.

    Raises:
        StorageError: it cannot be opened; its directory and what Dagster said are named.
    """
    if not (instance_directory(settings) / CONFIGURATION).exists():
        return None
    if settings.dagster_storage is not None and not storage_is_made(settings.dagster_storage):
        return None
    try:
        with open_instance(settings) as instance:
            unfinished = dg.RunsFilter(statuses=[dg.DagsterRunStatus.QUEUED, *UNFINISHED])
            return (
                Path(instance.root_directory),
                instance.get_runs_count(),
                instance.get_runs_count(unfinished),
            )
    except (dg.DagsterError, OSError, ValueError) as problem:
        raise StorageError(f"Dagster's instance cannot be opened: {problem}") from problem
