"""The submissions in the files of an archive, as record batches to be read.

Source: EDGAR's page on accessing its data describes the daily archives: `Feed/` has tar files, gzipped, of a
day's submissions (`20061207.nc.tar.gz`), `Oldloads/` has them one behind the other in a gzip file
(`20061207.gz`).
"""

import gzip
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from typing import IO, Any, cast

import pyarrow as pa

from pipeline.archives.record_batches import is_passed_over
from pipeline.edgar.submission import MOST_BYTES, submitted_form
from pipeline.settings import place
from pipeline.tables.readings import SUBMISSIONS

Row = dict[str, Any]

_BATCH_ROWS = 200
_BATCH_BYTES = 32_000_000
_HEAD_BYTES = 65_536
"""Of a submission of another form no more is read: its header says so."""
_DAMAGED = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile)
_FIRST_TAG = b"<SUBMISSION>"
_TOO_LARGE = f"It has more than {MOST_BYTES:,} bytes, which no Form 8-K has."


def submission_batches(paths: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The submissions in files, in the schema `SUBMISSIONS`, some at a time.

    A file that is missing, not permitted or damaged is a row with the problem; of a damaged one, what lies
    before the damage is given. Of a submission of another form than 8-K only the beginning is.

    Args:
        paths: files on disk, or URLs of object storage.

    Raises:
        OSError: a file cannot be read although it is there; trying again may help.
    """
    rows: list[Row] = []
    size = 0
    for path in paths:
        for row in _submissions(path):
            rows.append(row)
            size += len(row.get("content") or b"")
            if len(rows) == _BATCH_ROWS or size > _BATCH_BYTES:
                yield _to_batch(rows)
                rows, size = [], 0
    if rows:
        yield _to_batch(rows)


def _to_batch(rows: list[Row]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=SUBMISSIONS)


def _submissions(path: str) -> Iterator[Row]:
    name = path.lower()
    try:
        with place(path, "The file").open("rb") as file:
            if name.endswith(".tar"):
                yield from _of_tar(path, file)
            elif name.endswith((".gz", ".tgz")):
                with gzip.open(file) as unpacked:  # which, unlike tarfile, notices an end that is missing
                    is_tar = name.endswith((".tar.gz", ".tgz"))
                    read = _of_tar if is_tar else _one_behind_the_other
                    yield from read(path, cast(IO[bytes], unpacked))
                    while unpacked.read(_HEAD_BYTES):
                        pass  # up to the checksum
            else:
                yield _row(path, file)
    except _DAMAGED as damage:
        yield _lost(path, f"The archive is damaged from here on ({damage}); fetch it again.")
    except FileNotFoundError:
        yield _lost(path, "The file was listed and is gone.")
    except PermissionError:
        yield _lost(path, "This user may not read the file.")


def _lost(source: str, problem: str) -> Row:
    return {"source": source, "content": None, "problem": problem}


def _row(source: str, file: IO[bytes]) -> Row:
    head = file.read(_HEAD_BYTES)
    if is_passed_over(submitted_form(head)):
        return {"source": source, "content": head}
    content = head + file.read(MOST_BYTES)
    if len(content) > MOST_BYTES:
        return _lost(source, _TOO_LARGE)
    return {"source": source, "content": content}


def _of_tar(path: str, file: IO[bytes]) -> Iterator[Row]:
    with tarfile.open(fileobj=file, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                row = _row(f"{path}/{member.name}", content)
                if content.read(1) == b"" and content.tell() < member.size:
                    raise tarfile.ReadError(f"{member.name} is cut off")
                yield row


def _one_behind_the_other(path: str, file: IO[bytes]) -> Iterator[Row]:
    """Submissions of a gzip file, parted by their own tags and named by their order."""
    lines: list[bytes] = []
    size = ordinal = 0
    for line in chain(file, [_FIRST_TAG]):
        if line.startswith(_FIRST_TAG) and any(each.strip() for each in lines):
            ordinal += 1
            yield _joined(f"{path}/{ordinal}", lines, size)
            lines, size = [], 0
        size += len(line)
        if size <= MOST_BYTES:
            lines.append(line)


def _joined(source: str, lines: list[bytes], size: int) -> Row:
    if size > MOST_BYTES:
        return _lost(source, _TOO_LARGE)
    return _row(source, BytesIO(b"".join(lines)))
