"""The settings: environment variables or `.env`, all with the prefix EXIT_CHARGES_."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from upath import UPath

from pipeline.errors import ConfigurationError
from pipeline.files import is_object_storage, local_path
from pipeline.postgres_url import checked_url

MOST_REQUESTS_PER_SECOND = 10.0  # the SEC's fair access limit, per user
_SCHEDULER = re.compile(r"(?:tcp|tls)://(?:[^\s/:@\[\]]+|\[[0-9a-fA-F:]+\]):\d{1,5}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs to know about its surroundings."""

    home: UPath
    """Raw archive, staging and warehouse; any URL that the file-system layer knows."""
    source: str
    """`live` (EDGAR), `sample` (the archive in samples/) or the base URL of a server laid out like EDGAR."""
    identity: str | None
    """"Name email", sent as the User-Agent; required for `live`."""
    requests_per_second: float
    companies: tuple[str, ...] = ()
    """CIKs or tickers to which runs are narrowed; none: the whole market."""
    alert: str | None = None
    """A URL or a command that is told of runs that fail."""
    dagster_storage: str | None = field(default=None, repr=False)
    """The URL, with its password, of the PostgreSQL database that has Dagster's runs; none: SQLite."""
    dask: str | None = None
    """The address of the Dask scheduler on whose workers steps are executed; none: in the run's process."""


def load_settings(environment: Mapping[str, str] | None = None, **overrides: str | None) -> Settings:
    """Read the settings: overrides, then the environment, then `.env` in the working directory.

    Raises:
        ConfigurationError: a setting has a value that cannot be meant.
    """
    found = {key: value for key, value in dotenv_values(Path.cwd() / ".env").items() if value is not None}
    found.update(os.environ if environment is None else environment)
    found.update({f"EXIT_CHARGES_{key.upper()}": value for key, value in overrides.items() if value})
    rate = found.get("EXIT_CHARGES_REQUESTS_PER_SECOND", "8")
    try:
        requests_per_second = float(rate)
    except ValueError:
        requests_per_second = 0.0
    if not 0 < requests_per_second <= MOST_REQUESTS_PER_SECOND:
        raise ConfigurationError(
            f"EXIT_CHARGES_REQUESTS_PER_SECOND is {rate!r}; set it above 0 and at most 10, the SEC's limit."
        )
    storage = (found.get("EXIT_CHARGES_DAGSTER_STORAGE") or "").strip()
    dask = (found.get("EXIT_CHARGES_DASK") or "").strip()
    if dask and not _SCHEDULER.fullmatch(dask):
        raise ConfigurationError(
            f"EXIT_CHARGES_DASK is {dask!r}; set it to the address of a Dask scheduler, tcp://host:port or "
            "tls://host:port."
        )
    listed = (found.get("EXIT_CHARGES_COMPANIES") or "").strip(", \t\n")
    return Settings(
        home=place(found.get("EXIT_CHARGES_HOME") or "data", "EXIT_CHARGES_HOME"),
        source=found.get("EXIT_CHARGES_SOURCE") or "sample",
        identity=(found.get("EXIT_CHARGES_IDENTITY") or "").strip() or None,
        requests_per_second=requests_per_second,
        companies=tuple(re.split(r"[,\s]+", listed)) if listed else (),
        alert=(found.get("EXIT_CHARGES_ALERT") or "").strip() or None,
        dagster_storage=checked_url(storage, "EXIT_CHARGES_DAGSTER_STORAGE") if storage else None,
        dask=dask or None,
    )


def place(value: str, name: str) -> UPath:
    """A directory, made absolute, or a URL that an installed file system knows.

    Raises:
        ConfigurationError: none does; the message calls the setting or argument by `name`.
    """
    try:
        path = UPath(value)
        if is_object_storage(path) and not urlsplit(value).netloc:
            raise ValueError("it names no bucket")
        if local_path(path) is None:
            _ = path.fs  # which needs the file system's package; nothing is asked of it yet
            return path
        return path.absolute()
    except (ValueError, ImportError) as problem:
        raise ConfigurationError(
            f"{name} is {value!r}, which no installed file system understands ({problem}); "
            "give a directory, or a URL such as s3://bucket/prefix with its file-system package installed."
        ) from problem
