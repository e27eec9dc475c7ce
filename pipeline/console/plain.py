"""Values as terminals, JSON and CSV can hold them, and the terminal itself."""

import datetime as dt
import math
import os
import sys
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TextIO

from rich.console import Console

from pipeline.printable import printable


def plain(value: Any) -> Any:
    """Amounts as numbers (whole ones without a fraction), dates as ISO text, lists and structs likewise
    inside."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def shown(value: Any) -> str:
    """A value for people: thousands parted by commas, nothing for null."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(shown(inner) for inner in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown(inner)}" for key, inner in value.items())
    return printable(value)


def output_console(output: TextIO | None = None) -> Console:
    """Standard output as wide as the terminal; where it is none, wide enough for the project's own tables."""
    output = output or sys.stdout
    width = None if output.isatty() or "COLUMNS" in os.environ else 120
    return Console(file=output, highlight=False, width=width)
