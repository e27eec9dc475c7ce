"""The database: complete months only, described, built beside, opened read-only."""

from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from upath import UPath

from pipeline.errors import ExitChargesError, StorageError
from pipeline.tables import TABLES
from pipeline.warehouse.database import build_database, database_path
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.query import open_database, run_query
from pipeline.warehouse.records import part_path
from pipeline.warehouse.views import VIEW_NAMES
from tests.factories import month_rows, publishable
from tests.warehouse.full_disk import largest_file


@pytest.fixture
def home(tmp_path: Path) -> UPath:
    home = UPath(tmp_path)
    publish_month(home, "2008-10", publishable(month_rows(2)))
    publish_month(home, "2008-11", publishable(month_rows(0)))
    return home


def test_the_database_holds_every_row_of_the_complete_months(home: UPath) -> None:
    report = build_database(home)

    assert report.months == ("2008-10", "2008-11")
    assert report.rows["charges"] == 8
    assert report.rows.keys() == TABLES.keys()
    assert run_query(home, "SELECT DISTINCT filed_month FROM charges").rows == (("2008-10",),)


def test_a_torn_month_stays_out(home: UPath) -> None:
    part_path(home, "charges", "2008-10").write_bytes(b"torn")

    assert build_database(home).months == ("2008-11",)


def test_without_any_month_the_views_are_empty(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    build_database(home)

    for name in VIEW_NAMES:
        if not name.endswith("_as_of"):
            assert run_query(home, f"SELECT * FROM {name}").rows == ()


def test_every_table_column_and_view_has_a_comment(home: UPath) -> None:
    build_database(home)

    bare = run_query(
        home,
        """
        SELECT table_name FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns()
            WHERE NOT internal AND comment IS NULL AND table_name IN (SELECT table_name FROM duckdb_tables())
        UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT function_name FROM duckdb_functions()
            WHERE function_type = 'table_macro' AND NOT internal AND comment IS NULL
        """,
    )

    assert bare.rows == ()


def test_money_is_exact(home: UPath) -> None:
    build_database(home)

    result = run_query(home, "SELECT sum(amount_low) AS low FROM charges WHERE counts_in_sum")

    assert result.columns == ("low",)
    assert result.rows == ((Decimal("16000000.00"),),)


def test_building_twice_gives_the_same_rows(home: UPath) -> None:
    everything = "SELECT * FROM current_charges ORDER BY charge_id"
    build_database(home)
    first = run_query(home, everything)
    build_database(home)

    assert run_query(home, everything) == first


def test_a_reader_keeps_its_database_while_another_is_built(home: UPath) -> None:
    build_database(home)
    with open_database(home) as reader:
        publish_month(home, "2008-10", publishable(month_rows(1)))
        build_database(home)

        assert reader.execute("SELECT count(*) FROM filings").fetchall() == [(2,)]
    assert run_query(home, "SELECT count(*) FROM filings").rows == ((1,),)


def test_nothing_is_left_beside_the_database(home: UPath) -> None:
    (database_path(home).parent / ".beside-exit_charges.duckdb-old").mkdir()
    (database_path(home).parent / ".beside-exit_charges.duckdb-old" / "exit_charges.duckdb").write_bytes(
        b"half"
    )
    build_database(home)

    names = {entry.name for entry in database_path(home).parent.iterdir()}

    assert names == {*TABLES, "_months", "exit_charges.duckdb", ".database.lock"}


def test_amendments_are_a_parquet_file_too(home: UPath) -> None:
    build_database(home)

    schema = pq.read_schema(str(database_path(home).parent / "amendments" / "part-0.parquet"))

    assert tuple(schema.names) == TABLES["amendments"].column_names


def test_a_full_disk_is_one_sentence_and_keeps_the_old_database(home: UPath) -> None:
    build_database(home)
    publish_month(home, "2008-12", publishable(month_rows(1)))
    with largest_file(20_000), pytest.raises(StorageError, match=r"cannot be built .*free some space"):
        build_database(home)

    assert run_query(home, "SELECT count(*) FROM filings").rows == ((2,),)


def test_a_query_before_the_first_build_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="run `exit-charges materialize` first"):
        run_query(UPath(tmp_path), "SELECT 1")


def test_a_wrong_query_is_one_sentence(home: UPath) -> None:
    build_database(home)

    with pytest.raises(ExitChargesError, match=r"The query failed.*nonsense"):
        run_query(home, "SELECT nonsense FROM charges")


def test_a_query_cannot_change_the_database(home: UPath) -> None:
    build_database(home)

    with pytest.raises(ExitChargesError, match="read-only"):
        run_query(home, "DELETE FROM charges")


def test_a_damaged_database_says_what_to_do(home: UPath) -> None:
    database_path(home).write_bytes(b"this is no database, whatever its name says" * 1000)

    with pytest.raises(StorageError, match="delete it and run"):
        run_query(home, "SELECT 1")


def test_a_database_in_another_file_system_can_be_queried() -> None:
    home = UPath("memory://database/home")
    publish_month(home, "2008-10", publishable(month_rows(1)))
    build_database(home)

    assert run_query(home, "SELECT count(*) FROM charges").rows == ((4,),)
