"""Spark, as a cluster of two workers on this machine: the same function, the same rows, a lost executor."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from upath import UPath

from pipeline.archives import sources
from pipeline.archives.job import read_archive
from tests.archives.comparison import as_extract_says, what_extract_says
from tests.archives.spark_home import ROOT, spark_environment
from tests.archives.test_job import SAMPLES, content, here
from tests.archives.test_submissions import tagged, write_tar

pytestmark = [
    pytest.mark.skipif(not importlib.util.find_spec("pyspark"), reason="pyspark is not installed"),
    pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark") / "archive"
    folder.mkdir()
    for path in sorted(SAMPLES.glob("*/*.txt")):
        shutil.copy(path, folder)
    write_tar(folder / "20240102.nc.tar.gz", {"1.nc": tagged(1), "2.nc": tagged(2, "10-K"), "3.nc": b""})
    return folder


@pytest.fixture(scope="module")
def done(archive: Path) -> Path:
    """The folder into which the program has written."""
    folder = archive.parent / "done"
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "tests.archives.spark_program", str(archive), str(folder)],
        cwd=ROOT,
        env=spark_environment(archive.parent / "spark"),
        check=True,
        timeout=300,
    )
    return folder


def test_map_in_arrow_gives_the_rows_of_extract(archive: Path, done: Path) -> None:
    read = pq.read_table(done / "mapped").to_pylist()
    by_source = {row["source"]: as_extract_says(row) for row in read}
    assert len(by_source) == len(read) == len(list(archive.iterdir())) + 2
    for path in archive.glob("*.txt"):
        assert by_source[str(path)] == what_extract_says(path)


def test_the_charges_are_a_table_in_spark(done: Path) -> None:
    charges = pq.read_table(done / "mapped.charges.parquet")
    nested = pq.read_table(done / "mapped").column("charges").to_pylist()
    assert charges.num_rows == sum(len(rows or ()) for rows in nested) > 200
    assert charges.schema.field("amount_low").type == pa.decimal128(18, 2)


def test_the_job_gives_the_same_bytes_also_when_an_executor_is_killed(
    archive: Path, done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_MOST_FILES", 6)
    read_archive([UPath(archive)], UPath(tmp_path / "expected"), here)
    assert content(done / "readings") == content(tmp_path / "expected")
    assert (done / "marker").exists()
    assert content(done / "killed") == content(tmp_path / "expected")


def test_spark_submit_runs_the_command(archive: Path, done: Path, tmp_path: Path) -> None:
    environment = spark_environment(tmp_path / "spark")
    submit = Path(environment["SPARK_HOME"]) / "bin/spark-submit"
    command = ["read-archive", str(archive), "--to", str(tmp_path / "readings"), "--engine", "spark"]
    subprocess.run(
        [str(submit), "--master", "local[2]", "pipeline/cli.py", *command],
        cwd=ROOT,
        env={**environment, "PYSPARK_DRIVER_PYTHON": sys.executable},
        check=True,
        timeout=200,
    )
    read = [pq.read_table(path) for path in (tmp_path / "readings").glob("*.parquet")]
    assert sum(table.num_rows for table in read) == pq.read_table(done / "mapped").num_rows
