"""Recognising the heading of an item: which items it names, where it ends, what runs on behind it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.edgar.items import ITEM_TITLES, OLD_ITEM_TITLES, item_titles, title_words

_NUMBER = r"\d{1,2}\s?[.,]\s?\d{1,2}(?!\d)|\d(?:\.o|-0)\d(?!\d)|\d{1,3}(?![\d,]*\d)"
_PARAGRAPHS = r"(?:\s*\([a-z]{1,3}\)(?:\s*(?:,|and|&|-)*\s*\([a-z]{1,3}\))*)?"
_NEXT_NUMBER = rf"\s*(?:,|;|/|&|and|or)+\s*(?:and\s*)?(?:items?\s*)?(?:{_NUMBER}){_PARAGRAPHS}"
_NUMBERED = re.compile(
    r"[^\w]{0,6}(?:section\s+\d{1,2}\b[^.]{0,70}?\s|form 8-k(?:/a)?[\s,:–—-]{1,4})?"
    r"i\s?tems?\s{0,3}(?:no\.?|nos\.?|number)?\s{0,3}[:#.–-]?\s{0,3}"
    rf"(?P<numbers>(?:{_NUMBER}){_PARAGRAPHS}(?:{_NEXT_NUMBER})*)(?P<separator>[\s.:;|)–—-]*)",
    re.IGNORECASE,
)
_ONE_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_MISPRINTS = str.maketrans(",-Oo", "..00")
_ANOTHER = re.compile(
    rf"[\s.;,:|/&–—-]*(?:and\s+)?items?\s*(?:no\.?\s*)?(?P<number>\d{{1,2}}\s?\.\s?\d{{2}}){_PARAGRAPHS}[\s.:;|)–—-]*",
    re.I,
)
_BARE_NUMBER = re.compile(r"\W{0,3}(\d\.\d\d)[\s.:|–—-]+")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’]s)?")
_AFTER_TITLE = re.compile(r"[\s.:;|)\]–—-]*")
_CONTINUED = re.compile(r"\W*(?:cont(?:inued|['’]d)?|as amended|amended|update)\W*", re.IGNORECASE)
_LONGEST_OWN_TITLE = 130
_TITLES = {
    number: tuple(title_words(title) for title in item_titles(number))
    for number in (*ITEM_TITLES, *OLD_ITEM_TITLES)
}
_TELLING_TITLES: dict[str, list[str]] = {}
"""Items whose titles have three words or more, by the first of them; that of 9.01 tells too little."""
for _number in ITEM_TITLES:
    for _title in _TITLES[_number]:
        if len(_title) >= 3 and _number != "9.01" and _number not in _TELLING_TITLES.get(_title[0], ()):
            _TELLING_TITLES.setdefault(_title[0], []).append(_number)


_words = lru_cache(maxsize=4096)(title_words)


@dataclass(frozen=True, slots=True)
class ItemHeading:
    """An item heading at the start of a text."""

    numbers: tuple[str, ...]
    end: int
    """Where the heading ends; text behind it runs on."""
    has_title: bool
    is_numbered: bool = True


def find_heading(text: str, *, stands_alone: bool, old_numbering: bool | None) -> ItemHeading | None:
    """The item heading with which a block starts, or None for running text that only mentions items.

    Args:
        text: the block's text.
        stands_alone: the block looks like a heading of its own (emphasised, centred, a single short line).
        old_numbering: the filing uses items 1 to 12; None where its date does not say.
    """
    match = _NUMBERED.match(text)
    if match is None:
        return _unnumbered(text, old_numbering) if stands_alone else None
    raw = [
        re.sub(r"\s", "", number).translate(_MISPRINTS)
        for number in _ONE_NUMBER.findall(match.group("numbers"))
    ]
    at = match.end()
    numbers = _resolve(raw, text[at:], old_numbering)
    if not numbers:
        return None
    title_end = at
    for number in numbers:
        title_end = _title_end(text, title_end, number)
    has_title = title_end > at
    while another := _ANOTHER.match(text, title_end):
        number = re.sub(r"\s", "", another.group("number"))
        if number not in ITEM_TITLES or (
            not stands_alone and _title_end(text, another.end(), number) == another.end()
        ):
            break
        numbers = (*numbers, number)
        title_end = max(_title_end(text, another.end(), number), another.end())
        has_title = True
    end = _AFTER_TITLE.match(text, title_end).end()  # type: ignore[union-attr]
    rest = text[end:]
    separator = match.group("separator") if not has_title else text[title_end:end]
    if not rest:
        return ItemHeading(tuple(dict.fromkeys(numbers)), len(text), has_title)
    if _CONTINUED.fullmatch(rest):
        return ItemHeading(tuple(dict.fromkeys(numbers)), len(text), has_title)
    return _with_rest(text, rest, end, tuple(dict.fromkeys(numbers)), has_title, separator, stands_alone)


def _with_rest(
    text: str,
    rest: str,
    end: int,
    numbers: tuple[str, ...],
    has_title: bool,
    separator: str,
    stands_alone: bool,
) -> ItemHeading | None:
    opens_sentence = rest[0].isupper() or rest[0].isdigit() or rest[0] in '(“"‘[•$'
    if stands_alone and len(text) <= 2 * _LONGEST_OWN_TITLE and (has_title or opens_sentence):
        runs_on = has_title and "." in separator and opens_sentence and rest.count(" ") >= 2
        return ItemHeading(numbers, end if runs_on else len(text), True)
    if has_title:
        return ItemHeading(numbers, end, True) if opens_sentence else None
    if not opens_sentence:
        return None
    strong = any(mark in separator for mark in ".:–—|") or "  " in separator
    if len(text) <= _LONGEST_OWN_TITLE and text[-1] not in ".;," and (strong or stands_alone):
        return ItemHeading(numbers, len(text), True)
    return ItemHeading(numbers, end, False) if strong else None


def _resolve(raw: list[str], rest: str, old_numbering: bool | None) -> tuple[str, ...]:
    """Numbers as Form 8-K has them; a misprinted number is told by the title behind it."""
    numbers: list[str] = []
    for number in raw:
        if len(number) == 3 and number[1] == ".":
            number = f"{number[:2]}0{number[2]}"  # "2.5" is 2.05
        if number in ITEM_TITLES:
            misprinted = len(raw) == 1 and not _title_end(rest, 0, number)
            numbers.append((misprinted and _telling_item(rest)) or number)
            continue
        old_title = number in OLD_ITEM_TITLES and _title_end(rest, 0, number) > 0
        titled = () if old_numbering else tuple(n for n in ITEM_TITLES if _title_end(rest, 0, n))
        if old_title and (old_numbering is not False or not any(n.split(".")[0] == number for n in titled)):
            numbers.append(number)
        elif titled:
            numbers.append(next((n for n in titled if n.split(".")[0] == number), titled[0]))
        elif number in OLD_ITEM_TITLES and old_numbering:
            numbers.append(number)
    return tuple(numbers)


def _unnumbered(text: str, old_numbering: bool | None) -> ItemHeading | None:
    """A heading that gives an item's title without "Item 2.05", or with the number alone before it."""
    if old_numbering or len(text) > 2 * _LONGEST_OWN_TITLE:
        return None
    bare = _BARE_NUMBER.match(text)
    start = bare.end() if bare else 0
    number = _telling_item(text[start:])
    if number is None or len(text) - _title_end(text, start, number) > 2:
        return None
    if bare is None:
        return ItemHeading((number,), len(text), True, is_numbered=False)
    return ItemHeading((number,), len(text), True) if bare.group(1) == number else None


def _telling_item(text: str) -> str | None:
    """The item whose whole title the text starts with; only titles that nothing else is called."""
    first = _WORD.search(text)
    first_word = _words(first.group()) if first else ()
    for number in _TELLING_TITLES.get(first_word[0], ()) if first_word else ():
        end = _title_end(text, 0, number)
        if end and _title_share(text[:end], number) >= 0.9:
            return number
    return None


def _title_share(text: str, number: str) -> float:
    words = title_words(text)
    return max(sum(word in words for word in title) / len(title) for title in _TITLES[number])


def title_end(text: str, number: str, start: int = 0) -> int:
    """Where the item's title, or a part of it, ends in the text from `start`; `start` where it is missing."""
    return _title_end(text, start, number)


def _title_end(text: str, start: int, number: str) -> int:
    return max((_aligned(text, start, title) for title in _TITLES.get(number, ())), default=start)


def _aligned(text: str, start: int, title: tuple[str, ...]) -> int:
    """Walk along the words of text and title; small words, a misprint and an omission are passed over."""
    at = 0
    end = start
    matched = skipped = 0
    for found in _WORD.finditer(text, start):
        if found.start() - max(end, start) > 60 or at >= len(title):
            break
        words = _words(found.group())
        if not words or found.group().lower() == "item":
            continue
        if "." in text[end : found.start()] and matched and not _title_goes_on(text, end, found.start()):
            break
        word = words[0]
        ahead = next((i for i in range(at, min(at + 4, len(title))) if _alike(word, title[i])), None)
        if ahead is not None:
            at, end = ahead + 1, found.end()
            matched += 1
        elif skipped < 2 and matched:
            skipped += 1
        else:
            break
    enough = matched >= min(2, len(title)) and matched >= (len(title) if len(title) <= 2 else 2)
    return end if enough else start


def _title_goes_on(text: str, end: int, begin: int) -> bool:
    """A full stop inside a long title ("…Certain Officers. Election of…") is a misprint, not its end."""
    return text[end:begin].strip() == "." and begin - end <= 2 and len(text) <= 2 * _LONGEST_OWN_TITLE


def _alike(word: str, title_word: str) -> bool:
    """The same word, give or take an ending or one letter ("impairment"/"impairments", "Enty"/"entry")."""
    if word == title_word:
        return True
    if len(word) < 4 or len(title_word) < 4 or abs(len(word) - len(title_word)) > 2:
        return False
    return word[:4] == title_word[:4] or (word[0] == title_word[0] and word[-3:] == title_word[-3:])
