"""Wherever the tables lie, on a disk, on S3, as Delta tables or in PostgreSQL, they hold the same."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable
from upath import UPath

from pipeline.files import is_object_storage, read_bytes
from pipeline.listing import files_below
from pipeline.settings import place
from pipeline.tables import TABLES
from pipeline.warehouse.database import build_database
from pipeline.warehouse.delta import write_delta
from pipeline.warehouse.records import recorded_months
from tests.conftest import MONTH, settings_for
from tests.postgres_server import PostgresServer
from tests.s3_server import S3Server
from tests.warehouse.postgres_rows import Compared, compared, in_duckdb, in_postgres, load
from tests.warehouse.samples import publish_samples


@dataclass(frozen=True)
class Storages:
    """All months of the sample archive, in each storage."""

    disk: UPath
    s3: UPath
    postgres_url: str

    def rows(self, storage: str, table: str) -> Compared:
        return self._of()[storage](table)

    def _of(self) -> dict[str, Callable[[str], Compared]]:
        return {
            "a home on a disk": lambda table: in_duckdb(self.disk, f"SELECT * FROM {table}"),
            "a home on S3": lambda table: in_duckdb(self.s3, f"SELECT * FROM {table}"),
            "Delta on a disk": lambda table: _in_delta(self.disk / "delta", table),
            "Delta on S3": lambda table: _in_delta(self.s3 / "delta", table),
            "PostgreSQL": lambda table: in_postgres(self.postgres_url, f"SELECT * FROM {table}"),
        }


def _in_delta(lake: UPath, table: str) -> Compared:
    options = lake.fs.aws_settings() if is_object_storage(lake) else None
    rows = pa.table(DeltaTable(str(lake / table), storage_options=options).to_pyarrow_table())
    return compared(rows.column_names, [tuple(row.values()) for row in rows.to_pylist()])


@pytest.fixture(scope="module")
def storages(
    postgres_server: PostgresServer, s3_server: S3Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Storages]:
    with pytest.MonkeyPatch.context() as patched:
        s3_server.be_meant(patched)
        disk = UPath(tmp_path_factory.mktemp("storages"))
        s3 = place(f"s3://{s3_server.new_bucket()}/some/home", "EXIT_CHARGES_HOME")
        found = Storages(disk, s3, postgres_server.new_database())
        for home in (disk, s3):
            publish_samples(home)
            build_database(home)
            write_delta(home, home / "delta")
        load(s3, found.postgres_url)
        yield found


def test_all_tables_hold_the_same_rows(storages: Storages, s3: S3Server) -> None:
    for table in TABLES:
        expected = storages.rows("a home on a disk", table)
        assert len(expected[1]) > 0 or table in ("rejected_rows", "corrections")
        for storage in ("a home on S3", "Delta on a disk", "Delta on S3", "PostgreSQL"):
            assert storages.rows(storage, table) == expected, (storage, table)
    _assert_the_objects_are_the_files(storages)


def _assert_the_objects_are_the_files(storages: Storages) -> None:
    """Byte by byte, apart from leases, which are locks on a disk, and DuckDB's file."""
    names = {home: _kept(home / "warehouse") for home in (storages.disk, storages.s3)}
    assert names[storages.s3] == names[storages.disk]
    assert len(recorded_months(storages.disk)) > 20
    for parts in names[storages.disk]:
        on_s3, on_disk = (home.joinpath("warehouse", *parts) for home in (storages.s3, storages.disk))
        assert read_bytes(on_s3) == read_bytes(on_disk)


def test_a_month_run_on_s3_is_the_month_run_on_a_disk(
    month_home: Path, s3_home: UPath, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The whole flow through Dagster: found, fetched, staged, judged, published, the database built."""
    from assets.month_runs import run_months

    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    for outcome in run_months(settings_for(s3_home), [MONTH]):
        assert outcome.problem is None, outcome
    for folder in ("raw", "staging", "warehouse"):
        names = _kept(UPath(month_home) / folder)
        assert _kept(s3_home / folder) == names
        for parts in names:
            ours, theirs = (home.joinpath(folder, *parts) for home in (s3_home, UPath(month_home)))
            assert _without_times(read_bytes(ours)) == _without_times(read_bytes(theirs)), parts
    for table in TABLES:
        query = f"SELECT * FROM {table}"
        assert in_duckdb(s3_home, query) == in_duckdb(UPath(month_home), query)


def _kept(folder: UPath) -> list[tuple[str, ...]]:
    return [parts for parts in files_below(folder) if not parts[-1].endswith((".lock", ".duckdb"))]


def _without_times(data: bytes | None) -> object:
    """The manifest says when each filing was fetched, and nothing else differs."""
    assert data is not None
    if b'"fetched_at"' not in data:
        return data
    held = json.loads(data)["held"]
    return {number: {**row, "fetched_at": None} for number, row in held.items()}
