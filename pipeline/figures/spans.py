"""Which stretches of a text are taken, so that every word is in one reading only."""

from bisect import bisect_right


class Taken:
    """Non-overlapping half-open spans; `take` answers in logarithmic time whether one still fits."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Take the span, unless a part of it is taken."""
        place = bisect_right(self._starts, start)
        if place and self._ends[place - 1] > start:
            return False
        if place < len(self._starts) and self._starts[place] < end:
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True
