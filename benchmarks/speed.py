"""How long reading takes: bytes to sections, and sections to figures; one process, one core."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.corpora import SAMPLES, real_filings
from pipeline.charges.filing_rows import Held, read_figures, read_sections
from pipeline.edgar.items import EXIT_ITEM

_ROUNDS = 3


def report(console: Console) -> None:
    """Print milliseconds a filing over the corpora at hand; the best of three rounds for each file."""
    table = Table(
        "corpus",
        "filings",
        "reading: mean",
        "median",
        "figures of an Item 2.05: mean",
        "median",
        title="Speed (ms)",
    )
    for name, paths in {"samples": sorted(SAMPLES.glob("*/*.txt")), "real 8-Ks": real_filings()}.items():
        if paths:
            table.add_row(name, str(len(paths)), *_milliseconds(paths))
    console.print(table)


def _milliseconds(paths: Sequence[Path]) -> list[str]:
    reading, figures = [], []
    for path in paths:
        data, held = path.read_bytes(), Held(path.name)
        read_times, figure_times = [], []
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            rows = read_sections(data, held)
            middle = time.perf_counter()
            read_figures(rows.filing, rows.sections)
            read_times.append(middle - start)
            figure_times.append(time.perf_counter() - middle)
        reading.append(min(read_times))
        if any(section.item == EXIT_ITEM for section in rows.sections):
            figures.append(min(figure_times))
    columns = (
        statistics.mean(reading),
        statistics.median(reading),
        statistics.mean(figures),
        statistics.median(figures),
    )
    return [f"{1000 * value:.2f}" for value in columns]
