"""Percentages, as digits or words."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.figures.model import Figure
from pipeline.figures.money import open_bound
from pipeline.figures.numerals import DIGITS, WORDS, parse_number
from pipeline.figures.qualifiers import qualify

_SIGN = r"(?:\s?%|[\s-]per\s?cent\b)"
_PERCENT = re.compile(
    rf"(?<![\d.,$€£¥\w])(?P<low>{DIGITS}|{WORDS})(?:(?P<low_sign>{_SIGN}))?"
    rf"(?:\s*(?:to|and|or|[-‐‑–—])\s*(?:approximately\s+)?(?P<high>{DIGITS}|{WORDS})(?P<high_sign>{_SIGN}))?",
    re.IGNORECASE,
)


def find_percents(text: str) -> Iterator[Figure]:
    """Every percentage in reading order; `low` and `high` are the numbers before the sign."""
    for match in _PERCENT.finditer(text):
        if not (match["low_sign"] or match["high_sign"]):
            continue
        low = parse_number(match["low"])
        high = parse_number(match["high"]) if match["high"] else low
        start, end = match.start("low"), match.end()
        joined = re.search(r"and", text[match.end("low") : match.start("high")]) if match["high"] else None
        if match["high"] and (high < low or joined):
            low, high, end = low, low, match.end("low_sign") if match["low_sign"] else match.end()
            if not match["low_sign"]:
                continue
        qualified = qualify(text, start)
        figure = Figure(
            unit="percent",
            start=start,
            end=end,
            low=Decimal(low),
            high=Decimal(high),
            rule="percent.sign",
            is_approximate=qualified.is_approximate,
            phrase_start=qualified.phrase_start,
        )
        yield open_bound(figure, qualified.bound, text)
