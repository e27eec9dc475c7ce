"""Publishing a month: exact bytes, one file a partition, the record last, and plain refusals."""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from upath import UPath

from pipeline.errors import StorageError
from pipeline.locks import only_writer
from pipeline.tables import TABLES
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.registry import MONTHLY_TABLES
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.published import month_state, read_month, read_published
from pipeline.warehouse.records import month_record
from tests.factories import month_rows, publishable

MONTH = "2008-10"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def test_each_table_has_exactly_one_file_in_its_partition(tmp_path: Path) -> None:
    publish_month(UPath(tmp_path), MONTH, publishable(month_rows()))

    files = set(contents(tmp_path / "warehouse"))

    assert files == {
        *(f"{name}/filed_month={MONTH}/part-0.parquet" for name in MONTHLY_TABLES),
        f"_months/{MONTH}.json",
    }


def test_publishing_twice_touches_nothing(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    publish_month(home, MONTH, publishable(month_rows()))
    before = {
        path: path.stat().st_mtime_ns
        for path in tmp_path.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }

    publish_month(home, MONTH, publishable(month_rows()))

    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_the_same_rows_in_another_order_and_chunking_give_the_same_bytes(tmp_path: Path) -> None:
    tables = publishable(month_rows(3))
    shuffled = {name: pa.concat_tables([rows[2:], rows[:2]]) for name, rows in tables.items()}

    publish_month(UPath(tmp_path / "one"), MONTH, tables)
    publish_month(UPath(tmp_path / "two"), MONTH, shuffled)

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_an_empty_month_is_files_without_rows_in_the_declared_schema(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    publish_month(home, MONTH, publishable(month_rows(0)))

    assert month_state(home, MONTH) == "complete"
    for name, rows in read_month(home, MONTH).items():
        assert rows.num_rows == 0
        assert rows.schema.equals(arrow_schema(TABLES[name]), check_metadata=True)


def test_what_is_read_is_what_was_published(tmp_path: Path) -> None:
    home, tables = UPath(tmp_path), publishable(month_rows())
    publish_month(home, MONTH, tables)

    assert read_published(home, "charges").equals(tables["charges"])


def test_the_parquet_file_carries_the_descriptions(tmp_path: Path) -> None:
    publish_month(UPath(tmp_path), MONTH, publishable(month_rows()))

    schema = pq.read_schema(tmp_path / "warehouse/charges" / f"filed_month={MONTH}" / "part-0.parquet")

    assert schema.metadata[b"table"] == b"charges"
    assert (schema.field("currency").metadata or {})[b"description"] == b"ISO 4217 code of the amounts."
    assert not schema.field("charge_id").nullable


def test_the_record_holds_hashes_rows_and_reader_versions(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    record = publish_month(home, MONTH, publishable(month_rows()))

    assert month_record(home, MONTH) == record
    assert record.files["charges"].rows == 8
    assert record.reader_versions == ("0123456789ab",)
    assert json.loads((tmp_path / "warehouse/_months" / f"{MONTH}.json").read_bytes())["month"] == MONTH


def test_a_home_in_another_file_system_works_the_same() -> None:
    home = UPath("memory://publishing/home")
    publish_month(home, MONTH, publishable(month_rows()))

    assert month_state(home, MONTH) == "complete"
    assert read_published(home, "charges").num_rows == 8


def test_a_month_needs_all_its_tables(tmp_path: Path) -> None:
    tables = publishable(month_rows())
    del tables["mentions"]

    with pytest.raises(ValueError, match="to publish are"):
        publish_month(UPath(tmp_path), MONTH, tables)


def test_rows_of_another_schema_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    tables = publishable(month_rows())
    tables["charges"] = tables["charges"].drop_columns(["currency"])

    with pytest.raises(ValueError, match="column currency is missing"):
        publish_month(UPath(tmp_path), MONTH, tables)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    "foreign", ["notes.txt", f"filed_month={MONTH}/part-1.parquet", "filed_month=October/part-0.parquet"]
)
def test_a_foreign_file_in_a_tables_folder_is_refused_by_name(tmp_path: Path, foreign: str) -> None:
    path = tmp_path / "warehouse" / "charges" / foreign
    path.parent.mkdir(parents=True)
    path.write_text("mine")

    with pytest.raises(StorageError, match="not a file of this warehouse; move it out"):
        publish_month(UPath(tmp_path), MONTH, publishable(month_rows()))


def test_a_file_of_another_schema_is_refused_when_read(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    publish_month(home, MONTH, publishable(month_rows()))
    path = tmp_path / "warehouse/charges" / f"filed_month={MONTH}" / "part-0.parquet"
    pq.write_table(pq.ParquetFile(path).read().drop_columns(["charge_id"]), path)
    record = tmp_path / "warehouse/_months" / f"{MONTH}.json"
    found = json.loads(record.read_bytes())
    found["files"]["charges"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    record.write_text(json.dumps(found))

    with pytest.raises(
        StorageError, match=r"another schema than the table charges \(column charge_id is missing"
    ):
        read_month(home, MONTH)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_home_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="make it writable or set EXIT_CHARGES_HOME"):
            publish_month(UPath(tmp_path), MONTH, publishable(month_rows()))
    finally:
        tmp_path.chmod(0o700)


def test_a_home_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")

    with pytest.raises(StorageError, match="EXIT_CHARGES_HOME"):
        publish_month(UPath(tmp_path / "home"), MONTH, publishable(month_rows()))


def test_two_runs_of_a_month_at_once_leave_one_of_them_whole(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    contents_of = [publishable(month_rows(count)) for count in (1, 2)]

    def publish_often(tables: dict[str, pa.Table]) -> None:
        for _ in range(10):
            publish_month(home, MONTH, tables)

    with ThreadPoolExecutor(2) as executor:
        list(executor.map(publish_often, contents_of))

    assert month_state(home, MONTH) == "complete"
    tables = read_month(home, MONTH)
    assert tables["filings"].num_rows in (1, 2)
    assert tables["charges"].num_rows == 4 * tables["filings"].num_rows


def test_a_run_that_keeps_the_month_locked_is_one_sentence(tmp_path: Path) -> None:
    lock = tmp_path / ".2008-10.lock"

    with (
        FileLock(lock),
        pytest.raises(StorageError, match=r"Another run .* the month 2008-10 .* end it"),
        only_writer(UPath(lock), f"the month {MONTH}", longest_wait=0.05),
    ):
        pass
