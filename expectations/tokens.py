"""A tokenizer of its own for the account of figures: it knows nothing of how the pipeline finds them.

It looks for a currency sign before a digit, a percent sign or word behind one, and a plain noun of people or
shares behind one. What it finds must lie in a mention; mentions it does not find are no matter.
"""

import re
from collections.abc import Iterable, Iterator

TOKENS = {
    "money": re.compile(r"[$€£¥]\s?\(?(\d)"),
    "percent": re.compile(r"(?<![\d.,])(\d)[\d.,]*\s?(?:%|percent\b)"),
    "people": re.compile(
        r"(?<!\d,\s)(?<![\d.,$€£¥])(\d)[\d,]*\s(?:employees|positions|jobs|people|persons|workers)\b"
    ),
    "shares": re.compile(
        r"(?<![\d.,$€£¥])(\d)[\d,.]*\s(?:million\s)?(?:shares|options|restricted stock units|RSUs)\b"
    ),
}


def unaccounted(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """(unit, offset) of each figure of the text that lies in none of the spans."""
    covered = {offset for start, end in spans for offset in range(start, min(end, len(text)))}
    for unit, pattern in TOKENS.items():
        for match in pattern.finditer(text):
            if match.start(1) not in covered:
                yield unit, match.start(1)
