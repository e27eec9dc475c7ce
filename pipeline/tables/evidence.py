"""The words that a row was read from, whichever table it is of."""

from collections.abc import Mapping
from typing import Any

_COLUMNS = ("evidence", "mention_text", "course_of_action")
"""Of a figure, of a mention, of a plan."""


def evidence_of(row: Mapping[str, Any]) -> str:
    """The row's words; nothing where it has none, as a filing."""
    return next((str(row[name]) for name in _COLUMNS if row.get(name)), "")
