"""How long runs take, with the start of their process."""

import os
import subprocess
import sys
import tempfile
import time

from rich.console import Console
from rich.table import Table

MONTH = "2008-10"


def report(console: Console) -> None:
    """Print the seconds of a sample month and of all of them, the first time and again with nothing new."""
    table = Table("materialize", "first run (s)", "again (s)", title="Runs")
    for name, months in {f"the month {MONTH}": ("--from", MONTH), "all sample months": ()}.items():
        with tempfile.TemporaryDirectory() as home:
            table.add_row(name, *(f"{_seconds(home, *months):.1f}" for _ in range(2)))
    console.print(table)


def _seconds(home: str, *months: str) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "materialize", "--source", "sample", *months],
        env={**os.environ, "EXIT_CHARGES_HOME": home},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - start
