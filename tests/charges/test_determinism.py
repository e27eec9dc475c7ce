"""The same filing gives the same rows, whatever was read before it and whatever process reads it."""

import hashlib
import os
import subprocess
import sys

from benchmarks.corpora import labelled_batches
from pipeline.charges.filing_rows import Held, read_figures, read_sections

PATHS = [path for path, _ in labelled_batches()["batch10"]]
READ = (
    "import sys; from tests.charges.test_determinism import digest; "
    "print(digest(reverse=sys.argv[1] == 'reversed'))"
)


def digest(*, reverse: bool) -> str:
    """A hash of all figure rows of a batch, read in either order and told in one."""
    read = {}
    for path in reversed(PATHS) if reverse else PATHS:
        rows = read_sections(path.read_bytes(), Held(path.name))
        read[path.name] = read_figures(rows.filing, rows.sections)[1]
    return hashlib.sha256(repr([read[path.name] for path in PATHS]).encode()).hexdigest()


def test_rows_depend_on_neither_order_nor_process() -> None:
    processes = [
        subprocess.run(
            [sys.executable, "-c", READ, order],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for order, seed in (("reversed", "1"), ("as named", "2"))
    ]
    assert {*processes, digest(reverse=False)} == {processes[0]}
