"""How reading an archive grows with filings and tasks, in processes and on Spark, and whether it agrees.

    python -m benchmarks.archives                 the whole table; some 20 minutes on two processors
    python -m benchmarks.archives --filings 400   a quick one, of the same shape

The archive is made of the sample submissions, again and again under numbers of their own. Spark runs as
`local-cluster`: executors are processes of their own, each with Python workers of its own. The seconds are
those of the whole command; what it costs to start is measured on a single filing.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from benchmarks.corpora import ROOT, SAMPLES, real_filings
from pipeline.archives.record_batches import read_batch
from pipeline.tables.readings import SUBMISSIONS
from tests.archives.comparison import as_extract_says, comparable
from tests.archives.spark_home import spark_environment

_ACCESSION = re.compile(rb"\d{10}-\d{2}-\d{6}")
_FOLDERS = 20
_OTHER_FORMS = 2000
_OTHER_FORM_BYTES = 300_000
_CLI = [sys.executable, "-m", "pipeline.cli"]


@dataclass(frozen=True)
class Run:
    """One command and what it took; `tasks` is how many filings are read at the same time."""

    engine: str
    tasks: int
    filings: int
    seconds: float
    peak_megabytes: float


def write_archive(root: Path, filings: int) -> list[Path]:
    """So many submissions below `root`; the first n are those of an archive of n. Returns its folders."""
    samples = [path.read_bytes() for path in sorted(SAMPLES.glob("*/*.txt"))]
    folders: list[Path] = []
    per_folder = max(1, filings // _FOLDERS)
    for number in range(filings):
        folder = root / f"{number // per_folder:04d}"
        if number % per_folder == 0:
            folder.mkdir(parents=True)
            folders.append(folder)
        accession = f"{number % 5000 + 1:010d}-20-{number:06d}"
        data = _ACCESSION.sub(accession.encode(), samples[number % len(samples)])
        (folder / f"{accession}.txt").write_bytes(data)
    return folders


def _cluster(tasks: int) -> str:
    executors = min(tasks, 2)
    return f"local-cluster[{executors},{tasks // executors},2048]"


def _read(engine: str, tasks: int, places: list[Path], output: Path, kill: bool = False) -> Run:
    options = ["--processes", str(tasks)] if engine == "processes" else ["--cluster", _cluster(tasks)]
    spark_home = output.with_suffix(".spark")
    environment = spark_environment(spark_home)
    command = [*_CLI, "read-archive", *map(str, places), "--to", str(output), "--engine", engine, *options]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with _watched(process.pid) as peak:
        if kill:
            _kill_an_executor(process.pid, output)
        _, errors = process.communicate()
    if process.returncode:
        raise SystemExit(errors.decode())
    seconds = time.perf_counter() - begun
    shutil.rmtree(spark_home)
    count = sum(sum(1 for _ in place.iterdir()) if place.is_dir() else 1 for place in places)
    return Run(engine, tasks, count, seconds, max(peak))


@contextmanager
def _watched(process: int) -> Iterator[list[float]]:
    """MB that the process and all below it hold, looked at every half second."""
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            peak.append(sum(_resident_megabytes(each) for each in _family(process)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _family(process: int) -> list[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            children.setdefault(int(entry.read_text().rpartition(")")[2].split()[1]), []).append(
                int(entry.parent.name)
            )
    family = [process]
    for each in family:
        family += children.get(each, [])
    return family


def _resident_megabytes(process: int) -> float:
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096 / 1e6
    return 0.0


def _kill_an_executor(process: int, output: Path) -> None:
    """Kill one that has work, when the first part is there."""
    while not list(output.glob("part-*.parquet")):
        time.sleep(0.2)
    for child in _family(process):
        with suppress(OSError):
            if b"CoarseGrainedExecutorBackend" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(child, signal.SIGKILL)
                return
    raise SystemExit("There was no executor to kill.")


def _agreement(folders: list[Path], output: Path) -> tuple[int, float]:
    """How many filings' rows are those of `extract` over the same folders, and what that one took."""
    read = {
        row["source"]: as_extract_says(row)
        for path in output.glob("*.parquet")
        for row in pq.read_table(path).to_pylist()
    }
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*_CLI, "extract", *map(str, folders), "--format", "jsonl"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout
    agreed = 0
    for line in process.stdout:
        record = json.loads(line)
        reading = read.pop(record["source"])
        if json.loads(json.dumps(reading)) != comparable(record):
            print(f"not the same: {record['source']}")
        else:
            agreed += 1
    process.wait()
    if read:
        print(f"{len(read):,} readings are of nothing that extract read")
    return agreed, time.perf_counter() - begun


def _write_feed(path: Path) -> float:
    """A day's archive of other forms, their text that of the samples. Returns its size unpacked, in MB."""
    text = b"".join(path.read_bytes() for path in sorted(SAMPLES.glob("*/*.txt")))
    size = 0
    with tarfile.open(path, "w:gz", compresslevel=6) as archive:
        for number in range(_OTHER_FORMS):
            head = f"<SUBMISSION>\n<ACCESSION-NUMBER>0000000001-20-{number:06d}\n<TYPE>10-K\n<DOCUMENT>\n"
            begin = number * 7919 % len(text)
            body = (text[begin:] + text)[:_OTHER_FORM_BYTES]
            data = head.encode() + b"<TYPE>10-K\n<TEXT>\n" + body
            member = tarfile.TarInfo(f"0000000001-20-{number:06d}.nc")
            member.size = len(data)
            size += len(data)
            archive.addfile(member, BytesIO(data))
    return size / 1e6


def _real_filings() -> str:
    """What a filing that EDGAR really has takes in one process, header to rows."""
    paths = real_filings()
    rows = [{"source": str(path), "content": path.read_bytes()} for path in paths]
    submissions = pa.RecordBatch.from_pylist(rows, schema=SUBMISSIONS)
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        read_batch(submissions)
        times.append(time.perf_counter() - begun)
    megabytes = sum(len(row["content"]) for row in rows) / 1e6
    return (
        f"{len(paths)} real 8-Ks of {1000 * megabytes / len(paths):.0f} kB: "
        f"{1000 * min(times) / len(paths):.1f} ms each, {megabytes / min(times):.1f} MB/s"
    )


def main(filings: int) -> None:
    console = Console()
    table = Table("engine", "tasks", "filings", "seconds", "start", "filings/s", "a task", "peak MB")
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        folders = write_archive(root / "archive", filings)
        quarter, half = folders[: max(1, len(folders) // 4)], folders[: max(1, len(folders) // 2)]
        one = next(folders[0].iterdir())
        runs: list[Run] = []
        for engine in ("processes", "spark"):
            start = {
                tasks: _read(engine, tasks, [one], root / f"{engine}-{tasks}-start").seconds
                for tasks in (1, 2, 4)
            }
            for tasks, places in ((1, quarter), (2, quarter), (4, quarter), (2, half), (2, folders)):
                output = root / f"{engine}-{tasks}-{len(places)}"
                run = _read(engine, tasks, places, output)
                runs.append(run)
                rate = run.filings / (run.seconds - start[tasks])
                table.add_row(
                    engine,
                    str(tasks),
                    f"{run.filings:,}",
                    f"{run.seconds:.1f}",
                    f"{start[tasks]:.1f}",
                    f"{rate:.0f}",
                    f"{rate / tasks:.0f}",
                    f"{run.peak_megabytes:.0f}",
                )
        console.print(table)
        whole = root / f"processes-2-{len(folders)}"
        expected = {path.name: path.read_bytes() for path in whole.iterdir()}
        same = _content(root / f"spark-2-{len(folders)}") == expected
        print(f"Spark's files are those of the processes: {same}")
        killed = _read("spark", 2, folders, root / "killed", kill=True)
        print(f"With an executor killed: {killed.seconds:.1f} s, same files: ", end="")
        print(_content(root / "killed") == expected)
        size = sum(map(len, expected.values())) / 1e6
        received = sum(path.stat().st_size for folder in folders for path in folder.iterdir()) / 1e6
        print(f"{received:,.0f} MB received, {size:,.1f} MB of readings")
        agreed, seconds = _agreement(folders, whole)
        print(f"{agreed:,} of {filings:,} filings have the rows of extract, which took {seconds:.1f} s")
        feed = root / "20200102.nc.tar.gz"
        megabytes = _write_feed(feed)
        idle = _read("processes", 1, [one], root / "again-start").seconds
        seconds = _read("processes", 1, [feed], root / "feed").seconds - idle
        print(
            f"Other forms in a day's archive: {megabytes / seconds:.0f} MB/s unpacked, "
            f"{feed.stat().st_size / 1e6 / seconds:.0f} MB/s packed in one process"
        )
    if real_filings():
        print(_real_filings())


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--filings", type=int, default=20_000)
    main(parser.parse_args().filings)
