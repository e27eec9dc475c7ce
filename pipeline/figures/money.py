"""Amounts of money and ranges of them, in any notation."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.figures.currencies import BEFORE_PATTERN, BEHIND_PATTERN, currency_before, currency_behind
from pipeline.figures.model import Figure
from pipeline.figures.numerals import DIGITS, SCALE, WORDS, parse_number, scale_of
from pipeline.figures.qualifiers import qualify

_SPACE = r"\s*"
_SCALE = rf"(?:{_SPACE}-?{_SPACE}(?P<scale{{n}}>{SCALE}))?"
_SIGNED = (
    rf"(?P<open{{n}}>\()?{_SPACE}(?P<sign{{n}}>{BEFORE_PATTERN}){_SPACE}(?P<open_after{{n}}>\()?"
    rf"(?P<number{{n}}>{DIGITS}){_SCALE}(?:{_SPACE}(?P<behind_signed{{n}}>{BEHIND_PATTERN}))?"
)
_NAMED = rf"(?P<number{{n}}>{DIGITS}|{WORDS}){_SCALE}{_SPACE}(?P<behind{{n}}>{BEHIND_PATTERN})"
_UNNAMED = rf"(?P<number{{n}}>{DIGITS}|{WORDS}){_SCALE}"
_BARE = rf"(?P<number{{n}}>{DIGITS}){_SCALE}(?:{_SPACE}(?P<behind{{n}}>{BEHIND_PATTERN}))?"


def _bound(pattern: str, n: int) -> str:
    """The pattern with its groups numbered for the first or second bound."""
    return pattern.replace("{n}", str(n))


_SIGNED_1 = re.compile(_bound(_SIGNED, 1), re.IGNORECASE)
_NAMED_1 = re.compile(r"(?<![\d.,$€£¥A-Za-z-])" + _bound(_NAMED, 1), re.IGNORECASE)
_BETWEEN_BOUNDS = (
    r"as much as|up to|more than|greater than|a maximum of|a high of|at (?:the )?most|"
    r"no(?:t)? (?:more|greater|higher) than|less than|approximately|about|roughly|around|"
    r"an estimated|possibly|perhaps|as high as"
)
_UPPER_WORDS = re.compile(r"maximum|high|most|more|greater|less|much", re.IGNORECASE)
# Behind the lower bound of "between" may stand an aside or the condition that it has.
_ASIDE = rf",?{_SPACE}\([^()]{{0,60}}\){_SPACE}|,\s(?:if|assuming|should|where|in case)\b[^$€£¥.;]{{0,80}},\s"
_SEPARATOR = (
    rf"(?:(?P<aside>{_ASIDE})|,?{_SPACE})(?P<separator>to|and|nor|or|but|through|[-‐‑–—―−])"
    rf"(?:\s+(?:{_BETWEEN_BOUNDS}))*{_SPACE}"
)
_ANOTHER = re.compile(r"\s+to\s+(?:a range of\s+)?(?:approximately\s+)?" + BEFORE_PATTERN, re.IGNORECASE)
# "fifteen to eighteen million dollars": the currency stands behind the upper bound alone.
_UNNAMED_1 = re.compile(
    r"(?<![\d.,$€£¥A-Za-z-])"
    + _bound(_UNNAMED, 1)
    + rf"(?={_SPACE}(?:to|and|or|[-–—])\s*{_bound(_NAMED, 9)})",
    re.IGNORECASE,
)
_SECOND_SIGNED = re.compile(_SEPARATOR + _bound(_SIGNED, 2), re.IGNORECASE)
_SECOND_NAMED = re.compile(_SEPARATOR + _bound(_NAMED, 2), re.IGNORECASE)
_SECOND_BARE = re.compile(_SEPARATOR + _bound(_BARE, 2), re.IGNORECASE)

_RANGE_LEAD = re.compile(
    r"\b(?:between|range(?:s|d)?(?:\s+(?:of|from))?|ranging\s+(?:from|between)|from)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_CHANGE_LEAD = re.compile(
    r"\b(?:increas\w+|decreas\w+|reduc\w+|revis\w+|rais\w+|lower\w*|chang\w+|updat\w+|"
    r"adjust\w+|went|grow\w*|grew|"
    r"fall\w*|fell|rose|ris\w+|declin\w+|up|down)\b[^.;]{0,120}\bfrom\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s*(?:per|an?|each|every|/)\s*(?P<per>(?:(?:diluted|basic|common)\s+)*share|unit|month|"
    r"quarter|year|annum|week|hour|day|employee|person|"
    r"square foot|ton|tonne|ounce|pound|barrel|ADS|option|warrant)\b",
    re.IGNORECASE,
)
_MONTHLY = re.compile(r"\s*(?P<per>monthly|weekly|quarterly)\b", re.IGNORECASE)


def find_money(text: str, dollar: str = "USD") -> Iterator[Figure]:
    """Every amount or range in reading order. `dollar` is the ISO code that a bare "$" stands for.

    A range's unit may stand on its upper bound alone ("$20 - $25 million"), and its bounds may have units of
    their own ("$800,000 to $1 million"). "From $45 million to $60 million" after "raised" is two amounts.
    """
    position = 0
    after_range = False
    while first := _next_amount(text, position):
        joined = after_range and re.fullmatch(r"\s*to\s*(?:a range of\s*)?", text[position : first.start()])
        second = _upper_bound(text, first, behind_range=bool(joined))
        figure = _figure(text, first, second, dollar)
        position, after_range = figure.end, second is not None
        yield figure
        if figure.aside:
            # "€1.1 million (about $1.5 million) and not more than €3.0 million": the aside is an amount too.
            for inner in find_money(text[slice(*figure.aside)], dollar):
                yield shifted(inner, figure.aside[0], "money.inside_range")


def shifted(figure: Figure, by: int, rule: str | None = None) -> Figure:
    """The figure with its offsets moved, as part of a longer text."""
    return replace(
        figure,
        start=figure.start + by,
        end=figure.end + by,
        phrase_start=figure.phrase_start + by,
        noun_end=figure.noun_end + by if figure.noun_end >= 0 else -1,
        aside=(figure.aside[0] + by, figure.aside[1] + by) if figure.aside else None,
        rule=rule or figure.rule,
    )


def _start(first: re.Match[str]) -> int:
    return first.start("sign1" if "sign1" in first.re.groupindex else "number1")


def _next_amount(text: str, position: int) -> re.Match[str] | None:
    signed = _SIGNED_1.search(text, position)
    end = signed.start("sign1") + 40 if signed else len(text)
    unsigned = [match for pattern in (_NAMED_1, _UNNAMED_1) if (match := pattern.search(text, position, end))]
    named = min(unsigned, key=lambda match: match.start(), default=None)
    if signed and named:
        return named if named.start() < signed.start("sign1") else signed
    return signed or named


def _upper_bound(text: str, first: re.Match[str], *, behind_range: bool) -> re.Match[str] | None:
    start = _start(first)
    lead = text[max(0, start - 200) : start]
    second = (
        _SECOND_SIGNED.match(text, first.end())
        or _SECOND_NAMED.match(text, first.end())
        or _SECOND_BARE.match(text, first.end())
    )
    if second is None:
        return None
    separator = second["separator"].lower()
    if separator in ("and", "nor", "but") and not (
        _RANGE_LEAD.search(lead)
        or (qualify(text, start).bound == "lower" and _UPPER_WORDS.search(second.group()))
    ):
        return None
    if (
        separator == "to"
        and not behind_range
        and _CHANGE_LEAD.search(lead)
        and not _ANOTHER.match(text, second.end())
    ):
        return None
    bare = second.re is _SECOND_BARE
    if bare and not (
        second["scale2"] or "," in second["number2"] or _same_bare_notation(text, first, second)
    ):
        return None
    low, high = _values(first, second)
    # "$5 million - 2009" and "$4 million or $1 per share" are no ranges.
    return second if low <= high else None


def _same_bare_notation(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """ "$10-12" before no further unit: two plain numbers with nothing numeric behind."""
    following = text[second.end() : second.end() + 1]
    return not _scale(first) and _is_joined_by_dash(second) and not following.isalnum() and following != "%"


def _is_joined_by_dash(second: re.Match[str]) -> bool:
    """True where the bounds are joined by a dash without spaces, as in "10-12"."""
    return second["separator"] in "-‐‑–—−" and second.group().strip() == second.group()


def _scale(match: re.Match[str], n: int = 1) -> str | None:
    return match[f"scale{n}"]


def _values(first: re.Match[str], second: re.Match[str]) -> tuple[Decimal, Decimal]:
    low, high = parse_number(first["number1"]), parse_number(second["number2"])
    low_scale, high_scale = scale_of(first["scale1"]), scale_of(second["scale2"])
    if low_scale == 1 and high_scale > 1 and low < 1000 and low <= high and "," not in first["number1"]:
        low_scale = high_scale
    return low * low_scale, high * high_scale


def _figure(text: str, first: re.Match[str], second: re.Match[str] | None, dollar: str) -> Figure:
    groups = first.re.groupindex
    start = _start(first)
    end = second.end() if second else first.end()
    currency = _currency(first, second, dollar)
    if second:
        low, high = _values(first, second)
        rule = "money.range"
    else:
        low = high = parse_number(first["number1"]) * scale_of(first["scale1"])
        rule = "money.amount"
    if second is None and "open1" in groups:
        opened = first["open1"] or first["open_after1"]
        closing = text[end : end + 1] == ")"
        # "($3 million)" in running text is an aside; only a parenthesis inside it, "$(1,275)", makes a
        # credit wherever it stands.
        if opened and closing and first["open_after1"]:
            low = high = -low
            end += 1
            rule = "money.credit"
    qualified = qualify(text, start)
    tail = _PER.match(text, end) or _MONTHLY.match(text, end)
    figure = Figure(
        unit="money",
        start=start,
        end=end,
        low=low,
        high=high,
        rule=rule,
        currency=currency,
        is_approximate=qualified.is_approximate or _approximate_inside(second),
        per=tail["per"].lower() if tail else None,
        phrase_start=qualified.phrase_start,
        aside=(first.end(), second.start("separator")) if second and second["aside"] else None,
    )
    return open_bound(figure, qualified.bound, text)


def _approximate_inside(second: re.Match[str] | None) -> bool:
    return bool(
        second and re.search(r"approximately|about|roughly|around|estimated", second.group(), re.IGNORECASE)
    )


_OR_MORE = re.compile(
    r"\s*(?:or|and) (?:more|greater|above|higher)\b|\s*\+|,?\s(?:of (?:it|this|that|them) )?at (?:the "
    r")?(?:least|minimum)\b",
    re.IGNORECASE,
)
_OR_LESS = re.compile(
    r"\s*or (?:less|fewer|below|lower)\b|,?\s(?:of (?:it|this|that|them) )?at (?:the )?(?:most|maximum)\b",
    re.IGNORECASE,
)


def open_bound(figure: Figure, bound: str | None, text: str) -> Figure:
    """The figure with the side that the words around it leave open set to None."""
    if bound is None:
        if _OR_MORE.match(text, figure.end):
            bound = "lower"
        elif _OR_LESS.match(text, figure.end):
            bound = "upper"
    if bound == "upper" and figure.is_point:
        return replace(figure, low=None, rule=figure.rule + "+up_to")
    if bound == "lower" and figure.is_point:
        return replace(figure, high=None, rule=figure.rule + "+at_least")
    return figure


def _currency(first: re.Match[str], second: re.Match[str] | None, dollar: str) -> str:
    for match, n in ((first, 1), (second, 2)):
        if match is None:
            continue
        groups = match.groupdict()
        behind = groups.get(f"behind_signed{n}") or groups.get(f"behind{n}")
        sign = groups.get(f"sign{n}")
        if behind and (sign is None or re.fullmatch(r"\\?\$", sign)):
            return currency_behind(behind)
        if sign:
            return currency_before(sign, dollar)
    return dollar
