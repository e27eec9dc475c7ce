"""Percentages, as digits or words."""

import re
from collections.abc import Iterator
from itertools import chain

from pipeline.figures.model import Figure
from pipeline.figures.money import open_bound
from pipeline.figures.numerals import DIGITS, WORDS, parse_number
from pipeline.figures.qualifiers import qualify
from pipeline.figures.spans import Taken

_SIGN = r"(?:\s?%|[\s-]per\s?cent\b)"
_NUMBER = rf"(?<![\d.,$€£¥\w])(?P<low>{DIGITS}|{WORDS})"
_RANGE = re.compile(
    rf"{_NUMBER}{_SIGN}?\s*(?P<separator>to|or|and|[-‐‑–—])\s*(?:approximately\s+)?(?P<high>{DIGITS}|{WORDS}){_SIGN}",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"{_NUMBER}{_SIGN}", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:approximately\s+|about\s+)?$", re.IGNORECASE)


def find_percents(text: str) -> Iterator[Figure]:
    """Every percentage in reading order; `low` and `high` are the numbers before the sign."""
    taken = Taken()
    found = [
        figure for figure in chain(_ranges(text), _singles(text)) if taken.take(figure.start, figure.end)
    ]
    yield from sorted(found, key=lambda figure: figure.start)


def _ranges(text: str) -> Iterator[Figure]:
    for match in _RANGE.finditer(text):
        is_pair = match["separator"].lower() == "and" and not _BETWEEN.search(
            text[max(0, match.start() - 30) : match.start()]
        )
        if not is_pair and parse_number(match["low"]) <= parse_number(match["high"]):
            yield _figure(text, match, match["high"])


def _singles(text: str) -> Iterator[Figure]:
    for match in _SINGLE.finditer(text):
        yield _figure(text, match, match["low"])


def _figure(text: str, match: re.Match[str], high: str) -> Figure:
    qualified = qualify(text, match.start())
    figure = Figure(
        unit="percent",
        start=match.start(),
        end=match.end(),
        low=parse_number(match["low"]),
        high=parse_number(high),
        rule="percent.sign",
        is_approximate=qualified.is_approximate,
        phrase_start=qualified.phrase_start,
    )
    return open_bound(figure, qualified.bound, text)
