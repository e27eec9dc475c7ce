"""Where the reading and a label set differ, for whoever mends rules.

`python -m benchmarks.differences FOLDER [NAME]`
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.corpora import text_of
from benchmarks.scoring import ATTRIBUTES, ESTIMATE, agrees, pair_charges, pair_headcounts, pair_shares
from pipeline.charges.filing_rows import Held, read_figures, read_sections
from pipeline.charges.understanding import Understanding


def differences(label: Mapping[str, Any], read: Understanding) -> Iterator[str]:
    """One line a missed or extra figure, and one a wrong attribute, with the words and the rules."""
    pairs, missed, extra = pair_charges(label, read)
    for wanted in missed:
        yield f"MISSED  {_bounds(wanted)} {wanted['category']}/{wanted['role']}: {wanted['quote']!r}"
    for row in extra:
        yield f"EXTRA   {row['amount_low']}..{row['amount_high']} {_said(row)}"
    for wanted, row in pairs:
        wrong = [
            f"{name} {row[column]} not {wanted.get(name)}"
            for name, column in ATTRIBUTES.items()
            if not agrees(wanted, name, row[column])
        ]
        if wrong:
            yield f"WRONG   {_bounds(wanted)} {'; '.join(wrong)} {_said(row)}"
    for what, (_, unfound, unasked) in (
        ("shares", pair_shares(label, read)),
        ("people", pair_headcounts(label, read)),
    ):
        for wanted in unfound:
            yield f"MISSED  {what} {wanted}"
        for row in unasked:
            yield f"EXTRA   {what} {row['count_low']}..{row['count_high']} {row.get('percent')}% {_said(row)}"
    plan = read.exit_plans[0] if read.exit_plans else {}
    for column in ("commitment_date", "completion_by"):
        stated = plan.get(column)
        if label.get(column) and not agrees(label, column, stated.isoformat() if stated else None):
            yield f"WRONG   {column} {stated} not {label[column]}; {plan.get('completion_text')!r}"
    estimate = ESTIMATE[plan.get("estimate_status", "none")]
    if not agrees(label, "unable_to_estimate", estimate):
        yield f"WRONG   estimate {estimate} not {label.get('unable_to_estimate')}"


def _bounds(label: Mapping[str, Any]) -> str:
    return f"{label['low']}..{label['high']}"


def _said(row: Mapping[str, Any]) -> str:
    words = row["evidence"]
    start = row["figure_start"] - row["char_start"]
    end = row["figure_end"] - row["char_start"]
    marked = f"{words[max(0, start - 220) : start]}⟦{words[start:end]}⟧{words[end : end + 160]}"
    return f"[{row['rule']}]\n        {' '.join(marked.split())}"


def main(folder: Path, name: str = "") -> None:
    """Print every difference of the folder's labels whose name begins with `name`."""
    for path in sorted(folder.glob(f"{name}*.json")):
        text = text_of(path)
        rows = read_sections(text.read_bytes(), Held(text.name))
        found = list(differences(json.loads(path.read_text()), read_figures(rows.filing, rows.sections)[1]))
        if found:
            print(f"== {path.stem}", *found, sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
