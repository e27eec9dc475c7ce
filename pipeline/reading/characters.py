"""Characters and short patterns that HTML and plain text share."""

import re
from html import unescape

# Soft hyphen, zero-width characters, direction marks, byte order mark: invisible, but they break words.
_INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
_C1 = {code: bytes([code]).decode("cp1252", errors="ignore") or None for code in range(0x80, 0xA0)}
_CHANGES = {**_INVISIBLE, **_C1}
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
    if not text.isascii():
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
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*\(?[*\d]?\)?)?")


def is_figure(text: str) -> bool:
    """Whether a cell holds an amount, a count, a percentage or a nil mark, and no words of its own."""
    if len(text) > 60 or _YEAR.fullmatch(text):
        return False
    rest = text if _FIGURE_REST.fullmatch(text) else _FIGURE_WORDS.sub("", text)
    return _FIGURE_REST.fullmatch(rest) is not None and any(c in "0123456789—–‒−-" for c in rest)
