"""What belongs to the page, not the text: page numbers, running heads, sentences parted by a page's end."""

import re
from collections import Counter

from pipeline.reading.characters import MARKER
from pipeline.reading.drafts import Draft

_PAGE_NUMBER = re.compile(
    r"[-–—\s]{0,4}(?:page\s{0,3})?(?:[A-Z]{1,2}-)?\d{1,3}(?:\s{0,3}(?:of|/)\s{0,3}\d{1,3})?[-–—\s]{0,4}"
    r"|[-–—\s]{0,4}[ivx]{1,5}[-–—\s]{0,4}",
    re.IGNORECASE,
)
_SURE_PAGE_NUMBER = re.compile(r"[-–—]\s?\d{1,3}\s?[-–—]|page\s\d{1,3}(?:\sof\s\d{1,3})?", re.IGNORECASE)
_PAGE_MARK = "<PAGE>"  # as text, in HTML made from a plain-text filing
_LINK_BACK = re.compile(r"(?:back to |return to )?(?:table of contents|top of (?:the )?page)", re.IGNORECASE)
_LONGEST_RUNNING_HEAD = 200
_OWN_HEADING = re.compile(
    r"\W*(?:items?\b|section\b|signatures?\W*$|exhibit|(?:index|list) (?:to|of)\b)", re.IGNORECASE
)


def without_furniture(drafts: list[Draft]) -> list[Draft]:
    """Drop page numbers and lines that stand at the top or bottom of most pages; mend parted sentences."""
    near = _near_breaks(drafts)
    repeated = _running_heads(drafts, near)
    kept: list[Draft] = []
    page_break = False
    for at, draft in enumerate(drafts):
        page_break = page_break or draft.page_break_before or draft.text == _PAGE_MARK
        if _is_furniture(drafts, at, bool(near[at]), repeated):
            continue
        draft.page_break_before = page_break
        if kept and (_is_marked_by(kept[-1], draft) or (page_break and _goes_on(kept[-1], draft))):
            kept[-1].text = f"{kept[-1].text} {draft.text}"
        else:
            kept.append(draft)
        page_break = False
    return kept


def _is_furniture(drafts: list[Draft], at: int, near_break: bool, repeated: frozenset[str]) -> bool:
    draft = drafts[at]
    if draft.grid is not None or len(draft.text) > _LONGEST_RUNNING_HEAD:
        return False
    if (
        draft.text == _PAGE_MARK
        or _SURE_PAGE_NUMBER.fullmatch(draft.text)
        or _LINK_BACK.fullmatch(draft.text)
    ):
        return True
    if _PAGE_NUMBER.fullmatch(draft.text):
        return draft.page_break_before or at + 1 >= len(drafts) or drafts[at + 1].page_break_before
    return near_break and draft.text in repeated


def _goes_on(before: Draft, draft: Draft) -> bool:
    """A sentence that breaks off at the page's end and goes on in lower case on the next."""
    return (
        draft.kind == "paragraph"
        and before.kind in ("paragraph", "list_entry")
        and len(before.text) > 40
        and before.text[-1] not in ".:;!?"
        and draft.text[0].islower()
    )


def _is_marked_by(mark: Draft, draft: Draft) -> bool:
    """A bullet or number that stands in a block of its own, before the block of the entry's text."""
    return (
        mark.kind == "list_entry"
        and draft.kind in ("paragraph", "list_entry")
        and len(mark.text) <= 5
        and MARKER.fullmatch(mark.text) is not None
    )


def _near_breaks(drafts: list[Draft]) -> bytearray:
    """Which blocks stand within two blocks of a page's end or start."""
    near = bytearray(len(drafts) + 2)
    for at, draft in enumerate(drafts):
        if draft.page_break_before:
            near[max(0, at - 2) : at + 2] = b"\1" * (at + 2 - max(0, at - 2))
    return near


def _running_heads(drafts: list[Draft], near: bytearray) -> frozenset[str]:
    """Short texts that stand near at least half of the page breaks, save headings of the document's parts."""
    breaks = sum(draft.page_break_before for draft in drafts)
    if breaks < 2:
        return frozenset()
    counted = Counter(
        draft.text
        for at, draft in enumerate(drafts)
        if near[at] and draft.grid is None and len(draft.text) <= _LONGEST_RUNNING_HEAD
    )
    least = max(2, breaks // 2)
    return frozenset(
        text for text, count in counted.items() if count >= least and not _OWN_HEADING.match(text)
    )
