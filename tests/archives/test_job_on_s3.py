"""An archive in a bucket, read into a bucket: the rows of one on disk, and nothing read twice."""

import io
from pathlib import Path

import pyarrow.parquet as pq
from upath import UPath

from pipeline.archives.engines import processes
from pipeline.archives.job import read_archive
from tests.archives.test_job import SAMPLES
from tests.archives.test_submissions import tagged, write_tar


def _rows(output: UPath) -> list[dict[str, object]]:
    rows = []
    for path in output.iterdir():
        if path.suffix == ".parquet":
            rows += pq.read_table(io.BytesIO(path.read_bytes())).to_pylist()
    return sorted(rows, key=lambda row: str(row["source"]))


def test_a_bucket_gives_the_rows_of_a_folder(s3_home: UPath, tmp_path: Path) -> None:
    folder, bucket = tmp_path / "archive", s3_home / "archive"
    folder.mkdir()
    write_tar(folder / "20240102.nc.tar.gz", {"1.nc": tagged(1), "2.nc": tagged(2, "10-K")})
    for path in sorted(SAMPLES.glob("*/*.txt"))[:8]:
        (folder / path.name).write_bytes(path.read_bytes())
    for path in folder.iterdir():
        (bucket / path.name).write_bytes(path.read_bytes())
    local, remote = UPath(tmp_path / "readings"), s3_home / "readings"
    expected = read_archive([UPath(folder)], local, processes(1))
    report = read_archive([bucket], remote, processes(2))
    assert (report.outcomes, report.charges) == (expected.outcomes, expected.charges)

    def anywhere(rows: list[dict[str, object]]) -> str:
        return str(rows).replace(str(bucket), "ARCHIVE").replace(str(folder), "ARCHIVE")

    assert anywhere(_rows(remote)) == anywhere(_rows(local))
    assert read_archive([bucket], remote, processes(1)).parts_read == 0
    (bucket / "20240102.nc.tar.gz").write_bytes(b"cut off")
    again = read_archive([bucket], remote, processes(1))
    assert (again.parts_read, again.outcomes["failed"]) == (1, 1)
