"""The Dagster instance of a home: where runs, materializations and check results are remembered.

Here belongs where it lies and how it comes to be. What it is configured to do does not: see `dagster.yaml`.

    python -m assets.instance    makes the instance ready and prints its directory
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._serdes import ConfigurableClassData
from upath import UPath

from pipeline.errors import ConfigurationError, ExitChargesError, StorageError
from pipeline.files import local_path, write_atomically
from pipeline.settings import Settings, load_settings

CONFIGURATION = "dagster.yaml"
_FOR_POSTGRES = "dagster.postgres.yaml"
_OWN_STORAGE = re.compile(r"^(?:(?:run|event_log|schedule)_)?storage(?=:)", re.MULTILINE)
_STATEMENT_MILLISECONDS, _CONNECTION_SECONDS, _MORE_CONNECTIONS = 60_000, 3600, 10
_NO_STEP_OUTPUT = ("dagster._core.storage.noop_compute_log_manager", "NoOpComputeLogManager")


def instance_directory(settings: Settings) -> Path:
    """$DAGSTER_HOME; without it the home's `dagster/`, or `.dagster` here where the home is no
    directory."""
    if given := os.environ.get("DAGSTER_HOME"):
        return Path(given).absolute()
    local = local_path(settings.home)
    return local / "dagster" if local else Path.cwd() / ".dagster"


def prepare_instance(settings: Settings) -> Path:
    """Make the directory and its configuration where they are missing, with the storage of the settings.

    Raises:
        StorageError: it cannot be written.
        ConfigurationError: the configuration has a storage of its own, and the settings another, or they
            name workers and no storage for them.
    """
    refuse_unshared_storage(settings)
    directory = instance_directory(settings)
    configuration = directory / CONFIGURATION
    try:
        directory.mkdir(parents=True, exist_ok=True)
        found = configuration.read_text(encoding="utf-8") if configuration.exists() else None
        wanted = _with_storage(_shipped(CONFIGURATION) if found is None else found, settings, configuration)
        if wanted != found:
            write_atomically(UPath(configuration), wanted.encode())
    except OSError as problem:
        raise StorageError(
            f"Dagster's directory {directory} cannot be written ({problem.strerror}); make it writable, or "
            "set DAGSTER_HOME to one that is."
        ) from problem
    return directory


def _with_storage(text: str, settings: Settings, configuration: Path) -> str:
    """The configuration with the block of PostgreSQL, or without it, as the settings say."""
    block = _shipped(_FOR_POSTGRES)
    text = text.replace(block, "")
    if settings.dagster_storage is None:
        return text
    if own := _OWN_STORAGE.search(text):
        raise ConfigurationError(
            f"{configuration} has a {own[0]} of its own; take it out, or do not set "
            "EXIT_CHARGES_DAGSTER_STORAGE."
        )
    return text + block


def _shipped(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@contextmanager
def open_instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The instance, ready for runs in this process.

    Connections to its storage are kept open (on SQLite: see `event_log`), and the steps' output, of which
    there is none, is not captured: that takes two processes a step.

    Raises:
        StorageError: its directory cannot be written, or its PostgreSQL does not answer.
        ConfigurationError: the storage of the settings is not to be had.
    """
    module, name = _NO_STEP_OUTPUT
    overrides: dict[str, object] = {"compute_logs": {"module": module, "class": name, "config": {}}}
    if settings.dagster_storage is not None:
        storage_is_made(settings.dagster_storage)
    directory = str(prepare_instance(settings))
    if settings.dagster_storage is None:
        with dg.DagsterInstance.from_config(directory) as instance:
            if type(instance.event_log_storage) is not SqliteEventLogStorage:
                yield instance
                return
            files = str(Path(instance.event_log_storage.path_for_shard(INDEX_SHARD_NAME)).parent)
        overrides["event_log_storage"] = {
            "module": "assets.event_log",
            "class": "OpenSqliteEventLog",
            "config": {"base_dir": files},
        }
    reference = InstanceRef.from_dir(directory, overrides=overrides)
    with dg.DagsterInstance.from_ref(reference) as instance:
        if settings.dagster_storage is not None:
            _keep_connections(instance)
        yield instance


@contextmanager
def open_for_a_step(reference: InstanceRef) -> Iterator[dg.DagsterInstance]:
    """The instance of a run that another process began, for one of its steps in this one."""
    no_output = ConfigurableClassData(*_NO_STEP_OUTPUT, "{}\n")
    with dg.DagsterInstance.from_ref(reference._replace(compute_logs_data=no_output)) as instance:
        _keep_connections(instance)
        yield instance


def _keep_connections(instance: dg.DagsterInstance) -> None:
    instance.optimize_for_webserver(
        _STATEMENT_MILLISECONDS, pool_recycle=_CONNECTION_SECONDS, max_overflow=_MORE_CONNECTIONS
    )


def refuse_unshared_storage(settings: Settings) -> None:
    """Workers on several machines record what they do in one storage.

    Raises:
        ConfigurationError: the settings name a Dask cluster and no PostgreSQL.
    """
    if settings.dask is not None and settings.dagster_storage is None:
        raise ConfigurationError(
            "EXIT_CHARGES_DASK needs EXIT_CHARGES_DAGSTER_STORAGE, a PostgreSQL database that the daemon and "
            "all workers reach; set it too, or do not set EXIT_CHARGES_DASK."
        )


def storage_is_made(url: str) -> bool:
    """Whether Dagster has used the PostgreSQL database of that URL before.

    Raises:
        StorageError: it does not answer.
        ConfigurationError: what talks to PostgreSQL is not installed.
    """
    try:
        from assets.postgres_storage import has_tables
    except ImportError as problem:
        raise ConfigurationError(
            f"EXIT_CHARGES_DAGSTER_STORAGE needs {problem.name}, which is not installed: "
            "pip install 'exit-charges[postgres]'."
        ) from problem
    return has_tables(url)


def _main() -> None:
    settings = load_settings()
    if settings.dagster_storage is not None:
        with open_instance(settings):  # which makes the tables, once, before several processes want them
            pass
    print(prepare_instance(settings))  # noqa: T201 - its one purpose


if __name__ == "__main__":
    try:
        _main()
    except ExitChargesError as problem:
        sys.exit(f"exit-charges: {problem}")
