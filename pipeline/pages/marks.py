"""Where figures stand in a text: spans that may overlap, to segments that do not.

Two figures can be read from the same words, or from words that overlap: a segment therefore names all marks
that cover it. What a segment looks like is for the page and the terminal.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a section's text, half-open, and the key of the figure that it states."""

    start: int
    end: int
    key: str
    again: bool = False
    """True where the figure is stated once more, or only belongs to what is said of it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, the marks that cover it, and those of them whose first segment it is."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()


class MarkedText:
    """A text whose stretches are asked for in reading order. Marks outside the text are left out."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self.text = text
        inside = dict.fromkeys(mark for mark in marks if 0 <= mark.start < mark.end <= len(text))
        self._marks = sorted(inside, key=lambda mark: (mark.start, -mark.end, mark.again))
        self._opened: set[Mark] = set()

    def has_marks(self, start: int, end: int) -> bool:
        """Whether any mark covers a letter of text[start:end]."""
        return bool(self._between(start, end))

    def segments(self, start: int, end: int) -> Iterator[Segment]:
        """text[start:end] in segments, without gaps; a mark opens in the first segment that shows it."""
        marks = self._between(start, end)
        edges = {start, end}
        for mark in marks:
            edges |= {max(mark.start, start), min(mark.end, end)}
        for left, right in pairwise(sorted(edges)):
            covering = tuple(mark for mark in marks if mark.start < right and mark.end > left)
            opens = tuple(mark for mark in covering if mark not in self._opened)
            self._opened.update(opens)
            yield Segment(self.text[left:right], covering, opens)

    def _between(self, start: int, end: int) -> list[Mark]:
        before_end = self._marks[: bisect_left(self._marks, end, key=lambda mark: mark.start)]
        return [mark for mark in before_end if mark.end > start]
