"""A main document's blocks to its parts: cover, explanatory note, items, signatures, exhibit index."""

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.reading.drafts import Draft
from pipeline.reading.headings import ItemHeading, find_heading, title_end

PartKind = Literal["cover", "explanatory_note", "item", "body", "signature", "exhibit_index", "exhibit"]
"""`body` is the text of a document that has no item heading at all."""

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
_BANNER = re.compile(r"\W*section\s+\d{1,2}\b.{0,80}", re.IGNORECASE)
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
_LISTED = re.compile(
    r"\W*(?:ex(?:hibit)?s?[-.\s]{0,3}(?:index|\d|no\b).{0,200}|(?:index|list) (?:to|of) exhibits?.{0,20}"
    r"|signatures?\W*|\d{1,3}|page)",
    re.IGNORECASE,
)


_NAMED = re.compile(r"exact name|registrant.s name", re.IGNORECASE)
_LONGEST_COVER = 80  # blocks
_SHORTEST_NOTE = 80  # characters
_MOST_TITLE_LINES = 4
_LONGEST_TITLE_LINE = 130


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


@dataclass(slots=True)
class _Found:
    at: int
    body: int
    heading: ItemHeading
    title: str


def split_parts(drafts: list[Draft], old_numbering: bool | None) -> list[Part]:
    """Every draft in exactly one part, in order; a heading that runs on is split from its text."""
    found = _find_headings(drafts, old_numbering)
    found = _without_lists(drafts, found)
    end = _end_of_items(drafts, found)
    found = [heading for heading in found if heading.at < end]
    if found:
        parts = [*_before_items(drafts, found[0].at), *_item_parts(drafts, found, end)]
    else:
        parts = _cover_and_body(drafts, end)
    parts.extend(_after_items(drafts, end))
    return parts


def _find_headings(drafts: list[Draft], old_numbering: bool | None) -> list[_Found]:
    found: list[_Found] = []
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
        found.append(_Found(at, at + 1, heading, draft.text))
        at += 1
    return _only_needed_unnumbered(found)


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


def _only_needed_unnumbered(found: list[_Found]) -> list[_Found]:
    numbered = {
        number for heading in found if heading.heading.is_numbered for number in heading.heading.numbers
    }
    return [
        heading
        for heading in found
        if heading.heading.is_numbered or not numbered.intersection(heading.heading.numbers)
    ]  # fmt: skip


def _without_lists(drafts: list[Draft], found: list[_Found]) -> list[_Found]:
    """Drop tables of contents and item lists: headings without text whose item has a heading further on."""
    kept: list[_Found] = []
    later: set[str] = set()
    end = len(drafts)
    for heading in reversed(found):
        numbers = heading.heading.numbers
        if not later.issuperset(numbers) or not _is_listed(drafts, heading.body, end):
            kept.append(heading)
        later.update(numbers)
        end = heading.at
    return kept[::-1]


def _is_listed(drafts: list[Draft], first: int, last: int) -> bool:
    """Nothing stands there but what a table of contents holds: banners, exhibits' names, page numbers."""
    return last - first < 60 and all(
        _BANNER.fullmatch(draft.text) or _LISTED.fullmatch(draft.text) for draft in drafts[first:last]
    )  # fmt: skip


def _has_body(drafts: list[Draft], first: int, last: int) -> bool:
    return any(not _BANNER.fullmatch(draft.text) for draft in drafts[first:last])


def _end_of_items(drafts: list[Draft], found: list[_Found]) -> int:
    """Where signatures or the exhibit index start."""
    if not found:
        start = 0
    else:
        start = next((h.body for h in found if _has_body(drafts, h.body, len(drafts))), found[0].body)
    last_heading = found[-1].body if found else 0
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
    return 1 + max((at for at in range(last) if _COVER.search(drafts[at].text)), default=-1)


def _before_items(drafts: list[Draft], first: int) -> list[Part]:
    """The cover, and an explanatory note where there is one."""
    while first and _BANNER.fullmatch(drafts[first - 1].text) and len(drafts[first - 1].text) <= 90:
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


def _item_parts(drafts: list[Draft], found: list[_Found], end: int) -> list[Part]:
    parts: list[Part] = []
    for position, heading in enumerate(found):
        following = found[position + 1].at if position + 1 < len(found) else end
        last = following
        if position + 1 < len(found):
            while (
                last > heading.body
                and _BANNER.fullmatch(drafts[last - 1].text)
                and len(drafts[last - 1].text) <= 90
            ):
                last -= 1
        first = parts[-1].last if parts else _with_banner(drafts, heading.at)
        parts.append(
            Part("item", first, last, heading.heading.numbers, heading.title, heading.at, heading.body)
        )
    return parts


def _with_banner(drafts: list[Draft], at: int) -> int:
    while at and _BANNER.fullmatch(drafts[at - 1].text) and len(drafts[at - 1].text) <= 90:
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
