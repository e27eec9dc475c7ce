"""The labels themselves: their words stand in the texts, and their values in the vocabularies."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpora import FIRST_RUNS, labelled_batches
from benchmarks.differences import main
from pipeline.tables import vocabulary

VALUES = {
    "category": vocabulary.CATEGORY,
    "role": vocabulary.ROLE,
    "settlement": vocabulary.SETTLEMENT,
    "status": vocabulary.STATUS,
}
LABELS = [(path, label) for labelled in labelled_batches().values() for path, label in labelled]


def _squeezed(text: str) -> str:
    return "".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize(("path", "label"), LABELS, ids=[path.stem for path, _ in LABELS])
def test_a_label_is_well_formed(path: Path, label: dict[str, Any]) -> None:
    text = _squeezed(path.read_text())
    quoted = (*label["charges"], *label.get("shares", ()), *label.get("headcount", ()))
    assert [item["quote"] for item in quoted if _squeezed(item["quote"]) not in text] == []
    for charge in label["charges"]:
        for attribute, values in VALUES.items():
            assert {charge[attribute], *charge.get(f"{attribute}_alt", ())} <= set(values)
        bounds = [bound for bound in (charge["low"], charge["high"]) if bound is not None]
        assert bounds == sorted(bounds) != []
    assert label["unable_to_estimate"] in ("no", "partial", "all")


def test_every_batch_has_its_first_run() -> None:
    runs = [run["batch"] for run in json.loads(FIRST_RUNS.read_text())]
    assert sorted(runs) == sorted(labelled_batches())


def test_the_differences_of_a_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading = "Item 2.05 Costs Associated with Exit or Disposal Activities."
    charge = {"low": 4_000_000, "high": 4_000_000, "currency": "USD", "quote": "$4 million"}
    charge |= {"category": "retention", "role": "total", "settlement": "unstated", "status": "expected"}
    label = {"charges": [charge | {"approx": False}, charge | {"low": 1, "approx": False}]}
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{heading}\n\nThe Company expects severance of $4 million.\n")
        (tmp_path / f"{name}.json").write_text(json.dumps(label | {"unable_to_estimate": "no"}))
    main(tmp_path, "one")
    told = capsys.readouterr().out
    assert "== one" in told
    assert "== two" not in told
    assert "MISSED  1..4000000" in told
    assert "category severance not retention" in told
