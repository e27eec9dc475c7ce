"""What reading gives and costs: agreement, coverage, speed beside the bare parser and peers, memory."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table
from selectolax.lexbor import LexborHTMLParser

from benchmarks.corpora import ROOT, SHARED, real_filings
from benchmarks.reading_coverage import Coverage
from pipeline.edgar.items import header_item
from pipeline.edgar.submission import SubmittedDocument, parse_submission
from pipeline.reading.filing import is_read, read_filing

_ROUNDS = 5
_CYCLED = 10_000
_PEERS = ROOT / "benchmarks/peers"
_PEERS_PYTHON = _PEERS / ".venv/bin/python"


def report(console: Console) -> None:
    """Print the figures over the real filings beside the repository, and those of a filing of 50 MB."""
    table = Table("", "", title="Reading", show_header=False)
    paths = real_filings()
    if paths:
        for line in _agreement():
            table.add_row(*line)
        contents = [path.read_bytes() for path in paths]
        for measured in (_texts, _speed, _peers, _memory):
            for line in measured(contents):
                table.add_row(*line)
    for line in _large():
        table.add_row(*line)
    console.print(table)


def _agreement() -> Iterator[tuple[str, str]]:
    agreed, others = 0, []
    for line in (SHARED / "filings/MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        file, *_, items, _ = line.split("\t")
        named = {header_item(item.strip()) for item in items.split("," if items[0].isdigit() else "|")}
        found = set(read_filing((SHARED / "filings" / file).read_bytes()).body_items)
        agreed += found == named
        if found != named:
            others.append(file)
    yield "filings whose items are the manifest's", f"{agreed} of {agreed + len(others)}"
    yield from (("  not", file) for file in others)


def _texts(contents: Sequence[bytes]) -> Iterator[tuple[str, str]]:
    coverage = Coverage()
    bare = 0
    for data in contents:
        reading = read_filing(data)
        coverage.add(data, reading)
        bare += sum(section.item is not None and len(section.blocks) < 2 for section in reading.sections)
    share = coverage.left_out / coverage.visible
    yield "letters and digits of the main documents", f"{coverage.visible:,}"
    yield "  in no part (page numbers, running heads, links)", f"{coverage.left_out:,} ({share:.2%})"
    yield "  in two parts", f"{coverage.doubled:,}"
    yield "items with a heading and nothing else", str(bare)


def _speed(contents: Sequence[bytes]) -> Iterator[tuple[str, str]]:
    reading = [_best(lambda data=data: read_filing(data)) for data in contents]  # type: ignore[misc]
    sources = [
        document.content
        for data in contents
        for document in parse_submission(data).documents
        if document.is_html and _is_compared(document)
    ]
    parsing = sum(_best(lambda source=source: LexborHTMLParser(source)) for source in sources)  # type: ignore[misc]
    mean = statistics.mean(reading)
    yield "ms a filing, bytes to items and tables: mean", f"{mean:.2f}"
    yield "  median", f"{statistics.median(reading):.2f}"
    yield "  bare parse of its HTML documents: mean", f"{parsing / len(contents):.2f}"
    yield "  ratio", f"{mean * len(contents) / parsing:.1f}"


def _best(task: Callable[[], object]) -> float:
    """Milliseconds, the least of some rounds."""
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        task()
        times.append(time.perf_counter() - begun)
    return 1000 * min(times)


def _memory(contents: Sequence[bytes]) -> Iterator[tuple[str, str]]:
    for number, data in enumerate(islice(cycle(contents), _CYCLED), 1):
        read_filing(data)
        if number in (_CYCLED // 10, _CYCLED):
            yield f"MB of memory after {number:,} filings", f"{_resident():.0f}"


def _resident() -> float:
    """MB that the process holds now; its peak where the system does not say."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text().split()[1]) * 4096 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _large() -> Iterator[tuple[str, str]]:
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading_large"], cwd=ROOT, check=True, capture_output=True
    )
    figures = json.loads(answer.stdout)
    yield f"s for a filing of {figures['megabytes']:.0f} MB", f"{figures['seconds']:.1f}"
    yield "  peak of memory, MB", f"{figures['peak_megabytes']:.0f}"


def _peers(contents: Sequence[bytes]) -> Iterator[tuple[str, str]]:
    if not _PEERS_PYTHON.is_file():
        yield "other readers", "not measured: there is no benchmarks/peers/.venv (docs/reading.md says more)"
        return
    filings = [
        [(each.is_html, each.content) for each in parse_submission(data).documents if _is_compared(each)]
        for data in contents
    ]
    answer = subprocess.run(
        [str(_PEERS_PYTHON), str(_PEERS / "measure.py")],
        input=json.dumps(filings).encode(),
        check=True,
        capture_output=True,
    )
    for name, figures in json.loads(answer.stdout).items():
        yield f"ms a filing, {name}: mean", f"{figures['milliseconds']:.1f}"
        yield "  documents that it failed on", str(figures["failed"])


def _is_compared(document: SubmittedDocument) -> bool:
    """The form, and the exhibits that the reading reads."""
    return bool(document.content) and (document.type.upper().startswith("8-K") or is_read(document))
