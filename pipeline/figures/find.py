"""All figures of a passage, each word in one figure only."""

from itertools import chain

from pipeline.figures.model import Figure
from pipeline.figures.money import find_money
from pipeline.figures.numerals import MAY_COUNT
from pipeline.figures.people import find_people
from pipeline.figures.percents import find_percents
from pipeline.figures.shares import find_shares
from pipeline.figures.spans import Taken


def find_figures(text: str, dollar: str = "USD") -> list[Figure]:
    """Money, percentages, shares and people in reading order.

    Where two readings share characters the one named first in that list stays: "$5 million shares" is money.
    """
    if not MAY_COUNT.search(text):
        return []
    taken = Taken()
    found = chain(find_money(text, dollar), find_percents(text), find_shares(text), find_people(text))
    kept = [figure for figure in found if _take(taken, figure)]
    return sorted(kept, key=lambda figure: figure.start)


def _take(taken: Taken, figure: Figure) -> bool:
    """Take the figure's words, but not the aside in it."""
    if figure.aside is None:
        return taken.take(figure.start, figure.end)
    lower = taken.take(figure.start, figure.aside[0])
    return taken.take(figure.aside[1], figure.end) and lower
