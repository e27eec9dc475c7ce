"""Tables in plain text: which lines form one, and its rows."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.reading.characters import clean, is_figure
from pipeline.reading.drafts import Draft, RawCell
from pipeline.reading.grids import table_draft
from pipeline.reading.plain_lines import Line, Segment

_MOST_HEAD_LINES = 7
_MOST_LABEL_LINES = 6
_OVERHANG = 6  # characters by which a label may reach under the first figures
_RULE_SEGMENT = re.compile(r"[-=_–— ]{4,}")
_AMOUNT = re.compile(r"[$€£¥%]|million|billion|thousand")


def find_tables(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """The line ranges [first, end) that are tables of figures."""
    at = 0
    floor = 0
    while at < len(lines):
        if not lines[at].is_tabular:
            at += 1
            continue
        end, tabular = _extend(lines, at)
        first = _heads(lines, at, floor, _figure_start(lines, at, end))
        if (tabular >= 2 and _aligned(lines, at, end)) or (tabular == 1 and _is_single_row(lines, first, at)):
            yield first, end
            floor = end
        at = end


def _extend(lines: list[Line], at: int) -> tuple[int, int]:
    """The end of the run of rows that starts at `at`, and how many of them hold figures."""
    end = at + 1
    tabular = 1
    edge = _first_figure(lines[at])
    look = end
    words = 0
    after_gap = False
    while look < len(lines) and words <= _MOST_LABEL_LINES and look - end <= 2 * _MOST_LABEL_LINES:
        line = lines[look]
        if line.is_tabular:
            end = look + 1
            tabular += 1
            edge = min(edge, _first_figure(line))
            words = 0
        elif line.is_rule:
            end = look + 1
        elif not line.is_blank:
            if not _is_label(line, edge) or (len(line.segments) > 1 and after_gap):
                break
            words += 1
        after_gap = line.is_blank or line.is_rule
        look += 1
    return end, tabular


def _is_label(line: Line, edge: int) -> bool:
    """Words in the label column only: a row title, or a label that wraps."""
    if len(line.segments) > 1:
        return all(len(segment.text) < 40 for segment in line.segments)
    return line.segments[-1].end <= edge + 2 and len(line.segments[0].text) < 60


def _first_figure(line: Line) -> int:
    return next((s.start for s in line.segments[1:] if is_figure(s.text)), len(line.text))


def _figure_start(lines: list[Line], first: int, end: int) -> int:
    return min(_first_figure(line) for line in lines[first:end] if line.is_tabular)


def _heads(lines: list[Line], at: int, floor: int, edge: int) -> int:
    """Where the column heads above the first row of figures start.

    Row titles between heads and figures ("Cash charges:") are taken in once heads stand above them.
    """
    first = at
    look = at - 1
    blanks = titles = 0
    while look >= floor and at - look <= _MOST_HEAD_LINES + blanks + titles:
        line = lines[look]
        if line.is_blank:
            blanks += 1
            if blanks > 2 or (first == at and blanks > 1 and not titles):
                break
        elif line.is_rule or _is_head(line, edge):
            first = look
            blanks = titles = 0
        elif titles < 3 and _is_row_title(line, edge):
            titles += 1
        else:
            break
        look -= 1
    return first


def _is_head(line: Line, edge: int) -> bool:
    if len(line.segments) > 1:
        return all(len(segment.text) < 45 for segment in line.segments)
    only = line.segments[0]
    if only.start >= edge - 12 and only.start > 8:
        return True
    return only.end <= edge + 2 and len(only.text) < 50 and (only.text[0] == "(" or only.text[-1] == ")")


def _is_row_title(line: Line, edge: int) -> bool:
    if len(line.segments) != 1:
        return False
    only = line.segments[0]
    return only.end <= edge + 2 and len(only.text) < 50 and only.text[-1] not in ".,;"


def _is_single_row(lines: list[Line], first: int, at: int) -> bool:
    """One row of figures is a table where it holds an amount and a column head stands right above it."""
    label_end = lines[at].segments[0].end
    if not any(_AMOUNT.search(segment.text) for segment in lines[at].segments[1:]):
        return False
    heads = [segment for line in lines[first:at] for segment in line.segments]
    return any(segment.start >= label_end for segment in heads) and all(
        len(segment.text) <= 45 and segment.text[-1] not in ".?!;" for segment in heads
    )


def _aligned(lines: list[Line], first: int, end: int) -> bool:
    """Whether figures of different lines stand under one another."""
    rows = [
        [(segment.start, segment.end) for segment in line.segments[1:] if is_figure(segment.text)]
        for line in lines[first:end]
        if line.is_tabular
    ]
    return any(
        start < below_end and below_start < end_
        for above, below in pairwise(rows)
        for start, end_ in above
        for below_start, below_end in below
    )


def plain_table_draft(lines: list[Line]) -> Draft:
    """The grid of the lines of one table."""
    rows: list[list[RawCell]] = []
    heads: int | None = None
    edge = _figure_start(lines, 0, len(lines))
    held: list[Segment] = []  # lines of a label that goes on
    for at, line in enumerate(lines):
        if line.is_blank or line.is_rule:
            continue
        if line.column_mark and rows and heads is None:
            heads = len(rows)
        segments = [segment for segment in line.segments if not _RULE_SEGMENT.fullmatch(segment.text)]
        if held and segments:
            segments[0] = _joined(held.pop(), segments[0])
        if at + 1 < len(lines) and _goes_on(line, lines[at + 1], edge) and _leads_to_figures(lines, at, edge):
            held = segments
            continue
        cells = [RawCell(segment.start, segment.end, clean(segment.text)) for segment in segments]
        rows.append([cell for cell in cells if cell.text])
    return table_draft([row for row in rows if row], heads)


def _joined(above: Segment, below: Segment) -> Segment:
    """One label of two lines; a word broken at its own hyphen ("non-" / "cash") stays one word."""
    space = "" if above.text[-1] == "-" and above.text[-2:-1].isalpha() and below.text[0].islower() else " "
    return Segment(
        min(above.start, below.start), max(above.end, below.end), f"{above.text}{space}{below.text}"
    )


def _leads_to_figures(lines: list[Line], at: int, edge: int) -> bool:
    """Whether the label that starts here ends in a line with figures."""
    for line, following in pairwise(lines[at : at + 1 + _MOST_LABEL_LINES]):
        if line.is_tabular:
            return True
        if not _goes_on(line, following, edge):
            return False
        if following.is_tabular:
            return True
    return False


def _goes_on(line: Line, following: Line, edge: int) -> bool:
    """A label alone in its line, and the next one starts deeper or in lower case."""
    if len(line.segments) != 1 or not following.segments or line.text[-1] == ":":
        return False
    below = following.segments[0]
    if is_figure(below.text) or line.segments[0].end > edge + _OVERHANG:
        return False
    if not following.is_tabular and below.end > edge + _OVERHANG:
        return False
    return (
        below.text[0].islower()
        or below.text[0] == "("
        or (below.start > line.segments[0].start and not line.text.strip().isupper())
    )
