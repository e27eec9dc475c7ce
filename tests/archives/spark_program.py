"""What a program with a Spark session of its own does; a test runs it as a process of its own.

    python -m tests.archives.spark_program ARCHIVE FOLDER

writes into FOLDER what the mapped batches give (mapped/), what the job gives (readings/), and what it gives
when an executor is killed on the way (killed/).
"""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from upath import UPath

from pipeline.archives import sources
from pipeline.archives.engines import Task, spark
from pipeline.archives.job import read_archive
from pipeline.archives.record_batches import read_batches
from pipeline.archives.submissions import submission_batches
from pipeline.tables.readings import READINGS, SUBMISSIONS
from tests.archives.dying import dies_once

_FROM_WORKER_TO_EXECUTOR = 2
"""A worker's parent is Spark's Python daemon, and that one's is the executor."""


def _mapped(session: SparkSession, archive: Path, output: Path) -> None:
    paths = [str(path) for path in sorted(archive.iterdir())]
    rows = [tuple(row.values()) for batch in submission_batches(paths) for row in batch.to_pylist()]
    frame = session.createDataFrame(session.sparkContext.parallelize(rows, 3), from_arrow_schema(SUBMISSIONS))
    read = frame.mapInArrow(read_batches, from_arrow_schema(READINGS))
    read.write.parquet(str(output))
    charges = read.selectExpr("source", "inline(charges)").toArrow()
    pq.write_table(charges, output.with_suffix(".charges.parquet"))


def _dying(
    marker: Path, task: Task, batches: Sequence[pa.RecordBatch], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    return spark(None)(partial(dies_once, str(marker), _FROM_WORKER_TO_EXECUTOR, task), batches, schema)


def main(archive: Path, folder: Path) -> None:
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")  # its default has no time zone
        .getOrCreate()
    )
    sources._MOST_FILES = 6
    _mapped(session, archive, folder / "mapped")
    read_archive([UPath(archive)], UPath(folder / "readings"), spark(None))
    read_archive([UPath(archive)], UPath(folder / "killed"), partial(_dying, folder / "marker"))
    session.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
