"""A plain-text document as lines: their segments between wide gaps, rules, page marks, SGML table tags."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.reading.characters import MARKER, clean, is_figure, unescape_entities

_PAGE_MARK = re.compile(r"<PAGE>|\f", re.IGNORECASE)
_TABLE_TAG = re.compile(
    r"</?(?:TABLE|CAPTION|FN|F\d{1,2}|FOOTNOTE|SEQ|ARTICLE|LEGEND|MULTIPLIER)>", re.IGNORECASE
)
_COLUMN_TAG = re.compile(r"<[SC]>", re.IGNORECASE)
_RULE = re.compile(r"[-=_*~+.|\s–—]{3,}")
_LEADERS = re.compile(r"(?<=\w)[ ]?(?:\.[ ]?){4,}(?=\s*[$€£¥(\d—–-])")  # "Total ........ $ 7"
_RULE_CHARACTERS = "-=_*~+.|–—"
_SEGMENT = re.compile(r"\S+(?: \S+)*")
_ALONE_CURRENCY = re.compile(r"\(?(?:US|C|A)?[$€£¥]\(?")
_SENTENCE_END = ".:;!?,”\"'’)"
_BOX = re.compile(r"\[[ xX]?\s*\]|[☐☒¨]|\|[_ xX]+\|")


class Segment(NamedTuple):
    """Words between gaps of two or more spaces, with their place in the line."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Line:
    text: str
    """Without line end and trailing spaces; tabs expanded."""
    segments: tuple[Segment, ...]
    is_rule: bool = False
    page_break_before: bool = False
    column_mark: bool = False
    """An `<S> <C>` line stood here: above are column heads, below rows."""

    @property
    def is_blank(self) -> bool:
        return not self.text

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def is_tabular(self) -> bool:
        """A row of figures: a figure stands apart from the line's first words, or several stand alone."""
        return len(self.segments) > 1 and any(is_figure(segment.text) for segment in self.segments[1:])


def read_lines(text: str) -> list[Line]:
    """Split into lines; page marks and table tags become properties of the line that follows."""
    lines: list[Line] = []
    page_break = column_mark = False
    for raw in unescape_entities(text).split("\n"):
        if "<" in raw or "\f" in raw:
            if _PAGE_MARK.search(raw):
                page_break = True
                raw = _PAGE_MARK.sub(" ", raw)
            if _COLUMN_TAG.search(raw):
                column_mark = True
                raw = _COLUMN_TAG.sub("   ", raw)
            raw = _TABLE_TAG.sub(" ", raw)
        line = _line(raw)
        line.page_break_before, line.column_mark = page_break, column_mark
        if line.segments:
            page_break = column_mark = False
        lines.append(line)
    return lines


def _line(raw: str) -> Line:
    text = raw.rstrip()
    if not text:
        return Line("", ())
    if "\t" in text:
        text = text.expandtabs(8)
    if not text.isascii():
        text = text.replace("\xa0", " ")
    if "...." in text or ". . ." in text:
        text = _LEADERS.sub(lambda found: " " * len(found.group()), text)
    words = text.lstrip()
    if words[0] in _RULE_CHARACTERS and _RULE.fullmatch(text):
        return Line(text, (), is_rule=True)
    if "  " not in words:
        return Line(text, (Segment(len(text) - len(words), len(text), words),))
    return Line(text, _segments(text))


def _segments(text: str) -> tuple[Segment, ...]:
    found: list[Segment] = []
    for match in _SEGMENT.finditer(text):
        segment = Segment(match.start(), match.end(), match.group())
        if found and _belongs_together(found[-1], segment, first=len(found) == 1):
            before = found.pop()
            segment = Segment(before.start, segment.end, f"{before.text} {segment.text}")
        found.append(segment)
    return tuple(found)


def _belongs_together(before: Segment, segment: Segment, *, first: bool) -> bool:
    """A gap that parts no cells: currency sign and number, sentence end, list mark, justified text."""
    if _ALONE_CURRENCY.fullmatch(before.text) or segment.text in (")", "%", ")%"):
        return True
    if first and (MARKER.fullmatch(before.text) or _BOX.fullmatch(before.text)):
        return True
    gap = segment.start - before.end
    if is_figure(segment.text) or is_figure(before.text):
        return False
    return gap == 2 and (before.text[-1] in _SENTENCE_END or before.text[-1].islower())


def line_text(line: Line) -> str:
    """The line's words, cleaned."""
    return clean(line.text)
