"""A row, or some of its columns, as JSON that keeps every value exact, and values back from it."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.tables.model import Column, ColumnType


def as_json(value: Mapping[str, Any]) -> str:
    """Money as its exact decimal digits in a text, dates and times in ISO form."""

    def plain(found: object) -> str:
        return found.isoformat() if isinstance(found, dt.date) else str(found)

    return json.dumps(dict(value), ensure_ascii=False, default=plain)


def from_json(column: Column, value: object) -> Any:
    """The column's value from how `as_json` writes it, or from how people write it.

    Raises:
        ValueError: it is no value of the column's type or vocabulary; the message says what is.
    """
    if value is None:
        if column.required:
            raise ValueError(f"{column.name} is never null")
        return None
    if column.type not in _READ:
        raise ValueError(f"{column.name} is a {column.type}, which cannot be given")
    wanted, read = _READ[column.type]
    try:
        found = read(value)
    except (ValueError, TypeError, InvalidOperation):
        raise ValueError(f"{column.name} is {wanted}, not {value!r}") from None
    if column.vocabulary and found not in column.vocabulary:
        raise ValueError(f"{column.name} is one of {', '.join(column.vocabulary)}, not {value!r}")
    return found


def _decimal(places: int) -> Callable[[Any], Decimal]:
    def read(value: Any) -> Decimal:
        if isinstance(value, bool):
            raise TypeError(value)
        found = Decimal(str(value).replace(",", ""))
        rounded = found.quantize(Decimal(1).scaleb(-places))
        if rounded != found:
            raise ValueError(value)
        return rounded

    return read


def _integer(value: Any) -> int:
    if isinstance(value, bool | float):
        raise TypeError(value)
    return int(str(value).replace(",", ""))


def _boolean(value: Any) -> bool:
    if str(value).lower() not in ("true", "false"):
        raise ValueError(value)
    return str(value).lower() == "true"


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(value)
    return value


_READ: dict[ColumnType, tuple[str, Callable[[Any], Any]]] = {
    "money": ("an amount such as 1250000.00", _decimal(2)),
    "percent": ("a number such as 12.5", _decimal(4)),
    "integer": ("a whole number", _integer),
    "boolean": ("true or false", _boolean),
    "date": ("a date such as 2024-01-31", lambda value: dt.date.fromisoformat(value)),
    "text": ("a text", _text),
}
