"""The commands of the page on workers: a scheduler, workers that find it, and `doctor`, which counts them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from tests.dask_cluster import free_port
from tests.docs.test_commands import DASK

SHOWN_ADDRESS = ("10.0.0.5", "8786")
_LONGEST_SECONDS = 180.0


@contextmanager
def _as_shown(command: tuple[str, ...], port: int, folder: Path) -> Iterator[Path]:
    """The command runs, its place on loopback; yields where it says what it does."""
    host, shown_port = SHOWN_ADDRESS
    words = [word.replace(host, "127.0.0.1").replace(shown_port, str(port)) for word in command[1:]]
    log = folder / f"{words[0]}.log"
    with log.open("wb") as writing:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            cwd=folder, env=dict(os.environ), stdout=writing, stderr=writing,
        )  # fmt: skip
    try:
        yield log
    finally:
        process.terminate()  # which ends the workers that it started
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_scheduler_and_workers_start_as_the_page_says(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler, workers = [shown.command for shown in DASK]
    assert (scheduler[1], workers[1]) == ("scheduler", "worker")
    assert workers[workers.index("--nthreads") + 1] == "1"
    number, port = int(workers[workers.index("--nworkers") + 1]), free_port()
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EXIT_CHARGES_DAGSTER_STORAGE", postgres_url)
    monkeypatch.setenv("EXIT_CHARGES_DASK", f"tcp://127.0.0.1:{port}")
    give_up = time.monotonic() + _LONGEST_SECONDS
    with _as_shown(scheduler, port, tmp_path) as one, _as_shown(workers, port, tmp_path) as other:
        while True:
            told = CliRunner().invoke(main, ["doctor"])
            if f"workers: {number}" in told.output:
                break
            assert time.monotonic() < give_up, told.output + one.read_text() + other.read_text()
            time.sleep(0.5)
    assert told.exit_code == 0, told.output
