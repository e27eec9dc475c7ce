"""The filings that are measured: the samples of this repository and, where present, others beside it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples/Archives/edgar/data"
SAMPLE_LABELS = ROOT / "tests/accuracy/samples"
SHARED = ROOT / "../shared"
FIRST_RUNS = ROOT / "tests/accuracy/first_runs.json"
"""What was found in each batch when it was read for the first time, in the order of reading."""

Labelled = tuple[Path, dict[str, Any]]
"""A file and its label."""


def labelled_samples() -> Iterator[Labelled]:
    """The composed filings of the sample archive and their labels."""
    for label in sorted(SAMPLE_LABELS.glob("*.json")):
        yield next(iter(sorted(SAMPLES.glob(f"*/{label.stem}.txt")))), json.loads(label.read_text())


def labelled_batches() -> dict[str, list[Labelled]]:
    """Batches of texts worded after real filings: the batch's name to its files and labels."""
    return {
        folder.name: [
            (text_of(label), json.loads(label.read_text())) for label in sorted(folder.glob("*.json"))
        ]
        for folder in sorted((ROOT / "tests/accuracy").glob("batch*"), key=lambda path: int(path.name[5:]))
    }


def text_of(label: Path) -> Path:
    """The labelled file beside its label."""
    html = label.with_suffix(".html")
    return html if html.exists() else label.with_suffix(".txt")


def labelled_texts() -> Iterator[Labelled]:
    """Labelled texts kept beside the repository; none where there are none."""
    for label in sorted((SHARED / "gold/dev").glob("*.json")):
        yield label.with_suffix(".txt"), json.loads(label.read_text())


def real_filings() -> list[Path]:
    """Real 8-Ks kept beside the repository; none where there are none."""
    return sorted((SHARED / "filings/8-K").glob("*"))
