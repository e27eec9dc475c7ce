"""The page on archives names the columns that there are, and its SQL runs."""

import re
from pathlib import Path

import duckdb
import pytest
from upath import UPath

from pipeline.archives.engines import processes
from pipeline.archives.job import read_archive
from pipeline.tables.readings import READINGS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/archives.md").read_text(encoding="utf-8")


def test_the_columns_are_those_of_the_schema() -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == READINGS.names


def test_the_sql_gives_the_charges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = ROOT / "samples/Archives/edgar/data/888693"
    report = read_archive([UPath(seed)], UPath(tmp_path / "readings"), processes(1))
    (sql,) = re.findall(r"^```sql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        charges = connection.execute(sql).fetchall()
    assert len(charges) == report.charges > 0
