"""Reading an archive: each part once, whatever is killed; what has changed again."""

import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from upath import UPath

from pipeline.archives import parts, sources
from pipeline.archives.engines import Engine, Task, dask, processes
from pipeline.archives.job import read_archive
from pipeline.errors import ConfigurationError, ExitChargesError, StorageError
from pipeline.files import write_atomically
from tests.archives.comparison import as_extract_says, what_extract_says
from tests.archives.dying import dies_once
from tests.archives.test_submissions import tagged, write_tar
from tests.dask_cluster import running_cluster

SAMPLES = Path(__file__).parents[2] / "samples/Archives/edgar/data"


def here(task: Task, batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """An engine in this process."""
    return task(iter(batches))


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_MOST_FILES", 6)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Fourteen sample submissions, and a day's archive of three more, one of them of another form."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for path in sorted(SAMPLES.glob("*/*.txt"))[:15]:
        shutil.copy(path, folder)
    members = {"1.nc": tagged(1), "2.nc": tagged(2, "10-K"), "3.nc": tagged(3)}
    write_tar(folder / "20240102.nc.tar.gz", members)
    return folder


def content(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in output.glob("*.parquet")}


def rows(output: Path) -> list[dict[str, Any]]:
    read = [row for path in output.glob("*.parquet") for row in pq.read_table(path).to_pylist()]
    return sorted(read, key=lambda row: str(row["source"]))


def dying(engine: Engine, marker: Path, ancestors: int = 0) -> Engine:
    def run(task: Task, batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        return engine(partial(dies_once, str(marker), ancestors, task), batches, schema)

    return run


def test_the_rows_are_those_of_extract(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "readings"
    report = read_archive([UPath(archive)], UPath(output), here)
    assert (report.files, report.parts, report.parts_read, report.submissions) == (15, 4, 4, 17)
    assert dict(report.outcomes) == {"read": 16, "passed_over": 1}
    of_files = [row for row in rows(output) if str(row["source"]).endswith(".txt")]
    assert [as_extract_says(row) for row in of_files] == [
        what_extract_says(path) for path in sorted(archive.glob("*.txt"))
    ]
    assert report.charges == sum(len(row["charges"] or ()) for row in rows(output))


def test_a_place_and_an_output_may_be_given_by_detours(archive: Path, tmp_path: Path) -> None:
    read_archive([UPath(archive)], UPath(tmp_path / "readings"), here)
    again = read_archive([UPath(archive / ".." / "archive")], UPath(archive / ".." / "readings"), here)
    assert again.parts_read == 0
    with pytest.raises(ConfigurationError, match="lies in"):
        read_archive([UPath(archive)], UPath(tmp_path / "readings" / ".." / "archive" / "x"), here)


def test_again_nothing_is_read(archive: Path, tmp_path: Path) -> None:
    output = UPath(tmp_path / "readings")
    first = read_archive([UPath(archive)], output, here)
    seen: list[tuple[int, int]] = []

    def engine(*_: object) -> Iterator[pa.RecordBatch]:
        raise AssertionError("nothing is to be read")

    again = read_archive([UPath(archive)], output, engine, lambda done, of: seen.append((done, of)))
    assert (again.parts_read, again.outcomes) == (0, first.outcomes)
    assert seen == [(4, 4)]


def test_what_changed_is_read_again_and_what_it_replaces_goes(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "readings"
    read_archive([UPath(archive)], UPath(output), here)
    before = content(output)
    first, second, *_ = sorted(archive.glob("*.txt"))
    first.write_bytes(second.read_bytes() + b"\n")
    report = read_archive([UPath(archive)], UPath(output), here)
    assert report.parts_read == 1
    assert len(content(output)) == 4
    assert len(content(output).keys() - before.keys()) == 1


def test_processes_give_the_same_bytes_and_survive_a_kill(archive: Path, tmp_path: Path) -> None:
    expected, output, marker = tmp_path / "expected", tmp_path / "readings", tmp_path / "marker"
    read_archive([UPath(archive)], UPath(expected), here)
    with pytest.raises(ExitChargesError, match=r"ended from outside.*run it again"):
        read_archive([UPath(archive)], UPath(output), dying(processes(2), marker))
    assert marker.exists()
    assert read_archive([UPath(archive)], UPath(output), processes(2)).parts == 4
    assert content(output) == content(expected)


def test_dask_gives_the_same_bytes_and_loses_nothing_with_a_worker(archive: Path, tmp_path: Path) -> None:
    expected, output, marker = tmp_path / "expected", tmp_path / "readings", tmp_path / "marker"
    read_archive([UPath(archive)], UPath(expected), here)
    with running_cluster(tmp_path, 2, {}) as cluster:
        read_archive([UPath(archive)], UPath(output), dying(dask(cluster.address), marker))
    assert marker.exists()
    assert content(output) == content(expected)


def test_a_failing_output_ends_it_and_the_next_time_goes_on(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = UPath(tmp_path / "readings")
    real = write_atomically
    written: list[UPath] = []

    def full_after_two(path: UPath, data: bytes) -> bool:
        if len(written) == 2:
            raise StorageError("No space left")
        written.append(path)
        return real(path, data)

    monkeypatch.setattr(parts, "write_atomically", full_after_two)
    with pytest.raises(StorageError):
        read_archive([UPath(archive)], output, here)
    monkeypatch.setattr(parts, "write_atomically", real)
    assert read_archive([UPath(archive)], output, here).parts_read == 2


def test_a_file_that_cannot_be_read_although_it_is_there_is_an_error_and_no_row(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("upath.implementations.local.PosixUPath.open", breaks_off)
    with pytest.raises(StorageError, match=r"although it is there.*Input/output error"):
        read_archive([UPath(archive)], UPath(tmp_path / "readings"), here)
    monkeypatch.undo()
    assert read_archive([UPath(archive)], UPath(tmp_path / "readings"), here).outcomes["failed"] == 0


def test_what_a_killed_write_left_is_removed(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "readings"
    output.mkdir()
    (output / ".beside-part-0123456789abcdef.parquet-x").write_bytes(b"half")
    read_archive([UPath(archive)], UPath(output), here)
    assert not list(output.glob(".beside*"))


def test_a_worker_with_other_code_is_refused(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(
        task: Task, batches: Sequence[pa.RecordBatch], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        monkeypatch.setattr(parts, "reader_version", lambda: "another")
        return task(iter(batches))

    with pytest.raises(ConfigurationError, match="same version"):
        read_archive([UPath(archive)], UPath(tmp_path / "readings"), elsewhere)


def test_an_output_that_cannot_be_meant_is_refused(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="lies in"):
        read_archive([UPath(archive)], UPath(archive / "readings"), here)
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="is a file"):
        read_archive([UPath(archive)], UPath(tmp_path / "file"), here)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.csv").touch()
    with pytest.raises(ConfigurationError, match=r"mine\.csv"):
        read_archive([UPath(archive)], UPath(tmp_path / "other"), here)
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.htm").touch()
    with pytest.raises(ConfigurationError, match="None of the 1 files"):
        read_archive([UPath(documents)], UPath(tmp_path / "readings"), here)


def test_workers_that_write_elsewhere_are_noticed(archive: Path, tmp_path: Path) -> None:
    def lost(task: Task, batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.RecordBatch.from_pylist([{"part": batch["part"][0].as_py()}], schema=schema)

    with pytest.raises(StorageError, match="same place"):
        read_archive([UPath(archive)], UPath(tmp_path / "readings"), lost)
