"""A home and the site over it, for all tests of a process. For reading only."""

from pathlib import Path

import duckdb
import pytest
from upath import UPath

from pipeline.pages.site.build import build_site
from pipeline.warehouse.database import database_path
from tests.pages.site.published import publish


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> UPath:
    return publish(UPath(tmp_path_factory.mktemp("published")))


@pytest.fixture(scope="session")
def site(published_home: UPath) -> Path:
    return Path(build_site(published_home).path.path)


@pytest.fixture
def connection(published_home: UPath) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(database_path(published_home).path, read_only=True)
