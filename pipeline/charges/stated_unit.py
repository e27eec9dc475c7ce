"""A unit that a text states once for all its amounts: "(Dollars in thousands.)" before a paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.charges.grid_words import unit_of
from pipeline.charges.passages import Passage, Span
from pipeline.figures.model import Figure
from pipeline.figures.numerals import SCALE
from pipeline.figures.rule import wording

_STATEMENT = wording(
    r"^\(?\s*(?:(?:all|the) )?(?:u\.?s\.? )?(?:dollars?|amounts?|dollar amounts|figures|"
    r"\$)\b[^().;]{0,60}\bin "
    r"(?:u\.?s\.? )?(?:dollars? in )?(?:thousands|millions)\b[^()]{0,60}[.)]",
    "(All amounts are stated in thousands of dollars.)",
    "thousands of employees",
)
_LARGEST = Decimal(10**11)
"""No amount of a plan is larger: what would be was written out in full."""
_HAS_SCALE = re.compile(rf"\d\s*-?\s*{SCALE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedUnit:
    """The multiplier and where the text states it."""

    factor: int
    span: Span


def stated_unit(passages: Sequence[Passage]) -> StatedUnit | None:
    """The unit that a passage of a section states for the text as a whole, not for the table behind it."""
    for passage in passages:
        if match := _STATEMENT.match(passage.text):
            unit = unit_of(match.group())
            if unit is not None:
                return StatedUnit(unit[0], (passage.start, passage.start + match.end()))
    return None


def in_unit(figure: Figure, words: str, unit: StatedUnit | None) -> Figure:
    """The figure in units of its currency; `words` are its own. An amount per share has its own unit."""
    if unit is None or figure.unit != "money" or figure.per or _HAS_SCALE.search(words):
        return figure
    factor = Decimal(unit.factor)
    if (figure.high or figure.low or 0) * factor > _LARGEST:
        return figure
    return replace(
        figure,
        low=None if figure.low is None else figure.low * factor,
        high=None if figure.high is None else figure.high * factor,
        rule=figure.rule + "+unit@text",
    )
