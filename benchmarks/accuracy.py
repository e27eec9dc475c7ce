"""How well the figures of labelled filings are read."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.corpora import labelled_batches, labelled_samples, labelled_texts
from benchmarks.scoring import ATTRIBUTES, Score
from pipeline.charges.filing_rows import Held, read_figures, read_sections

KINDS = ("charges", "shares", "headcounts")
PLAN = ("commitment_date", "completion_by", "estimate")


def score(labelled: Iterable[tuple[Path, dict[str, Any]]]) -> Score:
    """Read every file and compare it with its label."""
    total = Score()
    for path, label in labelled:
        rows = read_sections(path.read_bytes(), Held(path.name))
        total.add(label, read_figures(rows.filing, rows.sections)[1])
    return total


def report(console: Console) -> None:
    """Print the scores of every label set at hand."""
    sets = {"composed samples": score(labelled_samples()), "labelled texts": score(labelled_texts())}
    sets |= {name: score(batch) for name, batch in labelled_batches().items()}
    sets = {name: result for name, result in sets.items() if result.filings}
    table = Table("", *sets, title="Accuracy")
    table.add_row("filings", *(str(result.filings) for result in sets.values()))
    table.add_row(
        "every charge right, none extra",
        *(f"{result.exact / result.filings:.1%}" for result in sets.values()),
    )
    for kind in KINDS:
        table.add_row(f"{kind}: F1", *(f"{result.f1(kind):.3f}" for result in sets.values()))
        counts = (f"{r.hit[kind]} / {r.missed[kind]} / {r.extra[kind]}" for r in sets.values())
        table.add_row("  found / missed / extra", *counts)
    for attribute in (*ATTRIBUTES, "action", *PLAN):
        table.add_row(
            f"{attribute} right", *(f"{result.agreement(attribute):.3f}" for result in sets.values())
        )
    console.print(table)
