"""Dagster's storage in PostgreSQL.

Here belongs how the setting EXIT_CHARGES_DAGSTER_STORAGE becomes Dagster's storage. Where the instance's own
files lie does not: see `instance`. Importing this module needs the optional packages `postgres`.

The setting is read here and not by Dagster's own `postgres_url: {env: ...}`, so that it may stand in `.env`,
and because SQLAlchemy 2.1 would take `postgresql://` for psycopg 3, which dagster-postgres cannot use: the
connections that the webserver keeps would be closed, and two processes that make the tables at the same time
would not get over it.
"""

from collections.abc import Mapping
from typing import Any, Self

from dagster._config.config_schema import UserConfigSchema
from dagster._core.storage.event_log.schema import ConcurrencyLimitsTable
from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage, PostgresEventLogStorage
from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from pipeline.errors import ConfigurationError, StorageError
from pipeline.postgres_url import without_password
from pipeline.settings import load_settings

SETTING = "EXIT_CHARGES_DAGSTER_STORAGE"
_CONNECT_SECONDS = "10"


class EventLog(PostgresEventLogStorage):
    """Dagster's event log, whose pools several runs may ask for at once, and whose default limit may change.

    Dagster (1.13.27) inserts a pool's limit and, where there is one, goes on in the transaction that
    PostgreSQL has ended by then: of two first runs one would fail, and after a change of the default limit
    every run.
    """

    def initialize_concurrency_limit_to_default(self, concurrency_key: str) -> bool:
        limit = self._instance.global_op_concurrency_default_limit
        if limit is None:
            return super().initialize_concurrency_limit_to_default(concurrency_key)
        row = {"concurrency_key": concurrency_key, "limit": limit, "using_default_limit": True}
        changed = insert(ConcurrencyLimitsTable).values(row)
        changed = changed.on_conflict_do_update(index_elements=["concurrency_key"], set_={"limit": limit})
        with self.index_transaction() as connection:
            connection.execute(changed)
            self._allocate_concurrency_slots(connection, concurrency_key, limit)
        return True


class StorageOfTheSetting(DagsterPostgresStorage):
    """Runs, events and schedules in the database that the setting names; `dagster.yaml` names none."""

    def __init__(self, url: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(url, inst_data=inst_data)
        self._event_log_storage = EventLog(url)

    @classmethod
    def config_type(cls) -> UserConfigSchema:
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> Self:
        url = load_settings().dagster_storage
        if url is None:
            raise ConfigurationError(
                f"dagster.yaml says that runs are kept in PostgreSQL, and {SETTING} is not set; set it as it "
                "is for the other processes of this instance, or begin anew with `make ui`."
            )
        return cls(_with_driver(url), inst_data=inst_data)


def has_tables(url: str) -> bool:
    """Whether Dagster has made its tables in the database.

    Raises:
        StorageError: the database does not answer, in one sentence without the password.
    """
    engine = create_engine(_with_driver(url), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return inspect(connection).has_table("runs")
    except SQLAlchemyError as problem:
        cause = str(getattr(problem, "orig", None) or type(problem).__name__).strip().splitlines()
        raise StorageError(
            f"The PostgreSQL of {SETTING}, {without_password(url)}, does not answer "
            f"({' '.join(line.strip() for line in cause)}); start it, or correct the setting."
        ) from None
    finally:
        engine.dispose()


def _with_driver(url: str) -> str:
    made = make_url(url).set(drivername="postgresql+psycopg2")
    if "connect_timeout" not in made.query:
        made = made.update_query_dict({"connect_timeout": _CONNECT_SECONDS})
    return made.render_as_string(hide_password=False)
