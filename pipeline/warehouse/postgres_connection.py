"""A connection to PostgreSQL, and its errors in the project's words.

Here belongs who is asked and how, and that one load at a time writes into a schema. What is written does not.
Importing this module and its neighbours needs the optional package psycopg.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from pipeline.errors import ConfigurationError, StorageError
from pipeline.postgres_url import checked_url, without_password

Connection = psycopg.Connection[tuple[object, ...]]
_CONNECT_SECONDS = 10
_LONGEST_WAIT = "10min"
"""For locks that others hold: another load, or queries where tables have to be changed."""
_OF_LIBPQ = ("PGHOST", "PGDATABASE", "PGSERVICE")


@contextmanager
def open_postgres(url: str | None) -> Iterator[tuple[Connection, str]]:
    """A connection, each statement its own transaction, and how the database is called without its password.

    Args:
        url: of the database; where None, the environment variables of libpq say it.

    Raises:
        ConfigurationError: the URL is none, or none is given.
        StorageError: the database does not answer or does not let us in.
    """
    if url is None and not any(name in os.environ for name in _OF_LIBPQ):
        raise ConfigurationError(
            "No database is named; give its URL, as in exit-charges load-postgres "
            "postgresql://user@host/database, or set PGHOST, PGDATABASE and the other variables of libpq."
        )
    conninfo = "" if url is None else checked_url(url, "URL")
    called = "the database of the PG variables" if url is None else without_password(conninfo)
    try:
        options: dict[str, str | int] = {"fallback_application_name": "exit-charges load-postgres"}
        if "connect_timeout" not in conninfo_to_dict(conninfo) and "PGCONNECT_TIMEOUT" not in os.environ:
            options["connect_timeout"] = _CONNECT_SECONDS
        connection = psycopg.connect(conninfo, autocommit=True, **options)  # type: ignore[arg-type]
    except psycopg.OperationalError as problem:
        raise StorageError(
            f"{called} does not answer ({_one_line(problem)}); start the server, or correct the URL, the "
            "role or its password."
        ) from None
    except psycopg.ProgrammingError:  # its words quote the URL
        raise ConfigurationError(
            f"{called} has an option that PostgreSQL does not know; correct what stands behind the ?."
        ) from None
    with connection, in_plain_words(called):
        yield connection, called


@contextmanager
def in_plain_words(called: str) -> Iterator[None]:
    """What PostgreSQL refuses or fails at, as an error of the project."""
    try:
        yield
    except errors.InsufficientPrivilege as problem:
        raise StorageError(
            f"{called} does not allow the load ({_one_line(problem)}); load as the role that made the "
            "schema, or for a new one GRANT CREATE ON DATABASE to this role."
        ) from problem
    except errors.DependentObjectsStillExist as problem:
        raise StorageError(
            f"Something else in {called} depends on what this version of exit-charges has to change "
            f"({_one_line(problem)}); drop it, load, and create it anew. Nothing was changed."
        ) from problem
    except errors.LockNotAvailable as problem:
        raise StorageError(
            f"In {called} somebody holds what has to be changed for more than ten minutes "
            f"({_one_line(problem)}); end that query or load, then load again."
        ) from problem
    except psycopg.Error as problem:
        raise StorageError(
            f"{called} stopped the load ({_one_line(problem)}). Months that were loaded are kept; mend the "
            "cause and load again: it goes on where it stopped."
        ) from problem


def be_the_only_load(connection: Connection, schema: str, waiting: Callable[[], None]) -> None:
    """Let no other load write into the schema until the connection ends.

    `waiting` is called where one does, before it is waited for.
    """
    number = int.from_bytes(hashlib.sha256(f"exit-charges {schema}".encode()).digest()[:8], signed=True)
    connection.execute(f"SET lock_timeout = '{_LONGEST_WAIT}'".encode())
    if connection.execute("SELECT pg_try_advisory_lock(%s)", [number]).fetchone() != (True,):
        waiting()
        connection.execute("SELECT pg_advisory_lock(%s)", [number])


def _one_line(problem: psycopg.Error) -> str:
    told = problem.diag.message_primary or str(problem) or type(problem).__name__
    return " ".join(told.split())
