"""Where a section points for its disclosure: "incorporated by reference", "see Item 2.06", "Exhibit 99.1"."""

import re
from collections.abc import Iterable, Mapping

from pipeline.edgar.items import ITEM_TITLES, OLD_ITEM_TITLES

_NUMBER = r"\d{1,2}\.\d{2}(?!\d)|\d{1,2}(?![\d.]*\d|[A-Za-z])"
_SUBPARAGRAPHS = r"(?:\([a-z]\)){0,3}"
_ITEMS = (
    rf"items?\s+(?P<items>(?:{_NUMBER}){_SUBPARAGRAPHS}"
    rf"(?:(?:,|\s|and|or|&|items?){{1,6}}(?:{_NUMBER}){_SUBPARAGRAPHS}){{0,12}})"
)
_EXHIBIT_NUMBER = r"\d{1,3}(?:\.\d{1,3}|\.\([a-zA-Z\d]{1,3}\)|\([a-zA-Z\d]{1,3}\))?"
_EXHIBITS = (
    rf"exhibits?\s+(?:no\.?\s)?(?P<exhibits>(?:{_EXHIBIT_NUMBER})"
    rf"(?:(?:,|\s|and|or|&){{1,6}}(?:exhibit\s+)?(?:{_EXHIBIT_NUMBER})){{0,12}})"
)
_REFERENCE = re.compile(rf"\b(?:{_ITEMS}|{_EXHIBITS})", re.IGNORECASE)
_POINTERS = ("item", "exhibit", "incorporat")
"""A sentence without any of these points nowhere."""
_REACH = 300
"""How far before a reference the words that make it a pointer may stand."""
_ONE_ITEM = re.compile(_NUMBER)
_ONE_EXHIBIT = re.compile(_EXHIBIT_NUMBER)
_SENTENCE = re.compile(r"[^.\n]+(?:\.(?!\s+[A-Z(“\"])[^.\n]*)*\.?")
_INCORPORATES = re.compile(r"incorporat", re.IGNORECASE)
_POINTS = re.compile(
    r"\bsee\b|\brefer(?:red|ence is made)?\s+to\b|\breference is (?:hereby )?made\b"
    r"|\binformation\b.{0,60}?\b(?:in|under|by|of)\s*$"
    r"|\b(?:set forth|contained|included|described|disclosed|discussed|provided|reported|stated|given"
    r"|appears?|found|presented|furnished|detailed|summarized)\s+(?:above\s+|below\s+|herein\s+)?"
    r"(?:in|under|at|pursuant to|within)\b[^.]{0,120}$",
    re.IGNORECASE,
)
_NOT_INCORPORATED = re.compile(
    r"\bnot\b[^.]{0,40}\bincorporat|\bnor\b[^.]{0,60}\bincorporat|\bdeemed incorporated"
    r"|incorporated by reference (?:in|into) any (?:filing|registration)",
    re.IGNORECASE,
)
_NOT_DEEMED = re.compile(r"\bnot be deemed\b", re.IGNORECASE)
_ATTACHED = re.compile(
    r"\b(?:release|exhibits?|attached|letter|transcript|presentation|paragraphs?|of it|thereof)\b",
    re.IGNORECASE,
)
_OTHER_FILING = re.compile(r"\bforms? (?:8|10|20|s)-|statement\b|\bfiled (?:with|on|by)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"[\s,\"“”]*(?:\([^)]*\)\s*)?(?:[\"“][^\"”]{0,80}[\"”],?\s*)?(?:of|to|in|on)\s+(?:(?:the|our|its|"
    r"that|such|a|each|company.s|registrant.s|original|"
    r"initial|prior|previous|quarterly|annual|current|amended|same|report|on)\s+)*(?:form\s+(?:10|20|"
    r"8|s-)|\d{4}\s+form|(?:quarterly|annual|"
    r"current|original|registration|initial|prior)\b|8-k|10-[kq])",
    re.IGNORECASE,
)
_THIS_REPORT = re.compile(
    r"\b(?:this|the present)\s+(?:current\s+)?(?:report|form)|herein|hereto|hereby", re.IGNORECASE
)
_FROM = re.compile(r"(?:\b(?:from|to|in|see|and|with)|,)\s+(?:this\s+|the\s+|such\s+){0,2}$", re.IGNORECASE)
_INTO = re.compile(r"\b(?:into|in|under)\s+(?:this\s+|each of\s+|the\s+){0,3}$", re.IGNORECASE)


def find_references(text: str, own_items: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a section's text points to, and which other items it says it is incorporated into.

    Returns:
        Items ("2.06") and exhibits ("EX-99.1", not resolved) pointed to; items that this section goes into.
    """
    own = set(own_items)
    targets: dict[str, None] = {}
    receivers: dict[str, None] = {}
    attached: list[str] = []  # exhibits of the last sentence that named any
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        lowered = words.lower()
        if not any(word in lowered for word in _POINTERS):
            continue
        references = list(_REFERENCE.finditer(words))
        incorporates = _INCORPORATES.search(words)
        if (incorporates and _NOT_INCORPORATED.search(words)) or _NOT_DEEMED.search(words):
            continue
        elsewhere = any(name not in own for reference in references for name in _named(reference))
        if not elsewhere and incorporates and _ATTACHED.search(words) and not _OTHER_FILING.search(words):
            targets.update(dict.fromkeys(attached or ["EX-99"]))
        if any(reference.group("exhibits") for reference in references):
            attached = []
        for reference in references:
            if _ELSEWHERE.match(words, reference.end()) and not _is_this_report(words, reference.end()):
                continue
            named = [name for name in _named(reference) if name not in own]
            attached.extend(name for name in named if name.startswith("EX-"))
            if _goes_into(words, incorporates, reference):
                receivers.update(dict.fromkeys(name for name in named if name in ITEM_TITLES))
            elif _points(words, incorporates, reference):
                targets.update(dict.fromkeys(named))
    return tuple(targets), tuple(receivers)


def _goes_into(words: str, incorporates: re.Match[str] | None, reference: re.Match[str]) -> bool:
    """ "… is incorporated by reference into Item 2.05": the reference names the receiver."""
    if incorporates is None or incorporates.end() > reference.start() or not reference.group("items"):
        return False
    return _INTO.search(_before(words, reference, incorporates.end())) is not None


def _points(words: str, incorporates: re.Match[str] | None, reference: re.Match[str]) -> bool:
    if incorporates is not None and incorporates.end() <= reference.start():
        link = _before(words, reference, incorporates.end())
        return _FROM.search(link) is not None or _POINTS.search(link) is not None
    return incorporates is not None or _POINTS.search(_before(words, reference, 0)) is not None


def _before(words: str, reference: re.Match[str], start: int) -> str:
    return words[max(start, reference.start() - _REACH) : reference.start()]


def _is_this_report(words: str, at: int) -> bool:
    return (
        _THIS_REPORT.match(
            words[at : at + 60].lstrip(" ,").removeprefix("of ").removeprefix("to ").removeprefix("in ")
        )
        is not None
    )


def _named(reference: re.Match[str]) -> list[str]:
    if reference.group("items"):
        return [
            n for n in _ONE_ITEM.findall(reference.group("items")) if n in ITEM_TITLES or n in OLD_ITEM_TITLES
        ]
    return [f"EX-{number}" for number in _ONE_EXHIBIT.findall(reference.group("exhibits"))]


def resolve(targets: Iterable[str], items: Iterable[str], exhibits: Mapping[str, int]) -> tuple[str, ...]:
    """Targets as the filing names them: "EX-99.01" or "EX-99" is "EX-99.1" where that is what was filed.

    A bare number ("Item 5") counts only where the filing has such an item; an item of the new numbering that
    the filing does not hold is kept, since the pointer says where the disclosure should be.
    """
    held = set(items)
    resolved: dict[str, None] = {}
    for target in targets:
        if target == "EX-99" and not any(name.startswith(target) for name in exhibits):
            continue
        if target.startswith("EX-"):
            resolved[_exhibit(target, exhibits)] = None
        elif target in ITEM_TITLES or target in held:
            resolved[target] = None
    return tuple(resolved)


def _exhibit(target: str, exhibits: Mapping[str, int]) -> str:
    if target in exhibits:
        return target
    alike = [name for name in exhibits if _exhibit_key(name) == _exhibit_key(target)]
    if len(alike) == 1:
        return alike[0]
    family = [name for name in exhibits if name.split(".")[0] == target.split(".")[0]]
    return family[0] if len(family) == 1 else target


def _exhibit_key(name: str) -> tuple[str, ...]:
    return tuple(part.lstrip("0") for part in re.findall(r"[A-Za-z]+|\d+", name.removeprefix("EX-")))
