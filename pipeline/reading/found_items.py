"""Where in a document its item headings stand."""

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from pipeline.reading.drafts import Draft
from pipeline.reading.headings import ItemHeading, find_heading, title_end

BANNER = re.compile(r"\W*section\s+\d{1,2}\b.{0,80}", re.IGNORECASE)
"""A section's banner ("SECTION 2 - FINANCIAL INFORMATION") above the first of its items."""
_LISTED = re.compile(
    r"\W*(?:ex(?:hibit)?s?[-.\s]{0,3}(?:index|\d|no\b).{0,200}|(?:index|list) (?:to|of) exhibits?.{0,20}"
    r"|signatures?\W*|\d{1,3}|page)",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:items?\s{1,3}\d{1,2}\.|(?P<signature>signatures?\s{1,3})(?=pursuant to the req))",
    re.IGNORECASE,
)
_SHORTEST_RUN_ON = 400
_LONGEST_HEADING = 400
_MOST_INSIDE = 100
_MOST_TITLE_LINES = 4
_LONGEST_TITLE_LINE = 130


@dataclass(slots=True)
class FoundItem:
    """An item heading and the draft that it is; its text starts with the next one."""

    at: int
    heading: ItemHeading
    title: str


def find_items(drafts: list[Draft], old_numbering: bool | None) -> list[FoundItem]:
    """The item headings of a document in order, tables of contents left out.

    A heading becomes one block of `drafts`: what runs on behind it is split off, the title's next lines are
    taken in.
    """
    found = _headings_at_block_starts(drafts, old_numbering)
    if not found and _split_inside(drafts, old_numbering):
        found = _headings_at_block_starts(drafts, old_numbering)
    return _without_lists(drafts, _only_needed_unnumbered(found))


def _headings_at_block_starts(drafts: list[Draft], old_numbering: bool | None) -> list[FoundItem]:
    found: list[FoundItem] = []
    at = 0
    while at < len(drafts):
        draft = drafts[at]
        if draft.grid is not None:
            at += 1
            continue
        heading = find_heading(
            draft.text, stands_alone=_stands_alone(drafts, at), old_numbering=old_numbering
        )
        if heading is None:
            at += 1
            continue
        _take_heading(drafts, at, heading)
        found.append(FoundItem(at, heading, draft.text))
        at += 1
    return found


def _split_inside(drafts: list[Draft], old_numbering: bool | None) -> bool:
    """Part a text that lost its line ends: before item headings with their titles, before the signature."""
    parted = False
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        if draft.grid is not None or len(draft.text) < _SHORTEST_RUN_ON:
            continue
        cuts = [0]
        for match in islice(_INSIDE.finditer(draft.text), _MOST_INSIDE):
            rest = draft.text[match.start() : match.start() + _LONGEST_HEADING]
            heading = find_heading(rest, stands_alone=False, old_numbering=old_numbering)
            if match.group("signature") or (heading is not None and heading.has_title):
                parted = True
                cuts.append(match.start())
        pieces = [draft.text[a:b].strip() for a, b in pairwise([*cuts, len(draft.text)])]
        drafts[at : at + 1] = [Draft("paragraph", piece) for piece in pieces if piece]
    return parted


def _stands_alone(drafts: list[Draft], at: int) -> bool:
    draft = drafts[at]
    return draft.kind == "heading" or len(draft.text) <= 90


def _take_heading(drafts: list[Draft], at: int, heading: ItemHeading) -> None:
    """Make the heading one block: split off what runs on behind it, take in the title's next lines."""
    _split(drafts, at, heading.end)
    drafts[at].kind = "heading"
    for _ in range(_MOST_TITLE_LINES):
        if at + 1 >= len(drafts) or drafts[at + 1].grid is not None:
            break
        following = drafts[at + 1]
        if find_heading(following.text, stands_alone=False, old_numbering=None) is not None:
            break
        end = max(title_end(following.text, number) for number in heading.numbers)
        if not end or (
            heading.has_title and following.kind != "heading" and len(following.text) > _LONGEST_TITLE_LINE
        ):
            break
        rest = following.text[end:].lstrip(" .:;–—-|)")
        if rest and rest[0].islower():
            break
        _split(drafts, at + 1, len(following.text) - len(rest))
        drafts[at].text = f"{drafts[at].text} {drafts[at + 1].text}"
        del drafts[at + 1]
        if rest:
            break


def _split(drafts: list[Draft], at: int, end: int) -> None:
    draft = drafts[at]
    rest = draft.text[end:].strip()
    if rest:
        draft.text = draft.text[:end].rstrip()
        drafts.insert(at + 1, Draft("paragraph", rest))


def _only_needed_unnumbered(found: list[FoundItem]) -> list[FoundItem]:
    numbered = {
        number for heading in found if heading.heading.is_numbered for number in heading.heading.numbers
    }
    return [
        heading
        for heading in found
        if heading.heading.is_numbered or not numbered.intersection(heading.heading.numbers)
    ]  # fmt: skip


def _without_lists(drafts: list[Draft], found: list[FoundItem]) -> list[FoundItem]:
    """Drop tables of contents and item lists: headings without text whose item has a heading further on."""
    kept: list[FoundItem] = []
    later: set[str] = set()
    end = len(drafts)
    for heading in reversed(found):
        numbers = heading.heading.numbers
        if not later.issuperset(numbers) or not _is_listed(drafts, heading.at + 1, end):
            kept.append(heading)
        later.update(numbers)
        end = heading.at
    return kept[::-1]


def _is_listed(drafts: list[Draft], first: int, last: int) -> bool:
    """Nothing stands there but what a table of contents holds: banners, exhibits' names, page numbers."""
    return last - first < 60 and all(
        BANNER.fullmatch(draft.text) or _LISTED.fullmatch(draft.text) for draft in drafts[first:last]
    )  # fmt: skip
