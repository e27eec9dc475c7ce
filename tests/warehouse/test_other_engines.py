"""The Parquet files are read by other engines, those of an older version beside new ones, to the cent."""

import ast
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from upath import UPath

from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.records import part_path
from tests.factories import month_rows, publishable

COOKBOOK = Path(__file__).parents[2] / "docs/sql-cookbook.md"
SNIPPETS = re.findall(
    r"^```python\n(.*?)^```$", COOKBOOK.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)
CENTS = Decimal("0.01")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a home `data`: one month as an older version wrote it, one of today."""
    home = UPath(tmp_path / "data")
    for month in ("2008-10", "2008-11"):
        rows = month_rows(2)
        for row in rows["charges"]:
            row["amount_low"] = None if row["amount_low"] is None else row["amount_low"] + CENTS
        publish_month(home, month, publishable(rows))
    old = Path(part_path(home, "charges", "2008-10").path)
    pq.write_table(pq.ParquetFile(old).read().drop_columns(["flags"]), old)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def value_of(snippet: str) -> Any:
    """What the last expression of a snippet gives."""
    body = ast.parse(snippet).body
    last = body.pop()
    assert isinstance(last, ast.Expr)
    names: dict[str, Any] = {}
    exec(compile(ast.Module(body, []), "cookbook", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cookbook", "eval"), names)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("snippet", SNIPPETS, ids=["duckdb", "polars", "pandas"])
def test_the_cookbooks_ways_give_the_same_sum(snippet: str) -> None:
    found = value_of(snippet)
    total = found[0][0] if isinstance(found, list) else found
    assert total == 2 * 2 * Decimal(8_000_000) + 8 * CENTS


def test_arrow_reads_both_files_in_todays_schema(here: Path) -> None:
    newest = ds.dataset(here / "data/warehouse/charges/filed_month=2008-11").schema
    rows = ds.dataset(here / "data/warehouse/charges", schema=newest).to_table()
    assert rows["flags"].null_count == rows.num_rows == 16


@pytest.mark.usefixtures("here")
def test_sql_keeps_the_cents_of_many_rows() -> None:
    sql = "select sum(0.1::decimal(18,2)) from range(1_000_000)"
    assert duckdb.execute(sql).fetchone() == (Decimal("100000.00"),)
