"""Staged rows: written whole, read back in the declared schema."""

from pathlib import Path

import pytest
from upath import UPath

from pipeline.errors import StorageError
from pipeline.warehouse.staging import STAGED_TABLES, read_staged, staged_path, write_staged
from tests.factories import Row, month_rows

MONTH = "2008-10"


def rows_of(stage: str) -> dict[str, list[Row]]:
    rows = month_rows()
    return {name: rows[name] for name in STAGED_TABLES[stage]}  # type: ignore[index]


def test_staged_rows_come_back_as_they_were(tmp_path: Path) -> None:
    written = write_staged(UPath(tmp_path), "exit_charges", MONTH, rows_of("exit_charges"))
    read = read_staged(UPath(tmp_path), "exit_charges", MONTH)

    assert read.keys() == set(STAGED_TABLES["exit_charges"])
    assert all(read[name].equals(written[name]) for name in read)


def test_an_empty_month_can_be_staged(tmp_path: Path) -> None:
    write_staged(UPath(tmp_path), "sections", MONTH, {"filings": [], "sections": []})

    assert read_staged(UPath(tmp_path), "sections", MONTH)["sections"].num_rows == 0


def test_a_month_that_is_not_staged_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is not staged; materialize staged/sections"):
        read_staged(UPath(tmp_path), "sections", MONTH)


def test_an_undeclared_column_is_refused(tmp_path: Path) -> None:
    rows = rows_of("sections")
    rows["sections"][0]["mood"] = "fine"

    with pytest.raises(ValueError, match="sections has no column mood"):
        write_staged(UPath(tmp_path), "sections", MONTH, rows)


def test_tables_of_another_stage_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stage sections holds"):
        write_staged(UPath(tmp_path), "sections", MONTH, rows_of("exit_charges"))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    write_staged(home, "sections", MONTH, rows_of("sections"))
    staged_path(home, "sections", MONTH, "sections").write_bytes(b"PAR1 and then nothing")

    with pytest.raises(StorageError, match=r"sections.parquet is not a Parquet file"):
        read_staged(home, "sections", MONTH)


@pytest.mark.parametrize("month", ["2008-13", "2008-1", "October 2008", "../2008-10"])
def test_a_month_is_four_digits_and_two(tmp_path: Path, month: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        read_staged(UPath(tmp_path), "sections", month)
