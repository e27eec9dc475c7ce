"""The shared part of the request limit in PostgreSQL, for the processes of several machines.

Here belongs how its row is read, locked and kept. What it means does not: see `limit`. Importing this module
needs the optional package psycopg.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pipeline.edgar.limit import Ahead
from pipeline.errors import StorageError
from pipeline.postgres_url import without_password

_Told = TypeVar("_Told")

TABLE = "exit_charges_request_limit"
_CONNECT_SECONDS = 10
_MAKING = 2050842  # of an advisory lock: two processes that make a table at once stumble over each other
_MAKE = f"""
CREATE TABLE IF NOT EXISTS {TABLE} (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    next_free double precision NOT NULL DEFAULT 0,
    blocked_until double precision NOT NULL DEFAULT 0
)"""
_SESSION = """
SET default_transaction_isolation = 'read committed';
SET synchronous_commit = off;
SET lock_timeout = '60s';
SET idle_in_transaction_session_timeout = '10s'
"""
"""A machine that vanishes with the row in its hands lets go of it after ten seconds."""
_NOW = "extract(epoch FROM clock_timestamp())::double precision"
_Connection = psycopg.Connection[tuple[float, ...]]


class LimitTable:
    """A table of one row. All moments in it are of the server's clock, so that no machine's clock counts.

    A connection that was lost is made anew.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._open: _Connection | None = None
        self._one_thread = threading.RLock()

    def change(self, act: Callable[[Ahead], _Told]) -> _Told:
        """Let `act` change what is shared, alone, and keep it; returns what `act` says.

        Raises:
            StorageError: the server does not answer, or refuses; in one sentence without the password.
        """

        def change(connection: _Connection) -> _Told:
            with connection.transaction():
                connection.execute(f"SELECT 1 FROM {TABLE} FOR UPDATE")
                now, next_free, blocked_until = _one(connection, f"{_NOW}, next_free, blocked_until")
                ahead = Ahead(next_free - now, blocked_until - now)
                told = act(ahead)
                connection.execute(
                    f"UPDATE {TABLE} SET next_free = %s, blocked_until = %s",
                    [now + ahead.next_free, now + ahead.block_ends],
                )
            return told

        return self._ask(change)

    def block_ends(self) -> float:
        """Seconds until the block ends, without waiting for who holds the row.

        Raises:
            StorageError: as `change` does.
        """
        return self._ask(lambda connection: _one(connection, f"blocked_until - {_NOW}")[0])

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        with self._one_thread:
            if self._open is not None:
                self._open.close()
                self._open = None

    def _ask(self, question: Callable[[_Connection], _Told]) -> _Told:
        """Ask, and once more on a new connection where an old one was lost."""
        with self._one_thread:
            try:
                if self._open is not None:
                    try:
                        return question(self._open)
                    except psycopg.OperationalError:
                        self.close()
                return question(self._connect())
            except psycopg.Error as problem:
                self.close()
                cause = problem.diag.message_primary or type(problem).__name__
                if isinstance(problem, psycopg.OperationalError):  # others may quote the URL
                    cause = problem.diag.message_primary or str(problem)
                raise StorageError(
                    f"The request limit is held in {without_password(self._url)}, which does not answer "
                    f"({' '.join(cause.split())}); start it, or correct EXIT_CHARGES_DAGSTER_STORAGE."
                ) from None

    def _connect(self) -> _Connection:
        options: dict[str, str | int] = {"fallback_application_name": "exit-charges request limit"}
        if "connect_timeout" not in conninfo_to_dict(self._url):
            options["connect_timeout"] = _CONNECT_SECONDS
        self._open = connection = psycopg.connect(self._url, autocommit=True, **options)  # type: ignore[arg-type]
        connection.execute(_SESSION)
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
            connection.execute(_MAKE)
            connection.execute(f"INSERT INTO {TABLE} DEFAULT VALUES ON CONFLICT DO NOTHING")
        return connection


def _one(connection: _Connection, columns: str) -> tuple[float, ...]:
    found = connection.execute(f"SELECT {columns} FROM {TABLE}").fetchone()
    assert found is not None
    return found
