"""A release: the published rows as files that other programs read, hashed, the same every time."""

import csv
import datetime as dt
import hashlib
import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from upath import UPath

from pipeline.tables import TABLES
from pipeline.tables.arrow import arrow_schema
from pipeline.warehouse.database import build_database
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.published import read_published
from pipeline.warehouse.query import run_query
from pipeline.warehouse.release import ReleaseReport, write_release
from pipeline.warehouse.release_tables import RELEASED_TABLES, RELEASED_VIEWS
from tests.factories import VERSION, Rows, filing_rows, publishable, together

DATE = dt.date(2026, 1, 31)
FORMULA = '=HYPERLINK("https://example.org","open")'
NEXT = "0001000002-09-000001"


def october() -> Rows:
    """Two filings, with what is hard to write as CSV: formulas, quotes, ends of lines, lists, nulls."""
    first = filing_rows(
        company_name=FORMULA,
        read_problem='-1 "quoted",\r\nnext line',
        co_registrants=[{"cik": "0001000009", "name": "=EXAMPLE é"}],
        accepted_at=None,
    )
    return together(first, filing_rows("0001000001-08-000002", company_name="'@EXAMPLE", items=[]))


def published(home: UPath) -> UPath:
    publish_month(home, "2008-10", publishable(october()))
    publish_month(home, "2008-11", publishable(together()))
    publish_month(home, "2009-01", publishable(filing_rows(NEXT, filed_date=dt.date(2009, 1, 5))))
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> UPath:
    """For reading only; its database was never built."""
    return published(UPath(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def release(home: UPath, tmp_path_factory: pytest.TempPathFactory) -> ReleaseReport:
    return write_release(home, UPath(tmp_path_factory.mktemp("releases")), DATE)


@pytest.fixture(scope="module")
def folder(release: ReleaseReport) -> Path:
    return Path(str(release.path))


def test_tables_views_and_pages_lie_in_one_folder(folder: Path) -> None:
    data = {f"{name}.{form}" for name in (*TABLES, *RELEASED_VIEWS) for form in ("parquet", "csv")}
    pages = {"README.md", "CITATION.cff", "LICENSE", "data-dictionary.md", "accuracy.md", "checks.md"}

    assert folder.name == "exit-charges-2026-01-31"
    assert {path.name for path in folder.iterdir()} == data | pages | {"manifest.json", "SHA256SUMS"}


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.partitioned])
def test_a_table_is_what_was_published_and_its_month(home: UPath, folder: Path, name: str) -> None:
    rows = pq.read_table(folder / f"{name}.parquet")
    months = [str(month) for month in rows["filed_month"].to_pylist()]

    assert described(rows.schema) == described(arrow_schema(RELEASED_TABLES[name]))
    assert rows.drop_columns(["filed_month"]).to_pylist() == read_published(home, name).to_pylist()
    assert months == sorted(months)
    assert set(months) <= {"2008-10", "2009-01"}


def described(schema: pa.Schema) -> dict[str, tuple[pa.DataType, bool, bytes]]:
    return {
        field.name: (field.type, field.nullable, (field.metadata or {})[b"description"]) for field in schema
    }


@pytest.mark.parametrize("name", RELEASED_VIEWS)
def test_a_view_is_what_the_database_gives(tmp_path: Path, folder: Path, name: str) -> None:
    home = published(UPath(tmp_path))
    build_database(home)
    found = run_query(home, f"FROM {name}")
    rows = pq.read_table(folder / f"{name}.parquet").to_pylist()

    as_rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert sorted(rows, key=str) == sorted(as_rows, key=str)


@pytest.mark.parametrize("name", [*TABLES, *RELEASED_VIEWS])
def test_both_forms_have_the_same_columns_and_rows(folder: Path, release: ReleaseReport, name: str) -> None:
    rows = pq.read_table(folder / f"{name}.parquet")
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)

    assert header == rows.column_names
    assert len(lines) == rows.num_rows == release.contents.rows[name]


def test_duckdb_reads_the_csv_as_the_parquet_file(folder: Path) -> None:
    for name, columns in _columns_without_formulas():
        parquet, text = folder / f"{name}.parquet", folder / f"{name}.csv"
        types = {
            column: kind
            for column, kind, *_ in duckdb.execute(f"DESCRIBE FROM '{parquet}'").fetchall()
            if "[]" not in kind
        }
        read = f"read_csv('{text}', types = {types}, header = true, allow_quoted_nulls = false)"
        for one, other in ((f"'{parquet}'", read), (read, f"'{parquet}'")):
            lacking = f"SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other}"
            assert duckdb.execute(lacking).fetchall() == [], name


def _columns_without_formulas() -> list[tuple[str, str]]:
    """Table and columns that neither are lists nor hold the formulas of `october`."""
    changed = {"company_name", "read_problem"}
    return [
        (
            name,
            ", ".join(
                f'"{column.name}"'
                for column in table.columns
                if not column.type.endswith("_list") and column.name not in changed
            ),
        )
        for name, table in RELEASED_TABLES.items()
    ]


def test_polars_reads_both_forms_alike(folder: Path) -> None:
    lists = ("context_spans", "flags")
    parquet = pl.read_parquet(folder / "charges.parquet").drop(lists)
    text = pl.read_csv(folder / "charges.csv", schema_overrides=parquet.schema)

    assert text.drop(lists).equals(parquet)


def test_pandas_reads_both_forms_alike(folder: Path) -> None:
    parquet = pd.read_parquet(folder / "exit_plans.parquet", dtype_backend="pyarrow")
    text = pd.read_csv(folder / "exit_plans.csv", dtype="string[pyarrow]")

    for name in parquet.columns.drop("flags"):
        assert text[name].astype(parquet[name].dtype).equals(parquet[name]), name


def test_money_sums_to_the_cent(folder: Path) -> None:
    with (folder / "charges.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["counts_in_sum"] == "true"]

    assert {row["amount_low"] for row in rows} == {"5000000.00", "3000000.00"}
    assert sum(Decimal(row["amount_low"]) for row in rows) == Decimal("24000000.00")


def test_no_cell_of_text_starts_like_a_formula(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            starts = {cell[0] for row in csv.reader(file) for cell in row if cell}
        assert not starts & set("=+-@\t\r\n"), path.name


def test_formulas_stand_behind_an_apostrophe_in_csv_only(folder: Path) -> None:
    with (folder / "filings.csv").open(encoding="utf-8", newline="") as file:
        first, second, _ = csv.DictReader(file)

    assert first["company_name"] == f"'{FORMULA}"
    assert first["read_problem"] == '\'-1 "quoted",\r\nnext line'
    assert second["company_name"] == "''@EXAMPLE"
    assert pq.read_table(folder / "filings.parquet")["company_name"].to_pylist()[0] == FORMULA


def test_lists_are_json(folder: Path) -> None:
    with (folder / "filings.csv").open(encoding="utf-8", newline="") as file:
        first, second, _ = csv.DictReader(file)

    assert json.loads(first["co_registrants"]) == [{"cik": "0001000009", "name": "=EXAMPLE é"}]
    assert json.loads(first["items"]) == ["2.05", "9.01"]
    assert second["items"] == "[]"


def test_counts_of_views_are_integers(folder: Path) -> None:
    assert pq.read_schema(folder / "plans.parquet").field("rejected_rows").type == pa.int64()


def test_the_manifest_has_every_file(folder: Path, release: ReleaseReport) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())

    assert manifest["name"] == "exit-charges-2026-01-31"
    assert manifest["date"] == "2026-01-31"
    assert manifest["months"] == ["2008-10", "2008-11", "2009-01"]
    assert manifest["reader_versions"] == [VERSION]
    assert list(manifest["files"]) == sorted(manifest["files"])
    assert manifest["files"].keys() == {path.name for path in folder.iterdir()} - {
        "manifest.json",
        "SHA256SUMS",
    }
    for name, file in manifest["files"].items():
        content = (folder / name).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["bytes"] == len(content)
    assert manifest["files"]["charges.csv"]["rows"] == 12
    assert manifest["files"]["README.md"]["rows"] is None
    assert release.manifest_sha256 == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs coreutils")
def test_sha256sum_accepts_the_release_and_not_a_changed_one(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]

    assert subprocess.run(check, cwd=copy, capture_output=True, check=False).returncode == 0
    assert len((copy / "SHA256SUMS").read_text().splitlines()) == len(list(copy.iterdir())) - 1
    (copy / "charges.csv").write_bytes(b"changed")
    assert subprocess.run(check, cwd=copy, capture_output=True, check=False).returncode == 1


def test_the_page_says_what_is_in_it(folder: Path) -> None:
    page = (folder / "README.md").read_text(encoding="utf-8")

    for said in (
        "2008-10 to 2008-11, 2009-01",
        f"reader version {VERSION}",
        "| `charges` | 12 |",
        "apostrophe",
    ):
        assert said in page
    assert "still running" not in page
    assert not re.search(r"\{\w+\}", page)
    citation = (folder / "CITATION.cff").read_text(encoding="utf-8")
    assert 'date-released: "2026-01-31"' in citation
    assert not re.search(r"\{\w+\}", citation)


def test_a_month_that_was_still_running_is_named(home: UPath, tmp_path: Path) -> None:
    report = write_release(home, UPath(tmp_path), dt.date(2009, 1, 20))

    assert "2009-01 was still running on 2009-01-20" in (report.path / "README.md").read_text()


def test_links_of_the_pages_lead_into_the_release(folder: Path) -> None:
    for page in folder.glob("*.md"):
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        assert not [link for link in links if not (folder / link).exists()], page.name


def test_the_dictionary_describes_the_files(folder: Path) -> None:
    page = (folder / "data-dictionary.md").read_text(encoding="utf-8")

    assert "Lies in `charges.parquet` and `charges.csv`." in page
    assert page.count("| `filed_month` |") == len(TABLES) - 1
    assert "warehouse/" not in page
    assert "`charges_by_month`" not in page
