"""Delta tables: they hold what is published, month by month, and keep what was."""

import os
import re
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake
from upath import UPath

from pipeline.errors import StorageError
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.database import build_database
from pipeline.warehouse.delta import PUBLISHED_MONTHS, delta_schema, write_delta
from pipeline.warehouse.published import read_published
from pipeline.warehouse.query import run_query
from pipeline.warehouse.records import part_path, record_path
from tests.warehouse.invented_months import publish_filings

MONTHS = {"2008-10": 2, "2008-11": 0, "2008-12": 1}


@pytest.fixture
def home(tmp_path: Path) -> UPath:
    return publish_filings(UPath(tmp_path / "home"), MONTHS)


@pytest.fixture
def lake(tmp_path: Path) -> UPath:
    return UPath(tmp_path / "lake")


def _table(lake: UPath, name: str, version: int | None = None) -> pa.Table:
    return pa.table(DeltaTable(str(lake / name), version=version).to_pyarrow_table())


def _rows(table: pa.Table) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in table.to_pylist())


def _without_month(lake: UPath, name: str) -> list[str]:
    return _rows(_table(lake, name).drop_columns(["filed_month"]))


def _months(lake: UPath, name: str = "charges") -> set[Any]:
    return set(_table(lake, name)["filed_month"].to_pylist())


def test_every_table_equals_the_parquet_files(home: UPath, lake: UPath) -> None:
    build_database(home)
    report = write_delta(home, lake)
    assert report.months.loaded == tuple(MONTHS)
    for name in MONTHLY_TABLES:
        found = _table(lake, name)
        assert _without_month(lake, name) == _rows(read_published(home, name)), name
        assert report.rows[name] == found.num_rows
    amendments = run_query(home, "SELECT * FROM amendments")
    expected = [repr(sorted(zip(amendments.columns, row, strict=True))) for row in amendments.rows]
    assert _rows(_table(lake, "amendments")) == sorted(expected)


def test_types_and_descriptions_are_the_registrys(home: UPath, lake: UPath) -> None:
    write_delta(home, lake)
    for name in TABLES:
        table = DeltaTable(str(lake / name))
        assert pa.schema(table.schema().to_arrow()).types == delta_schema(name).types  # type: ignore[arg-type]
        assert table.metadata().description == TABLES[name].description
        described = {field.name: field.metadata.get("comment") for field in table.schema().fields}
        assert all(described[column.name] == column.description for column in TABLES[name].columns)
        assert table.metadata().partition_columns == (["filed_month"] if name in MONTHLY_TABLES else [])


def test_only_what_changed_is_written_and_yesterday_can_still_be_read(home: UPath, lake: UPath) -> None:
    write_delta(home, lake)
    before = DeltaTable(str(lake / "charges")).version()
    was = _rows(_table(lake, "charges"))
    assert write_delta(home, lake).months.loaded == ()
    assert DeltaTable(str(lake / "charges")).version() == before

    publish_filings(home, {"2008-12": 2})
    report = write_delta(home, lake)
    assert (report.months.loaded, report.months.unchanged) == (("2008-12",), ("2008-10", "2008-11"))
    assert DeltaTable(str(lake / "charges")).version() == before + 1
    assert _rows(_table(lake, "charges", before)) == was
    assert len(_rows(_table(lake, "charges"))) > len(was)


def test_months_that_are_gone_or_torn_are_removed(home: UPath, lake: UPath) -> None:
    write_delta(home, lake)
    for name in MONTHLY_TABLES:
        part_path(home, name, "2008-10").unlink()
    record_path(home, "2008-10").unlink()
    part_path(home, "charges", "2008-11").write_bytes(b"torn")

    report = write_delta(home, lake)

    assert (report.months.removed, report.months.torn) == (("2008-10", "2008-11"), ("2008-11",))
    assert _months(lake) == _months(lake, PUBLISHED_MONTHS) == {"2008-12"}


def test_a_new_column_is_added_and_filled(home: UPath, lake: UPath) -> None:
    write_delta(home, lake)
    older = _table(lake, "charges").drop_columns(["rule"])
    write_deltalake(
        str(lake / "charges"), older, mode="overwrite", schema_mode="overwrite", partition_by=["filed_month"]
    )
    report = write_delta(home, lake)
    assert report.schema_changes == ("charges has new columns: rule.",)
    assert report.months.loaded == tuple(MONTHS)
    assert _without_month(lake, "charges") == _rows(read_published(home, "charges"))


def test_a_column_of_another_type_makes_the_table_anew(home: UPath, lake: UPath) -> None:
    write_delta(home, lake)
    older = _table(lake, "charges")
    place = older.schema.get_field_index("amount_low")
    older = older.set_column(place, "amount_low", older["amount_low"].cast(pa.decimal128(10, 2)))
    write_deltalake(
        str(lake / "charges"), older, mode="overwrite", schema_mode="overwrite", partition_by=["filed_month"]
    )
    report = write_delta(home, lake)
    assert report.schema_changes == ("charges has other columns than before and was made anew.",)
    assert _without_month(lake, "charges") == _rows(read_published(home, "charges"))


def test_a_load_that_was_killed_is_completed_by_the_next(home: UPath, lake: UPath) -> None:
    publish_filings(home, {f"2009-{month:02d}": 1 for month in range(1, 13)})
    code = (
        "from upath import UPath; from pipeline.warehouse.delta import write_delta; "
        f"write_delta(UPath({str(home)!r}), UPath({str(lake)!r}))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ})
    log = Path(str(lake / PUBLISHED_MONTHS)) / "_delta_log"
    deadline = time.monotonic() + 60
    while len(list(log.glob("*.json"))) < 4:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert 0 < len(_months(lake, PUBLISHED_MONTHS)) < 15

    report = write_delta(home, lake)
    assert len(report.months.loaded) < 15
    assert _without_month(lake, "charges") == _rows(read_published(home, "charges"))
    assert len(_months(lake, PUBLISHED_MONTHS)) == 15


def test_a_home_without_months_empties_nothing(home: UPath, lake: UPath, tmp_path: Path) -> None:
    write_delta(home, lake)
    with pytest.raises(StorageError, match="Nothing is published"):
        write_delta(UPath(tmp_path / "other"), lake)
    assert _months(lake) == {"2008-10", "2008-12"}


def test_a_place_that_cannot_be_written_is_one_sentence(home: UPath, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"cannot be written"):
        write_delta(home, UPath(tmp_path / "file"))


def test_the_documentations_snippet_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[2] / "docs/delta.md").read_text(encoding="utf-8")
    [snippet] = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    home = publish_filings(UPath(tmp_path / "data"), MONTHS)
    write_delta(home, home / "delta")
    monkeypatch.chdir(tmp_path)
    exec(snippet, {})


def test_another_engine_reads_the_same(
    home: UPath, lake: UPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = pytest.importorskip("chdb.session", reason="chdb is not installed: pip install chdb")
    write_delta(home, lake)
    sums = "count(), sum(amount_low), sum(amount_high), sum(length(context_spans)), max(filed_month)"
    monkeypatch.chdir(tmp_path)  # it reads files below the working directory only
    with session.Session(":memory:") as engine:
        answer = engine.query(f"SELECT {sums} FROM deltaLakeLocal('{lake / 'charges'}')", "TabSeparated")
    charges = _table(lake, "charges").to_pylist()
    expected = [
        len(charges),
        sum((row["amount_low"] or Decimal(0) for row in charges), Decimal(0)),
        sum((row["amount_high"] or Decimal(0) for row in charges), Decimal(0)),
        sum(len(row["context_spans"] or ()) for row in charges),
    ]
    *found, last = str(answer).split()
    assert ([Decimal(value) for value in found], last) == (expected, "2008-12")
