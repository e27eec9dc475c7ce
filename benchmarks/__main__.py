"""How fast it is on this machine: `make bench`, or `python -m benchmarks [FOLDER...]` with filings of your own."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.console.file_record import record_of
from pipeline.console.input_files import find_files

ROOT = Path(__file__).parents[1]
MONTH = "2008-10"


def main(folders: list[Path]) -> None:
    """Print what reading files takes, and what runs take with the start of their process."""
    _reading(folders or [ROOT / "samples" / "Archives" / "edgar" / "data"])
    with tempfile.TemporaryDirectory() as home:
        _timed(f"{MONTH}, first run", home, "--from", MONTH)
        _timed(f"{MONTH} again, nothing new", home, "--from", MONTH)
    with tempfile.TemporaryDirectory() as home:
        _timed("all sample months, first run", home)
        _timed("all sample months again", home)


def _reading(folders: list[Path]) -> None:
    files = [found for found in find_files(folders) if isinstance(found, Path)]
    size = sum(file.stat().st_size for file in files)
    seconds = []
    for file in files:
        start = time.perf_counter()
        record_of(file)
        seconds.append((time.perf_counter() - start, file))
    total = sum(taken for taken, _ in seconds)
    slowest, which = max(seconds)
    print(
        f"reading {len(files):,} files, {size / 1e6:.1f} MB: {total:.1f} s, {len(files) / total:.0f} files/s; "
        f"slowest {slowest * 1000:.0f} ms ({which.name})"
    )


def _timed(what: str, home: str, *months: str) -> None:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "materialize", "--source", "sample", *months],
        env={**os.environ, "EXIT_CHARGES_HOME": home},
        check=True,
        capture_output=True,
    )
    print(f"materialize {what}: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
