"""The filings that are measured: the samples of this repository and, where present, others beside it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples/Archives/edgar/data"
SAMPLE_LABELS = ROOT / "tests/accuracy/samples"
SHARED = ROOT / "../shared"


def labelled_samples() -> Iterator[tuple[Path, dict[str, Any]]]:
    """The composed filings of the sample archive and their labels."""
    for label in sorted(SAMPLE_LABELS.glob("*.json")):
        yield next(iter(sorted(SAMPLES.glob(f"*/{label.stem}.txt")))), json.loads(label.read_text())


def labelled_batches() -> dict[str, list[tuple[Path, dict[str, Any]]]]:
    """Batches of texts worded after real filings: the batch's name to its files and labels."""
    return {
        folder.name: [
            (text_of(label), json.loads(label.read_text())) for label in sorted(folder.glob("*.json"))
        ]
        for folder in sorted((ROOT / "tests/accuracy").glob("batch*"))
    }


def text_of(label: Path) -> Path:
    """The labelled file beside its label."""
    html = label.with_suffix(".html")
    return html if html.exists() else label.with_suffix(".txt")


def labelled_texts() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Labelled texts kept beside the repository; none where there are none."""
    for label in sorted((SHARED / "gold/dev").glob("*.json")):
        yield label.with_suffix(".txt"), json.loads(label.read_text())


def real_filings() -> list[Path]:
    """Real 8-Ks kept beside the repository; none where there are none."""
    return sorted((SHARED / "filings/8-K").glob("*"))
