"""A main document's blocks to its parts: cover, explanatory note, items, signatures, exhibit index."""

import re
from dataclasses import dataclass

from pipeline.reading.drafts import Draft
from pipeline.reading.found_items import BANNER, FoundItem, find_items
from pipeline.reading.model import PartKind

_SIGNATURE = re.compile(
    r"\W{0,9}s\s?i\s?g\s?n\s?a\s?t\s?u\s?r\s?e(?:\s?s|\(s\))?(?:\s+page)?\W*", re.IGNORECASE
)
_SIGNED = re.compile(
    r"\W*pursuant to the requirements? of (?:(?:the )?section \d|the securities)", re.IGNORECASE
)
_HAND = re.compile(r"/s/|\(signature\)", re.IGNORECASE)
_EXHIBIT_INDEX = re.compile(
    r"\W*(?:(?:index (?:to|of)|list of) exhibits?|exhibits? (?:index|list))\W*", re.IGNORECASE
)
_EMBEDDED_EXHIBIT = re.compile(
    r"\W*(?:EX-(?P<type>99[\d.]*)|exhibit\s+(?:no\.?\s*)?(?P<number>99[\d.]*))\W*", re.I
)
_NOTE = re.compile(
    r"\W*(?:explanatory|introductory|preliminary|amendment)\s+(?:note|statement|paragraph)s?\b", re.I
)
_AMENDS = re.compile(
    r"this (?:amendment|form 8-k/a|current report|report|amended)|(?:the|its|our|original) form 8-k"
    r"|current report on form 8-k|original (?:report|filing|form|8-k)",
    re.IGNORECASE,
)
_COVER = re.compile(
    r"check the appropriate box|pre-commencement|written communications pursuant|soliciting material"
    r"|emerging growth company|former name or former address|12\(b\)|trading symbol|telephone number"
    r"|zip code|exact name of registrant|registrant.s exact name|date of report|\(state\b|irs employer"
    r"|i\.r\.s\. employer|commission file|general instruction a\.?2",
    re.IGNORECASE,
)
_SIGNATURE_LEAD = re.compile(r"\W*(?i:dated?\b|by\b|name\b|title\b)|[^a-z]{3,80}$")
_NAMED = re.compile(r"exact name|registrant.s name", re.IGNORECASE)
_LONGEST_COVER = 80  # blocks
_SHORTEST_NOTE = 80  # characters


@dataclass(slots=True)
class Part:
    """The drafts [first, last) of the main document, and what they are."""

    kind: PartKind
    first: int
    last: int
    items: tuple[str, ...] = ()
    title: str = ""
    heading_first: int = 0
    """Where the heading starts: after a section banner, which belongs to the part but not to its text."""
    body_first: int = 0
    exhibit_type: str = ""


def split_parts(drafts: list[Draft], old_numbering: bool | None) -> list[Part]:
    """Every draft in exactly one part, in order; a heading that runs on is split from its text."""
    found = find_items(drafts, old_numbering)
    end = _end_of_items(drafts, found)
    found = [heading for heading in found if heading.at < end]
    if found:
        parts = [*_before_items(drafts, found[0].at), *_item_parts(drafts, found, end)]
    else:
        parts = _cover_and_body(drafts, end)
    parts.extend(_after_items(drafts, end))
    return parts


def _end_of_items(drafts: list[Draft], found: list[FoundItem]) -> int:
    """Where signatures or the exhibit index start."""
    start = found[0].at + 1 if found else 0
    last_heading = found[-1].at + 1 if found else 0
    for at in range(start, len(drafts)):
        text = drafts[at].text
        if _SIGNATURE.fullmatch(text) or _SIGNED.match(text):
            return at
        named_exhibit = _EMBEDDED_EXHIBIT.fullmatch(text)
        if (
            named_exhibit
            and (named_exhibit.group("type") or at >= last_heading)
            and _exhibit_starts(drafts, at)
        ):
            return at
        if at >= last_heading and len(text) <= 400:
            if _EXHIBIT_INDEX.fullmatch(text):
                return at
            if _HAND.search(text):
                while at > last_heading and _SIGNATURE_LEAD.match(drafts[at - 1].text):
                    at -= 1
                return at
    return len(drafts)


def _exhibit_starts(drafts: list[Draft], at: int) -> bool:
    """An exhibit's own title page, not an entry of the exhibit list: text of some length follows."""
    following = drafts[at + 1 : at + 12]
    return drafts[at].text.upper().startswith("EX-") or any(len(draft.text) > 250 for draft in following)


def _cover_and_body(drafts: list[Draft], end: int) -> list[Part]:
    """The parts of a document without item headings; a text that starts with its matter has no cover."""
    cover = _cover_end(drafts, min(end, _LONGEST_COVER))
    if not any(_NAMED.search(draft.text) for draft in drafts[:cover]):
        cover = 0
    parts = [Part("cover", 0, cover), Part("body", cover, end, heading_first=cover, body_first=cover)]
    return [part for part in parts if part.first < part.last]


def _cover_end(drafts: list[Draft], last: int) -> int:
    return 1 + next((at for at in range(last - 1, -1, -1) if _COVER.search(drafts[at].text)), -1)


def _before_items(drafts: list[Draft], first: int) -> list[Part]:
    """The cover, and an explanatory note where there is one."""
    while first and BANNER.fullmatch(drafts[first - 1].text) and len(drafts[first - 1].text) <= 90:
        first -= 1
    note = next((at for at in range(first) if _NOTE.match(drafts[at].text)), None)
    if note is None:
        for at in range(_cover_end(drafts, first), first):
            if len(drafts[at].text) >= _SHORTEST_NOTE and _AMENDS.search(drafts[at].text):
                note = at
                break
    if note is None:
        return [Part("cover", 0, first)] if first else []
    title = drafts[note].text if drafts[note].kind == "heading" else "Explanatory Note"
    parts = [Part("cover", 0, note)] if note else []
    return [*parts, Part("explanatory_note", note, first, title=title, heading_first=note, body_first=note)]


def _item_parts(drafts: list[Draft], found: list[FoundItem], end: int) -> list[Part]:
    parts: list[Part] = []
    for position, heading in enumerate(found):
        following = found[position + 1].at if position + 1 < len(found) else end
        last = following
        if position + 1 < len(found):
            while (
                last > heading.at + 1
                and BANNER.fullmatch(drafts[last - 1].text)
                and len(drafts[last - 1].text) <= 90
            ):
                last -= 1
        first = parts[-1].last if parts else _with_banner(drafts, heading.at)
        parts.append(
            Part("item", first, last, heading.heading.numbers, heading.title, heading.at, heading.at + 1)
        )
    return parts


def _with_banner(drafts: list[Draft], at: int) -> int:
    while at and BANNER.fullmatch(drafts[at - 1].text) and len(drafts[at - 1].text) <= 90:
        at -= 1
    return at


def _after_items(drafts: list[Draft], end: int) -> list[Part]:
    """Signatures, exhibit index, and exhibits that stand in the same document."""
    parts: list[Part] = []
    first = end
    kind: PartKind = "signature"
    exhibit_type = ""
    for at in range(end, len(drafts) + 1):
        next_kind: PartKind | None = None
        next_type = ""
        if at < len(drafts):
            text = drafts[at].text
            exhibit = _EMBEDDED_EXHIBIT.fullmatch(text)
            if _EXHIBIT_INDEX.fullmatch(text) and kind != "exhibit":
                next_kind = "exhibit_index"
            elif exhibit and _exhibit_starts(drafts, at):
                next_kind = "exhibit"
                next_type = "EX-" + (exhibit.group("type") or exhibit.group("number")).rstrip(".")
                if next_type == exhibit_type:
                    next_kind = None
            elif _SIGNATURE.fullmatch(text) and kind == "exhibit_index":
                next_kind = "signature"
        if at == len(drafts) or next_kind is not None:
            if at > first:
                title = _exhibit_title(drafts, first, at) if kind == "exhibit" else ""
                parts.append(Part(kind, first, at, (), title, first, first, exhibit_type))
            first = at
            kind = next_kind or kind
            exhibit_type = next_type
    return parts


def _exhibit_title(drafts: list[Draft], first: int, last: int) -> str:
    for draft in drafts[first:last]:
        if not _EMBEDDED_EXHIBIT.fullmatch(draft.text):
            return draft.text if len(draft.text) <= 200 else ""
    return ""
