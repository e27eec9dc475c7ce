"""A reading of an archive beside what `extract` says of the same submission."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.console.file_reading import read_path
from pipeline.console.file_record import record_of
from pipeline.console.plain import plain
from pipeline.edgar.items import EXIT_ITEM

_SECTION = ("item", "title", "document_type", "document_sequence", "section_ordinal", "incorporates", "text")


def as_extract_says(reading: Mapping[str, Any]) -> dict[str, Any]:
    """The reading in the form of an object of `extract --format jsonl`."""
    if reading["outcome"] != "read":
        return {"source": reading["source"], "error": reading["problem"]}
    row = plain(reading)
    return {
        "source": row["source"],
        "filing": row["filing"],
        "items": [{name: section[name] for name in _SECTION} for section in row["sections"]],
        "plans": row["exit_plans"],
        "charges": row["charges"],
        "shares": row["share_figures"],
        "headcounts": row["headcount_figures"],
        "mentions": row["mentions"],
        "notes": row["notes"],
    }


def what_extract_says(path: Path) -> dict[str, Any]:
    """The object of `extract` in a form that can be compared."""
    return comparable(record_of(read_path(path)))


def comparable(record: dict[str, Any]) -> dict[str, Any]:
    """An object of `extract` with every column of its rows, and without what is derived from them.

    Of a filing without an Item 2.05 an archive's reading has no sections.
    """
    if "error" in record:
        return record
    items = [{name: item[name] for name in _SECTION} for item in record["items"]]
    rows = {
        name: [{"flags": None, **row} for row in record[name]]
        for name in ("plans", "charges", "shares", "headcounts", "mentions")
    }
    return {
        "source": record["source"],
        "filing": {"flags": None, **record["filing"]},
        "items": items if any(item["item"] == EXIT_ITEM for item in items) else [],
        **rows,
        "notes": record["notes"],
    }
