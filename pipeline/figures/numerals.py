"""Numbers as digits and as words."""

import re
from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"

_UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_MULTIPLES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_WORD = "|".join([*sorted(_UNITS, key=len, reverse=True), *_TENS])
_FRACTION = r"[\s-]+and[\s-]+(?:a|one)[\s-]+half"
_AND = r"(?:(?<=hundred)|(?<=thousand))\s+and\s+"
WORDS = rf"(?:(?:{_WORD})\b(?:(?:[\s-]+|{_AND})(?:{_WORD}|hundred|thousand)\b)*(?:{_FRACTION})?)"
"""A cardinal in words below one million, without its scale: "twenty-five", "one hundred and ten"."""

MAY_COUNT = re.compile(
    rf"\d|\b(?:{_WORD}|hundred|thousand|million|billion|half|halve|third|quarter|dozen)", re.IGNORECASE
)
"""A text where this finds nothing holds no figure of any kind."""

SCALES: dict[str, int] = {
    "thousand": 1_000,
    "thousands": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "mm": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "billions": 1_000_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
SCALE = r"(?:(?:thousand|million|billion|trillion)s?\b|(?:mm|MM|mn|bn|M|K|B)\b)"
"""A scale word behind a number; the letters only in the spellings that are no other word."""


def parse_digits(text: str) -> Decimal:
    """ "1,234.5" as a number."""
    return Decimal(text.replace(",", ""))


def parse_words(text: str) -> Decimal:
    """ "one hundred and twenty-five" as a number.

    Raises:
        ValueError: a word is no number.
    """
    whole = current = 0
    text, halves = re.subn(rf"{_FRACTION}$", "", text.strip(), flags=re.IGNORECASE)
    for word in re.split(r"[\s-]+", text.lower()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _MULTIPLES:
            whole += max(current, 1) * _MULTIPLES[word]
            current = 0
        elif word != "and":
            raise ValueError(f"no number word: {word!r}")
    return Decimal(whole + current) + Decimal(halves) / 2


def parse_number(text: str) -> Decimal:
    """Digits or words as a number."""
    return parse_digits(text) if re.fullmatch(DIGITS, text) else parse_words(text)


def scale_of(text: str | None) -> int:
    """What a scale word multiplies by; 1 for none."""
    return SCALES[text.strip().lower()] if text and text.strip() else 1
