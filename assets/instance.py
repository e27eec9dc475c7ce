"""The Dagster instance of a home: where runs, materializations and check results are remembered.

Here belongs where it lies and how it comes to be. What it is configured to do does not: see `dagster.yaml`.

    python -m assets.instance    makes the instance ready and prints its directory
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME

from pipeline.errors import StorageError
from pipeline.files import local_path
from pipeline.settings import Settings, load_settings

CONFIGURATION = "dagster.yaml"


def instance_directory(settings: Settings) -> Path:
    """$DAGSTER_HOME; without it the home's `dagster/`, or `.dagster` here where the home is no
    directory."""
    if given := os.environ.get("DAGSTER_HOME"):
        return Path(given).absolute()
    local = local_path(settings.home)
    return local / "dagster" if local else Path.cwd() / ".dagster"


def prepare_instance(settings: Settings) -> Path:
    """Make the directory and its configuration where they are missing.

    Raises:
        StorageError: it cannot be written.
    """
    directory = instance_directory(settings)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not (directory / CONFIGURATION).exists():
            shutil.copy(Path(__file__).with_name(CONFIGURATION), directory / CONFIGURATION)
    except OSError as problem:
        raise StorageError(
            f"Dagster's directory {directory} cannot be written ({problem.strerror}); make it writable, or "
            "set DAGSTER_HOME to one that is."
        ) from problem
    return directory


@contextmanager
def open_instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The instance, ready for runs in this process.

    On SQLite, connections are kept open (see `event_log`), and the steps' output, of which there is none, is
    not captured: that takes two processes a step.
    """
    directory = str(prepare_instance(settings))
    with dg.DagsterInstance.from_config(directory) as instance:
        if type(instance.event_log_storage) is not SqliteEventLogStorage:
            yield instance
            return
        files = str(Path(instance.event_log_storage.path_for_shard(INDEX_SHARD_NAME)).parent)
    overrides = {
        "event_log_storage": {
            "module": "assets.event_log",
            "class": "OpenSqliteEventLog",
            "config": {"base_dir": files},
        },
        "compute_logs": {
            "module": "dagster._core.storage.noop_compute_log_manager",
            "class": "NoOpComputeLogManager",
        },
    }
    reference = InstanceRef.from_dir(directory, overrides=overrides)
    with dg.DagsterInstance.from_ref(reference) as instance:
        yield instance


if __name__ == "__main__":
    print(prepare_instance(load_settings()))  # noqa: T201 - its one purpose
