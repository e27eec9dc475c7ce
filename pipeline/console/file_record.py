"""The object of a file in `extract --format jsonl`: the columns of the tables as plain values."""

from typing import Any

from pipeline.console.plain import plain
from pipeline.pages.filing_view import FilingView, UnreadFile
from pipeline.reading.model import Section

Record = dict[str, Any]

_UNABLE = {"given": "no", "none": "no", "partial": "partial", "unable": "all"}


def record_of(reading: FilingView | UnreadFile) -> Record:
    """The file's object; one with only `source` and `error` where it could not be read."""
    if isinstance(reading, UnreadFile):
        return {"source": reading.source, "error": reading.problem}
    first_plan = reading.plans[0] if reading.plans else {}
    status = first_plan.get("estimate_status", "none")
    record: Record = plain(
        {
            "source": reading.filing["source_url"],
            "filing": reading.filing,
            "items": [_item(section) for section in reading.sections],
            "plans": reading.plans,
            "plan": {**first_plan, "unable_to_estimate": _UNABLE[status]},
            "charges": reading.charges,
            "shares": reading.share_figures,
            "headcounts": reading.headcount_figures,
            "mentions": reading.mentions,
            "notes": list(reading.notes),
        }
    )
    return record


def _item(section: Section) -> Record:
    """The section with where its blocks stand, and its tables cell by cell."""
    grids = [(block, block.grid) for block in section.blocks if block.grid is not None]
    return {
        "item": section.item,
        "title": section.title,
        "document_type": section.document_type,
        "document_sequence": section.document_sequence,
        "section_ordinal": section.section_ordinal,
        "incorporates": list(section.incorporates),
        "text": section.text,
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
