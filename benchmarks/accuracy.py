"""How well the figures of labelled filings are read."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.corpora import FIRST_RUNS, Labelled, labelled_batches, labelled_samples, labelled_texts
from benchmarks.scoring import ATTRIBUTES, Score
from pipeline.charges.filing_rows import Held, read_figures, read_sections

PLAN = ("commitment_date", "completion_by", "estimate")
ERAS = {"2004 to 2008": 2008, "2009 to 2013": 2013, "2014 to 2018": 2018, "2019 to 2026": 9999}
_IN_A_ROW = 3


def score(labelled: Iterable[Labelled]) -> Score:
    """Read every file and compare it with its label."""
    total = Score()
    for path, label in labelled:
        rows = read_sections(path.read_bytes(), Held(path.name))
        total.add(label, read_figures(rows.filing, rows.sections)[1])
    return total


def era_of(label: Mapping[str, Any]) -> str:
    """The stretch of years in which the filing was made."""
    stated = label.get("report_date") or label.get("commitment_date")
    if not stated:
        return "undated"
    year = int(stated[:4])
    return next(era for era, last in ERAS.items() if year <= last)


def kinds_of(path: Path, label: Mapping[str, Any]) -> list[str]:
    """What sort of filing it is; one may be of several."""
    text = path.read_text(errors="replace")
    charges = label["charges"]
    held = {
        "8-K/A": (label.get("form") or "").endswith("/A"),
        "with an HTML table": "<table" in text.lower(),
        "with an exhibit": "<TYPE>EX-99" in text,
        "with share figures": bool(label.get("shares")),
        "in another currency": any((charge.get("currency") or "USD") != "USD" for charge in charges),
        "unable to estimate, all or partly": label.get("unable_to_estimate", "no") != "no",
        "eight charges or more": len(charges) >= 8,
    }
    return [kind for kind, is_so in held.items() if is_so] or ["none of these"]


def report(console: Console) -> None:
    """Print the scores of every label set at hand, of eras and kinds of filing, and of the first runs."""
    sets = {"composed samples": list(labelled_samples()), "labelled texts": list(labelled_texts())}
    sets |= labelled_batches()
    sets = {name: labelled for name, labelled in sets.items() if labelled}
    console.print(_table("Accuracy: every label set", sets))
    eras: dict[str, list[Labelled]] = {}
    kinds: dict[str, list[Labelled]] = {}
    for labelled in sets.values():
        for path, label in labelled:
            eras.setdefault(era_of(label), []).append((path, label))
            for kind in kinds_of(path, label):
                kinds.setdefault(kind, []).append((path, label))
    console.print(_table("Accuracy: all sets by era", dict(sorted(eras.items()))))
    console.print(_table("Accuracy: all sets by kind of filing", kinds))
    console.print(_first_runs())


def _table(title: str, sets: Mapping[str, Iterable[Labelled]]) -> Table:
    columns = (*ATTRIBUTES, "action", *PLAN)
    heads = ("filings", "exact", "charges", "found/missed/extra", "distractors", "shares", "people", *columns)
    table = Table("", *(head.replace("_", " ") for head in heads), title=title)
    for name, labelled in sets.items():
        result = score(labelled)
        counts = "/".join(str(part["charges"]) for part in (result.hit, result.missed, result.extra))
        table.add_row(
            name,
            str(result.filings),
            f"{result.exact / result.filings:.0%}",
            f"{result.f1('charges'):.3f}",
            counts,
            str(result.leaked),
            f"{result.f1('shares'):.3f}",
            f"{result.f1('headcounts'):.3f}",
            *(f"{result.agreement(column):.2f}" for column in columns),
        )
    return table


def _first_runs() -> Table:
    """What the rules found in each batch before anybody had looked at it, and pooled over three in a row."""
    table = Table("", "charges", "found/missed/extra", "with the two before it", title="Accuracy: first runs")
    runs = json.loads(FIRST_RUNS.read_text())
    for place, run in enumerate(runs):
        pooled = runs[place - _IN_A_ROW + 1 : place + 1] if place >= _IN_A_ROW - 1 else []
        table.add_row(
            run["batch"],
            f"{_f1([run]):.3f}",
            "{found}/{missed}/{extra}".format(**run),
            f"{_f1(pooled):.3f}" if pooled else "",
        )
    return table


def _f1(runs: Iterable[Mapping[str, int]]) -> float:
    found, wrong = (
        sum(run["found"] for run in runs),
        sum(run["missed"] + run["extra"] for run in runs),
    )
    return 2 * found / (2 * found + wrong)
