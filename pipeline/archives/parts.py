"""A part of an archive: its files read into one file of the output, put into place whole.

The file's name is the part's id, so that its being there is the record that the part was done.
"""

from collections.abc import Iterator
from functools import partial
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
from upath import UPath

from pipeline.archives.record_batches import read_batch
from pipeline.archives.sources import Part
from pipeline.archives.submissions import submission_batches
from pipeline.errors import ConfigurationError, StorageError
from pipeline.files import write_atomically
from pipeline.reader_version import reader_version
from pipeline.settings import place
from pipeline.tables.readings import READINGS

PARTS = pa.schema([("part", pa.string()), ("paths", pa.list_(pa.string()))])
"""What is to be done: a part a row."""
DONE = pa.schema([("part", pa.string())])


def output_path(output: UPath, part_id: str) -> UPath:
    return output / f"part-{part_id}.parquet"


def to_batch(part: Part) -> pa.RecordBatch:
    """The part as a batch of one row, in the schema `PARTS`."""
    row = {"part": part.id, "paths": [file.path for file in part.files]}
    return pa.RecordBatch.from_pylist([row], schema=PARTS)


def read_parts(output: str, version: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Read parts and put each into place; as engines call it, anywhere and as often as they like.

    Args:
        output: folder or URL of the output.
        version: the reader version by which the parts are named.
        batches: in the schema `PARTS`.

    Yields:
        The parts that are done, in the schema `DONE`.

    Raises:
        ConfigurationError: the code here is of another version.
        StorageError: a file cannot be read although it is there, or the output cannot be written.
    """
    if version != reader_version():
        raise ConfigurationError(
            f"A worker has reader version {reader_version()}, and the job {version}; install the same "
            "version of exit-charges everywhere."
        )
    target = place(output, "The output")
    for batch in batches:
        for row in batch.to_pylist():
            path = output_path(target, row["part"])
            if not path.exists():  # an engine may ask twice, when it lost a worker
                try:
                    read = _read(row["paths"])
                except OSError as problem:
                    raise StorageError(
                        f"Of the {len(row['paths'])} files from {row['paths'][0]} on, one cannot be read "
                        f"although it is there ({problem}); see to it, and run it again."
                    ) from problem
                write_atomically(path, read)
            yield pa.RecordBatch.from_pylist([{"part": row["part"]}], schema=DONE)


def reader_into(output: UPath) -> "partial[Iterator[pa.RecordBatch]]":
    """`read_parts` into that output, as one function of batches."""
    return partial(read_parts, str(output), reader_version())


def _read(paths: list[str]) -> bytes:
    file = BytesIO()
    with pq.ParquetWriter(file, READINGS, compression="zstd") as writer:
        for submissions in submission_batches(paths):
            writer.write_batch(read_batch(submissions))
    return file.getvalue()
