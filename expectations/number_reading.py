"""A second, independent reading of the numbers in a figure's text.

It shares no code with pipeline.figures on purpose: it says which amounts the words could mean, so that a
slip of the unit, a lost digit or a wrong span shows. It does not decide which of them is meant.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_UNITS = {
    "thousand": 10**3, "k": 10**3, "lakh": 10**5, "million": 10**6, "m": 10**6, "mm": 10**6, "mn": 10**6,
    "mln": 10**6, "crore": 10**7, "billion": 10**9, "b": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = (
    {word: value for value, word in enumerate(_SMALL)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
    | {"a": 1, "an": 1, "dozen": 12}
)
_FRACTIONS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}

_UNIT = r"(?:thousand|lakh|million|crore|billion|trillion)s?|mm|mn|mln|bn|[kmb]"
_NUMERAL = re.compile(
    r"(?P<digits>\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
    r"(?:\s?(?P<fraction>[¼½¾]|\d/\d\d?))?(?P<close>\s?\))?"
    rf"(?:[\s-]*(?P<unit>{_UNIT})\b)?",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(
    rf"(?<![a-z])(?P<unit>{_UNIT})(?![a-z])|(?<!\d)(?<!,)['’]?000(?:['’]?s)?\b", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_CAP = re.compile(
    r"\bup to\b|\bexceed|\b(?:less|fewer|lower|more|greater|higher) than\b|\bm(?:ax|ost|uch)\b|\bmaximum\b"
    r"|\bcap(?:ped)?\b|\bceiling\b|\b(?:under|below|within|upper)\b|\bupward",
    re.IGNORECASE,
)
_FLOOR = re.compile(
    r"\bat least\b|\b(?:more|greater|higher|less|lower|fewer) than\b|\bexceed|\bexcess\b|\bminimum\b"
    r"|\b(?:over|above|lower)\b|\bupward|\bnorth of\b",
    re.IGNORECASE,
)
_NIL = re.compile(r"(?:^|\t)[\s$]*[-–—](?=\s*(?:\t|$))|\b(?:nil|none|no)\b", re.IGNORECASE)
_CREDIT = re.compile(
    r"\b(?:credit(?:s|ed)?(?!\s+(?:facilit|agreement|line))|gains?|revers\w+|recover\w+|refunds?"
    r"|sublease income|offset\w*|benefit of)\b",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:^|[\s($€£¥])[-−–](?:US|C|A)?[$€£¥]?$")
_OPENING = re.compile(r"\(\s?(?:(?:US|C|A)?(?P<sign>[$€£¥])\s?)?$")
_LARGEST = Decimal(10**11)
_PERCENT = re.compile(r"%|\bper\s?cent", re.IGNORECASE)
_LONGEST_PERCENT = 40
"""As far before the sign as "between twenty-five and thirty-five" reaches."""
_FRACTION_WORDS = (
    (re.compile(r"\bhalf\b", re.IGNORECASE), (50,)),
    (re.compile(r"\bthirds?\b", re.IGNORECASE), (33, 66, 67)),
    (re.compile(r"\bquarters?\b|\bfourths?\b", re.IGNORECASE), (25, 75)),
    (re.compile(r"\bfifths?\b", re.IGNORECASE), (20, 40, 60, 80)),
    (re.compile(r"\b(?:all|entire|whole)\b", re.IGNORECASE), (100,)),
)


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    unit: int | None
    signs: tuple[int, ...]


@lru_cache(maxsize=65_536)
def possible_amounts(
    figure: str, before: str = "", after: str = "", contexts: tuple[str, ...] = ()
) -> frozenset[Decimal]:
    """Every amount that a number in the figure's text can mean, in units of its currency.

    A number takes its own unit word; without one, that of another number in the figure ("$20 to $25
    million"), or the one that a context span declares ("in thousands"); otherwise it stands for itself.

    Args:
        figure: the text at the figure's span.
        before: the character before it.
        after: the character after it.
        contexts: the texts of the context spans.
    """
    numbers = [*_numerals(figure), *_spelled_out(figure)]
    own = {number.unit for number in numbers if number.unit is not None}
    declared, mentioned = _context_units(contexts)
    enclosed = before == "(" and after == ")"
    found = {Decimal(0)} if _NIL.search(figure) else set()
    for number in numbers:
        for value in _scaled(number, own, declared, mentioned):
            found.update(sign * value for sign in ((1, -1) if enclosed else number.signs))
    return frozenset(found)


def scales_of(figure: str, amounts: Iterable[Decimal]) -> frozenset[int] | None:
    """The units (1, thousand, million, billion) that make the figure's numbers the amounts.

    None for a figure that names a unit itself, or without a number.
    """
    numbers = _numerals(figure)
    if not numbers or any(number.unit is not None for number in numbers):
        return None
    scales = [
        {unit for unit in (1, 10**3, 10**6, 10**9) if any(n.value * unit == abs(amount) for n in numbers)}
        for amount in amounts
    ]
    return frozenset(set.intersection(*scales)) if scales else None


def states_percent(text: str, percent: Decimal) -> bool:
    """Whether a number before a percent sign or word, or a fraction in words, is the percentage."""
    for sign in _PERCENT.finditer(text):
        before = text[max(sign.start() - _LONGEST_PERCENT, 0) : sign.start()]
        if any(number.value == percent for number in (*_numerals(before), *_spelled_out(before))):
            return True
    return any(words.search(text) for words, shares in _FRACTION_WORDS if int(percent) in shares)


def written_as_negative(figure: str, before: str, after: str) -> bool:
    """Whether the figure's text, or what encloses it, is how accounts write a negative number."""
    return (
        (before == "(" and after == ")")
        or before in ("-", "−", "–")
        or any(-1 in number.signs for number in _numerals(figure))
    )


def words_for_open_bounds(passages: Iterable[str]) -> tuple[bool, bool]:
    """Whether the passages have words of a cap ("up to"), and of a floor ("at least")."""
    text = " ".join(passages)
    return _CAP.search(text) is not None, _FLOOR.search(text) is not None


def calls_it_a_credit(evidence: str) -> bool:
    return _CREDIT.search(evidence) is not None


def _scaled(
    number: _Number, own: Iterable[int], declared: Iterable[int], mentioned: Iterable[int]
) -> list[Decimal]:
    if number.unit is not None:
        return [number.value * number.unit]
    if own:
        alone = [number.value] if number.value >= 1000 else []
        return [*(number.value * unit for unit in own), *alone]
    if declared:
        scaled = [number.value * unit for unit in declared]
        return [*scaled, number.value] if max(scaled) > _LARGEST else scaled
    return [number.value, *(number.value * unit for unit in mentioned if number.value < 1000)]


def _numerals(text: str) -> list[_Number]:
    numbers = []
    for match in _NUMERAL.finditer(text):
        value = _value(match["digits"])
        if fraction := match["fraction"]:
            top, _, bottom = fraction.partition("/")
            value += _FRACTIONS[fraction] if fraction in _FRACTIONS else Decimal(top) / Decimal(bottom)
        unit = _UNITS[_singular(match["unit"])] if match["unit"] else None
        numbers.append(_Number(value, unit, _signs(text[: match.start()], bool(match["close"]))))
    return numbers


def _value(digits: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d+", digits) and not re.fullmatch(r"\d{1,3},\d{3}", digits):
        return Decimal(digits.replace(",", "."))
    return Decimal(re.sub(r"[,'’]", "", digits))


def _signs(before: str, closed: bool) -> tuple[int, ...]:
    opening = _OPENING.search(before)
    if opening and closed:
        return (1, -1) if opening["sign"] else (-1,)
    if (minus := _MINUS.search(before)) and not re.search(r"[\w%)]\s*$", before[: minus.start() + 1]):
        return (-1,)
    return (1,)


def _spelled_out(text: str) -> list[_Number]:
    """Numbers in words: runs such as "one hundred and twenty-five thousand" or "four and a half million"."""
    numbers: list[_Number] = []
    words = [match.group().lower() for match in _WORD.finditer(text)]
    run: list[str] = []
    for position, word in enumerate([*words, ""]):
        if run and word == "and" and _joins(run[-1], words[position + 1 : position + 3]):
            run.append(word)
        elif run and word == "of" and run[-1] in _PARTS:
            continue
        elif word in _WORDS or word in _PARTS or (run and (word == "hundred" or _is_scale(word))):
            run.append(word)
        elif run:
            numbers.append(_number_in_words(run))
            run = []
    return numbers


def _joins(before: str, after: list[str]) -> bool:
    """Whether `and` stands inside a number: after hundred or thousand, or before a half."""
    return before == "hundred" or _is_scale(before) or any(word in _PARTS for word in after)


def _is_scale(word: str) -> bool:
    return len(word) > 2 and _singular(word) in _UNITS


def _number_in_words(run: Iterable[str]) -> _Number:
    scaled, before_and, whole, part, scale = Decimal(0), Decimal(0), Decimal(0), Decimal(0), None
    for word in run:
        if word in _PARTS:
            whole, part = Decimal(0), (whole or 1) * _PARTS[word]
        elif word == "hundred":
            whole *= 100
        elif word == "and":
            before_and, whole = before_and + whole, Decimal(0)
        elif _is_scale(word):
            scale = _UNITS[_singular(word)]
            scaled += (before_and + whole + part) * scale
            before_and = whole = part = Decimal(0)
        elif word not in ("a", "an") or not (whole or part):
            whole += _WORDS[word]
    return _Number((scaled + before_and + whole + part) / (scale or 1), scale, (1,))


def _context_units(contexts: Iterable[str]) -> tuple[frozenset[int], frozenset[int]]:
    """The units that the contexts declare ("in thousands"), and those that belong to numbers there."""
    declared: set[int] = set()
    mentioned: set[int] = set()
    for context in contexts:
        for match in _UNIT_WORD.finditer(context):
            unit = _UNITS[_singular(match["unit"])] if match["unit"] else 1000
            before = context[: match.start()].rstrip(" -)").lower()
            of_a_number = before[-1:].isdigit() or before.rpartition(" ")[2] in _WORDS
            (mentioned if of_a_number else declared).add(unit)
    return frozenset(declared), frozenset(mentioned)


def _singular(unit: str) -> str:
    return unit.lower() if unit.lower() in _UNITS else unit.lower().removesuffix("s")
