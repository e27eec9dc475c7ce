"""What is found in a passage: figures and periods, with their spans."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Unit = Literal["money", "shares", "people", "percent"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or range with its unit. Offsets are code points of the text that was searched."""

    unit: Unit
    start: int
    end: int
    """The figure's own words: from its sign or first digit to its last unit word, both bounds of a range."""
    low: Decimal | None
    high: Decimal | None
    """Equal for a point; None is an open bound."""
    rule: str
    currency: str | None = None
    is_approximate: bool = False
    per: str | None = None
    """`month`, `share`, ... for an amount per unit."""
    phrase_start: int = -1
    """Where the qualifiers before it start ("up to approximately")."""
    noun: str = ""
    """Shares and people: the words that say what is counted."""
    noun_end: int = -1
    """Where the noun ends; the figure's `end` where there is none behind it."""
    aside: tuple[int, int] | None = None
    """What stands between the bounds of a range and may state figures of its own: "(about $2 million)"."""

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that the text names: a date, month, quarter, half or year."""

    start: int
    end: int
    first_day: dt.date | None
    """None for "by" and "no later than"."""
    last_day: dt.date
    kind: Literal["day", "month", "quarter", "half", "year"]
