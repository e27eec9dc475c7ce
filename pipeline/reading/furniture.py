"""What belongs to the page rather than the text: page numbers and running heads."""

import re
from collections import Counter

from pipeline.reading.drafts import Draft

_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s*)?(?:[A-Z]{1,2}-)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—\s]*|[-–—\s]*[ivx]{1,5}[-–—\s]*", re.I
)
_SURE_PAGE_NUMBER = re.compile(r"[-–—]\s*\d{1,3}\s*[-–—]|page\s+\d{1,3}(?:\s+of\s+\d{1,3})?", re.IGNORECASE)
_LINK_BACK = re.compile(r"(?:back to |return to )?(?:table of contents|top of (?:the )?page)", re.IGNORECASE)
_LONGEST_RUNNING_HEAD = 90
_ITEM = re.compile(r"\s*items?\b", re.IGNORECASE)


def without_furniture(drafts: list[Draft]) -> list[Draft]:
    """Drop page numbers at page ends, and lines that stand again and again at the top or bottom of pages."""
    dropped: set[int] = set()
    repeated = _running_heads(drafts)
    for at, draft in enumerate(drafts):
        if draft.grid is not None or len(draft.text) > _LONGEST_RUNNING_HEAD:
            continue
        if _SURE_PAGE_NUMBER.fullmatch(draft.text) or _LINK_BACK.fullmatch(draft.text):
            dropped.add(at)
        elif _PAGE_NUMBER.fullmatch(draft.text):
            before_break = at + 1 >= len(drafts) or drafts[at + 1].page_break_before
            if before_break or draft.page_break_before:
                dropped.add(at)
        elif draft.text in repeated and _near_break(drafts, at):
            dropped.add(at)
    kept = [draft for at, draft in enumerate(drafts) if at not in dropped]
    return kept


def _near_break(drafts: list[Draft], at: int) -> bool:
    """Within two blocks of a page's end or start."""
    return any(drafts[i].page_break_before for i in range(max(0, at - 1), min(len(drafts), at + 3)))


def _running_heads(drafts: list[Draft]) -> frozenset[str]:
    """Short texts that stand near a page break at least twice, save the document's own headings of items."""
    breaks = sum(draft.page_break_before for draft in drafts)
    if breaks < 2:
        return frozenset()
    counted = Counter(
        draft.text
        for at, draft in enumerate(drafts)
        if draft.grid is None and len(draft.text) <= _LONGEST_RUNNING_HEAD and _near_break(drafts, at)
    )
    return frozenset(
        text for text, count in counted.items() if count >= 2 and not _ITEM.match(text) and text.upper() != "SIGNATURES"
    )
