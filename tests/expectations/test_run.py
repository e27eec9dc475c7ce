"""Great Expectations beside a Spark that is installed for something else."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PROGRAM = """
import sys
import polars as pl
from expectations.run import ROW_KEY, failing_rows
from pipeline.tables.registry import TABLES

check = next(check for check in TABLES["charges"].checks if check.id == "amount_bounds_ordered")
rows = {ROW_KEY: ["a", "b"], "amount_low": [1, 2], "amount_high": [1, 1]}
assert failing_rows("charges", pl.DataFrame(rows), [check]) == {check.id: ["b"]}
assert "pyspark" not in sys.modules
print("judged")
"""


def test_an_installed_spark_is_not_imported(tmp_path: Path) -> None:
    """As of pyspark 4.3, importing all of it can end the process, and without a word that it failed."""
    (tmp_path / "pyspark.py").write_text("raise SystemExit(0)")
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "judged\n", ran.stderr
