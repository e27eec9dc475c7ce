"""Dagster's SQLite event log with its connections kept open.

Here belongs the speed of recording runs in this process. What is recorded, and where, is Dagster's own: the
UI and the daemon read the same files with the plain class.

A month leaves some 200 events. For each of them the plain class makes several engines, which open the file,
compile the statement and close the file again; that is most of the time that a run of a small month takes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._serdes import ConfigurableClassData
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine

_BUSY_SECONDS = 30.0


class OpenSqliteEventLog(SqliteEventLogStorage):
    """One engine for the index and one for the run at hand."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> Self:
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            for other in self._engines.keys() - {INDEX_SHARD_NAME}:
                self._engines.pop(other).dispose()
            engine = create_engine(self.conn_string_for_shard(shard), connect_args={"timeout": _BUSY_SECONDS})
            self._initdb(engine, for_index_shard=shard == INDEX_SHARD_NAME)
            self._engines[shard] = engine
        return self._engines[shard]

    def dispose(self) -> None:
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
