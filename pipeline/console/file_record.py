"""What `extract` makes of one file: the object of its jsonl, which the other formats show."""

import hashlib
from pathlib import Path
from typing import Any

from pipeline.charges.filing_rows import Held, read_figures, read_sections
from pipeline.console.input_files import UnreadableFileError, read_file
from pipeline.console.plain import plain
from pipeline.reading.model import Section

Record = dict[str, Any]

_UNABLE = {"given": "no", "none": "no", "partial": "partial", "unable": "all"}
_ITEM_COLUMNS = ("item", "title", "document_type", "document_sequence", "section_ordinal", "incorporates")


def record_of(path: Path) -> Record:
    """The file's object; one with only `source` and `error` where it cannot be read."""
    try:
        return {"source": str(path), **_read(path)}
    except UnreadableFileError as problem:
        return unreadable(path, problem)
    except Exception as problem:
        # A folder of thousands must not end at the one file that nobody thought of.
        return unreadable(path, f"Reading it failed, which is a fault of this program: {problem!r}.")


def unreadable(path: Path, reason: object) -> Record:
    """The object of a path that cannot be read."""
    return {"source": str(path), "error": str(reason)}


def _read(path: Path) -> Record:
    data = read_file(path)
    held = Held(str(path), hashlib.sha256(data).hexdigest(), len(data))
    read = read_sections(data, held)
    if read.filing["read_status"] == "unreadable":
        raise UnreadableFileError(read.filing["read_problem"])
    filing, understood = read_figures(read.filing, read.sections)
    first_plan = understood.exit_plans[0] if understood.exit_plans else {}
    status = first_plan.get("estimate_status", "none")
    record: Record = plain(
        {
            "filing": filing,
            "items": [
                {**{name: row[name] for name in _ITEM_COLUMNS}, "text": section.text, **_layout(section)}
                for row, section in zip(read.section_rows, read.sections, strict=True)
            ],
            "plans": understood.exit_plans,
            "plan": {**first_plan, "unable_to_estimate": _UNABLE[status]},
            "charges": understood.charges,
            "shares": understood.share_figures,
            "headcounts": understood.headcount_figures,
            "mentions": understood.mentions,
            "notes": list(read.notes),
        }
    )
    return record


def _layout(section: Section) -> Record:
    """Where the text's blocks stand, and its tables cell by cell."""
    grids = [(block, block.grid) for block in section.blocks if block.grid is not None]
    return {
        "blocks": [[block.kind, block.start, block.end] for block in section.blocks],
        "tables": [
            {
                "start": block.start,
                "end": block.end,
                "header_rows": grid.header_rows,
                "cells": [
                    {**cell._asdict(), "text": section.text[cell.start : cell.end]} for cell in grid.cells
                ],
            }
            for block, grid in grids
        ],
    }
