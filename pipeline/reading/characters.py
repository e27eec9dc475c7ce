"""Characters and short patterns that HTML and plain text share."""

import re
from functools import lru_cache
from html import unescape

# Soft hyphen, zero-width characters, direction marks, byte order mark: invisible, but they break words.
_INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
_C1 = {code: bytes([code]).decode("cp1252", errors="ignore") or None for code in range(0x80, 0xA0)}
_CHANGES = {**_INVISIBLE, **_C1}
_CHANGED = re.compile(f"[{''.join(map(chr, _CHANGES))}]")
_ENTITY = re.compile(r"&(?:#\d{2,5}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")

GLYPHS = "•·●▪■◦○‣⁃◆◊➢➤►▶✓✔\uf0b7\uf0a7\uf0d8"
"""Glyphs that open a list entry wherever they start a line."""
MARKER = re.compile(
    rf"[{GLYPHS}]|[–—*§¨o-](?=\s|$)"
    r"|\(?(?:[a-z]{1,2}|[ivx]{1,5}|[A-Z]|\d{1,2})\)(?=\s|$)|(?:\d{1,2}|[a-zA-Z]|[ivx]{2,5})\.(?=\s|$)"
)
"""The mark of a list entry at the start of a line: a glyph, (a), (iv), 1) or 1."""


def clean(text: str) -> str:
    """Spaces and line ends of any kind as one plain space; invisible characters dropped; ends stripped."""
    if not text.isascii() and _CHANGED.search(text) is not None:
        text = text.translate(_CHANGES)
    return " ".join(text.split())


def unescape_entities(text: str) -> str:
    """Resolve the character references that EDGAR asks for in plain text (`&amp;`, `&#151;`)."""
    return _ENTITY.sub(lambda found: unescape(found.group()), text) if "&" in text else text


_FIGURE_WORDS = re.compile(
    r"million|billion|thousand|hundred|approximately|about|approx\.?|up to|less than|more than|nil|none"
    r"|n/?[am]|nm|to|and|US|USD|EUR|GBP|CHF|bps|x",
    re.IGNORECASE,
)
_FIGURE_REST = re.compile(r"[\s\d$€£¥(),.%+/~<>*†‡—–‒−-]*")
_DIGIT_OR_NIL = re.compile(r"[0-9—–‒−-]")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*\(?[*\d]?\)?)?")
_LONGEST_FIGURE = 60


def is_figure(text: str) -> bool:
    """Whether a cell holds an amount, a count, a percentage or a nil mark, and no words of its own."""
    return len(text) <= _LONGEST_FIGURE and _is_figure(text)


@lru_cache(maxsize=8192)
def _is_figure(text: str) -> bool:
    if _DIGIT_OR_NIL.search(text) is None or _YEAR.fullmatch(text):
        return False
    if _FIGURE_REST.fullmatch(text):
        return True
    return _FIGURE_REST.fullmatch(_FIGURE_WORDS.sub("", text)) is not None
