"""Numbers of shares, options, units and other awards."""

import re
from collections.abc import Iterator

from pipeline.figures.model import Figure
from pipeline.figures.money import open_bound
from pipeline.figures.numerals import DIGITS, SCALE, WORDS, parse_number, scale_of
from pipeline.figures.qualifiers import qualify

NOUN = (
    r"shares?|options?|warrants?|RSUs?|PSUs?|RSAs?|PRSUs?|MSUs?|SARs?|ADSs?|(?:stock|share|"
    r"equity)(?:[- ]based)? (?:units?|awards?|"
    r"options?|appreciation rights?)|restricted (?:stock|shares?) units?|"
    r"performance (?:stock |share |based )?(?:units?|"
    r"shares?|awards?)|units?|awards?|equity awards?"
).replace(" ", r"\s+")
_ADJECTIVES = (
    r"(?:(?!of\b|to\b|in\b|at\b|for\b|the\b|million|billion|employees?\b|holders?\b|"
    r"persons?\b|people\b|months?\b|years?\b|days?\b|plants?\b|business\b|reporting\b|"
    r"operating\b)[A-Za-z][\w’'.-]*,?\s+){0,6}?"
)
_SHARES = re.compile(
    rf"(?<![\d.,$€£¥\w/-])(?P<low>{DIGITS}|{WORDS})(?:\s*(?P<low_scale>{SCALE}))?"
    rf"(?:\s*(?P<separator>to|and|or|[-‐‑–—])\s*(?:approximately\s+)?(?P<high>{DIGITS})(?:\s*(?P<high_scale>{SCALE}))?)?"
    rf"(?P<of>\s+of\s+(?:its|our|the(?:se)?|such|the\s+Company[’']s))?\s+(?P<noun>{_ADJECTIVES}(?:{NOUN}))\b(?!\s+(?:price|repurchase|exchange|agreement|plan|purchase))",
    re.IGNORECASE,
)
# "business units" and "operating units" are no awards; "per share" is a unit, not a count.
_NO_AWARD = re.compile(
    r"(?:business|operating|reporting|production|retail|housing|manufacturing|rental|condominium)\s+units?$",
    re.IGNORECASE,
)
_AWARD = re.compile(
    r"share|stock|option|warrant|RSU|PSU|RSA|PRSU|SAR|ADS|award|restricted|equity|performance|"
    r"deferred|phantom",
    re.IGNORECASE,
)
_AWARDS_NAMED = re.compile(
    r"\b(?:restricted|stock|share|performance|equity)(?:[- ]based)?(?: (?:stock|share))? (?:units?|"
    r"awards?)\b|\bRSUs?\b",
    re.IGNORECASE,
)
"""A text that names awards may then count plain "units"."""
_REFERENCE = re.compile(
    r"(?:Section|Item|Rule|Form|No\.|Exhibit|Note|Article|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)(?:\s+\d{1,2},)?)\s+$",
    re.IGNORECASE,
)
"""Before a number that is a section's, or a year: "until September 15, 2018 and options"."""


def find_shares(text: str) -> Iterator[Figure]:
    """Every number of shares or awards, in reading order: "1.1 million shares", "480,000 options"."""
    for match in _SHARES.finditer(text):
        noun = " ".join(match["noun"].split())
        if _NO_AWARD.search(noun) or not (_AWARD.search(noun) or _AWARDS_NAMED.search(text)):
            continue
        if _REFERENCE.search(text[max(0, match.start() - 20) : match.start()]):
            continue
        low = parse_number(match["low"])
        high = parse_number(match["high"]) if match["high"] else low
        low_scale, high_scale = scale_of(match["low_scale"]), scale_of(match["high_scale"])
        if match["high"] and low_scale == 1 and high_scale > 1 and low <= high:
            low_scale = high_scale
        low *= low_scale
        high = high * high_scale if match["high"] else low
        start = match.start("low")
        end = next(match.end(group) for group in ("high_scale", "high", "low_scale", "low") if match[group])
        if match["separator"] and match["separator"].lower() == "and":
            low, start = high, match.start("high")
        if low != low.to_integral_value() or high != high.to_integral_value():
            continue
        qualified = qualify(text, start)
        figure = Figure(
            unit="shares",
            start=start,
            end=end,
            low=low,
            high=high,
            rule="shares.counted_noun",
            is_approximate=qualified.is_approximate,
            phrase_start=qualified.phrase_start,
            noun=noun,
            noun_end=match.end("noun"),
        )
        yield open_bound(figure, qualified.bound, text)
