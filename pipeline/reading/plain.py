"""Plain text to drafts: tables found, hard-wrapped lines put back together, lists and headings kept apart."""

import re
from itertools import pairwise

from pipeline.reading.bar_tables import bar_table_draft, find_bar_tables
from pipeline.reading.characters import MARKER, clean
from pipeline.reading.drafts import Draft
from pipeline.reading.plain_lines import Line, line_text, read_lines
from pipeline.reading.plain_tables import find_tables, plain_table_draft

_UNWRAPPED_LINE = 130
_SLACK = 12
_ITEM = re.compile(r"\s*(?:items?\s+(?:no\.?\s*)?\d|section\s+\d)", re.IGNORECASE)
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with")
)


def read_plain(text: str) -> list[Draft]:
    """The text's blocks in reading order."""
    lines = read_lines(text)
    width = _usual_width(lines)
    drafts: list[Draft] = []
    at = 0
    for first, end in [*find_tables(lines), (len(lines), len(lines))]:
        _paragraphs(lines[at:first], width, drafts)
        if first < end:
            draft = plain_table_draft(lines[first:end])
            draft.page_break_before = any(line.page_break_before for line in lines[first:end])
            drafts.append(draft)
        at = end
    return drafts


def _usual_width(lines: list[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines if line.segments)
    if not lengths:
        return 80
    return min(max(lengths[len(lengths) * 95 // 100], 60), _UNWRAPPED_LINE)


def _paragraphs(lines: list[Line], width: int, drafts: list[Draft]) -> None:
    chunk: list[Line] = []
    for line in [*lines, Line("", ())]:
        if (line.segments or "|" in line.text) and not line.page_break_before:
            chunk.append(line)
            continue
        if chunk:
            _chunk(chunk, width, drafts)
            chunk = []
        if line.segments:
            chunk.append(line)


def _chunk(lines: list[Line], width: int, drafts: list[Draft]) -> None:
    """Lines without a blank one between them: paragraphs, headings one a line, tables with bars."""
    at = 0
    for first, end in [*find_bar_tables(lines), (len(lines), len(lines))]:
        _wrapped([line for line in lines[at:first] if line.segments], width, drafts)
        if first < end:
            drafts.append(bar_table_draft(lines[first:end]))
        at = end


def _wrapped(lines: list[Line], width: int, drafts: list[Draft]) -> None:
    if len(lines) > 2:
        width = min(width, max(len(line.text) for line in lines))
    long_lines = any(len(line.text) > _UNWRAPPED_LINE for line in lines)
    held: list[Line] = []
    for line in lines:
        if held and (long_lines or not _continues(held, line, width)):
            drafts.append(_draft(held, alone=False))
            held = []
        held.append(line)
    if held:
        drafts.append(_draft(held, alone=len(held) == len(lines)))


def _continues(held: list[Line], line: Line, width: int) -> bool:
    """Whether a line goes on where the one before broke off: its first word would not have fitted there."""
    before = held[-1]
    text = line.text.lstrip()
    filled = len(before.text) + 1 + len(text.split(" ", 1)[0])
    if _ITEM.match(text):
        return False
    if MARKER.match(text):  # an entry of its own, unless it is a "(ii)" in the middle of a sentence
        return (
            text[0] == "("
            and filled > width
            and line.indent <= before.indent
            and before.text[-1] not in ".:;"
        )
    if before.text[-1] == "-" and text[0].islower():
        return True
    if before.text[-1] in ".:" and line.indent > before.indent + 1 and len(held) > 1:
        return False  # the first line of the next paragraph is indented
    if filled > width:
        return True
    if _is_centred(before, width) != _is_centred(line, width) and not text[0].islower():
        return False
    return filled > width - _SLACK or (before.text[-1] not in ".:;!?" and text[0].islower())


def _is_centred(line: Line, width: int) -> bool:
    left, right = line.indent, width - len(line.text)
    return left >= 8 and abs(left - right) <= 6


def _draft(lines: list[Line], *, alone: bool) -> Draft:
    text = _joined(lines)
    if "|" in text:
        text = clean(text.strip("| ").replace(" | ", " "))
    draft = Draft("paragraph", text, page_break_before=lines[0].page_break_before)
    if MARKER.match(text):
        draft.kind = "list_entry"
    elif _is_heading(lines, text, alone=alone):
        draft.kind = "heading"
    return draft


def _joined(lines: list[Line]) -> str:
    """The lines as one; a word broken at its own hyphen ("non-" / "cash") stays one word."""
    parts = [line_text(lines[0])]
    for before, line in pairwise(lines):
        text = line_text(line)
        broken = before.text[-1] == "-" and before.text[-2:-1].isalpha() and text[:1].isalnum()
        parts.append(text if broken else f" {text}")
    return "".join(parts)


def _is_heading(lines: list[Line], text: str, *, alone: bool) -> bool:
    if len(text) > 200 or len(lines) > 3 or not any(c.isalpha() for c in text):
        return False
    if text.isupper() and len(text) <= 160:
        return True
    if text[-1] in ".,;:" or len(text) > 90:
        return False
    words = [word for word in text.split() if word.lower() not in _SMALL]
    return (alone or lines[0].indent >= 8) and all(not word[0].islower() for word in words)
