"""What several packages' tests need: a home in which a sample month was run, a PostgreSQL, an S3."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from upath import UPath

from pipeline.settings import Settings, load_settings, place
from tests.postgres_server import NoServerError, PostgresServer, running_server
from tests.s3_server import S3Server, running_s3

MONTH = "2008-10"
"""The sample month with the seed filing."""


def settings_for(home: Path | UPath, source: str = "sample") -> Settings:
    """The settings of a home, whatever the environment says."""
    return load_settings({"EXIT_CHARGES_HOME": str(home), "EXIT_CHARGES_SOURCE": source})


@pytest.fixture(autouse=True)
def _no_settings_from_outside(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Tests see neither the environment's settings nor those of another instance."""
    for name in (
        *("HOME", "SOURCE", "IDENTITY", "REQUESTS_PER_SECOND", "COMPANIES", "DAGSTER_STORAGE", "DASK"),
    ):
        monkeypatch.delenv(f"EXIT_CHARGES_{name}", raising=False)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    # A block that a test's replica asks for is no matter of the runs on this machine, nor of other tests.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")


@pytest.fixture(scope="session")
def month_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the sample month was run through Dagster, and the database built. For reading only."""
    from assets.month_runs import run_months

    home = tmp_path_factory.mktemp("month-home")
    for outcome in run_months(settings_for(home), [MONTH]):
        assert outcome.problem is None, outcome
    return home


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL for all tests of a process; they are skipped where there is none."""
    try:
        with running_server() as server:
            yield server
    except NoServerError as problem:
        pytest.skip(str(problem))


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """An empty database."""
    return postgres_server.new_database()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """An S3 for all tests of a process."""
    with running_s3() as server:
        yield server


@pytest.fixture
def s3(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """The S3, to which the AWS tools' variables lead."""
    s3_server.be_meant(monkeypatch)
    return s3_server


@pytest.fixture
def s3_home(s3: S3Server) -> UPath:
    """An empty home in a bucket of its own."""
    return place(f"s3://{s3.new_bucket()}/home", "EXIT_CHARGES_HOME")
