"""Numbers of people and positions."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.figures.model import Figure
from pipeline.figures.money import open_bound
from pipeline.figures.numerals import DIGITS, WORDS, parse_number
from pipeline.figures.qualifiers import qualify
from pipeline.figures.spans import Taken

NOUN = (
    r"employees?|positions?|jobs?|people|persons?|workers?|associates?|individuals?|roles?|"
    r"team members?|teammates?|"
    r"staff(?: members?)?|members?(?= (?:of|at|in|from) (?:its|our|the)\b)|headcount|"
    r"headcounts|colleagues|FTEs?|"
    r"full[- ]time[- ]equivalents?|(?:crew|union) members?|managers?|contractors?|executives|"
    r"executive officers?|"
    r"officers?|engineers?|"
    r"technicians?|operators?|personnel|heads|terminations"
).replace(" ", r"\s+")
# Words that stand between a number and the noun it counts: "150 full-time, salaried and hourly employees".
_ADJECTIVES = (
    r"(?:(?!million|billion|thousand|percent|shares|years?|months?|days?|weeks?|of\b|to\b|"
    r"in\b|at\b|for\b|the\b|from\b|by\b|with\b|stores\b|plants\b|facilities\b|restaurants\b|"
    r"locations\b|customers\b|countries\b|sites\b|offices\b|branches\b)"
    r"[A-Za-z][\w’'./&-]*,?\s+){0,5}?"
)
NUMBER = rf"(?:{DIGITS}|{WORDS})"
_PEOPLE = re.compile(
    rf"(?<![\d.,$€£¥\w/-])(?P<low>{NUMBER})(?:\s*\(\d[\d,]*\))?(?:\s*(?P<separator>to|and|or|[-‐‑–—])\s*"
    rf"(?:approximately\s+|at most\s+|up to\s+)?(?P<high>{NUMBER}))?"
    rf"(?:\s+of\s+(?:its|our|the(?:se|ir)?|the\s+Company[’']s|\w+[’']s)"
    rf"(?:\s+(?:then[- ]current|remaining|total|approximately))?)?\s+(?P<noun>{_ADJECTIVES}(?:{NOUN}))"
    r"\b(?!-)",
    re.IGNORECASE,
)
_REDUCED_BY = re.compile(
    r"\b(?P<noun>(?:work\s?force|headcount|staff|employment|personnel|payroll|"
    r"staffing(?:\s+levels?)?)(?:\s+\w+){0,6}?\s+(?:by|of|from|to|at))\s+"
    rf"(?:approximately\s+|about\s+|roughly\s+|some\s+)?(?P<low>{DIGITS})(?![\d,]*\d)(?![\d.,]*\s*(?:%|percent|per\s+cent|million|billion|\w+\s+quarter))"
    rf"(?:\s*(?:to|[-‐‑–—])\s*(?P<high>{DIGITS})(?=\s+and\b|\s*[.,;)]))?"
    r"(?!\s*,?\s*(?:\d{4}|19|20))(?=\s+(?:to\s+(?:approximately\s+)?\d|full|from|employees|"
    r"people|as|out|in|at|by|and|worldwide|globally|or|through|during|over)|\s*[.,;)])",
    re.IGNORECASE,
)
_COORDINATED = re.compile(
    rf"(?<![\d.,$€£¥\w/-])(?P<low>{NUMBER})\s+(?P<noun>(?:(?!million|billion|percent|of\b)[A-Za-z][\w’'-]*\s+){{1,3}})(?:and|,)\s+(?:approximately\s+|about\s+)?"
    rf"(?={NUMBER}\s+{_ADJECTIVES}(?:{NOUN})\b)",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    rf"(?<![\d.,$€£¥\w/-])(?P<low>{NUMBER})\s+(?P<noun>of\s+(?:whom\b|(?:them|these|those)\b|(?:the|its|our|their)\s+(?:[\w-]+[’']s\s+)?(?:approximately\s+)?(?={NUMBER}\s+{_ADJECTIVES}(?:{NOUN})\b)))",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    rf"\b(?P<noun>of\s+(?:whom|which|these|them),?)\s+(?:approximately\s+|about\s+|some\s+)?(?P<low>{NUMBER})"
    r"(?=\s+(?:will|would|are|were|have|had|is|became|become)\b)(?!\s+(?:million|billion|percent))",
    re.IGNORECASE,
)
_NO_UNIT = r"(?!\s*(?:%|percent|per\s+cent|million|billion|thousand|months?|weeks?|days?|years?))"
_IN_NUMBER = re.compile(rf"(?<![\d.,$€£¥\w/-])(?P<low>{DIGITS})\s+(?P<noun>in\s+number)\b", re.IGNORECASE)
_LAID_OFF = re.compile(
    rf"\b(?:lay(?:ing)?\s+off|laid\s+off|dismiss(?:ed|ing)?)\s+(?P<noun>)(?:the\s+)?(?:remaining\s+|other\s+)?"
    rf"(?:approximately\s+|about\s+)?(?P<low>{DIGITS})(?![\d.,]*\d)(?=\s*[.,;)]|\s+(?:in|at|by|on|and|during)\b){_NO_UNIT}",
    re.IGNORECASE,
)
_OF_THEM_ALL = re.compile(
    rf"\bof\s+the\s+(?:approximately\s+)?{NUMBER}\s+{_ADJECTIVES}(?:{NOUN})\b[^.;,]{{0,60}},\s+(?P<noun>)"
    rf"(?:approximately\s+|about\s+)?(?P<low>{NUMBER})(?=\s+(?:will|would|are|were|have|had)\b)",
    re.IGNORECASE,
)
"""Numbers of people whose noun stands elsewhere: "lay off the remaining 80"."""
_MONTH_DAY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\s+$|(?:Section|Item|Rule|Form|No\.|Exhibit|fiscal|year|in|FAS|ASC|Topic|"
    r"quarter of)\s+$",
    re.IGNORECASE,
)
_OF_A_YEAR = re.compile(
    r"\s+(?:[A-Z]|(?:annual|fiscal|calendar|year|year-end|long-term|short-term|equity|stock|incentive|"
    r"employee|bonus)\b)"
)
"""Behind a year: "2011 annual employee bonuses" counts nobody."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_people(text: str) -> Iterator[Figure]:
    """Every number of people or positions, in reading order: "150 to 200 positions", "ten employees"."""
    taken = Taken()
    found = [figure for figure in _all_readings(text) if taken.take(figure.start, figure.end)]
    yield from sorted(found, key=lambda figure: figure.start)


def _all_readings(text: str) -> Iterator[Figure]:
    """The surest first."""
    for match in _PEOPLE.finditer(text):
        if _is_date_or_number(text, match):
            continue
        figure = _figure(text, match, "people.counted_noun")
        yield figure
        if figure.start != match.start("low"):
            number = parse_number(match["low"])
            yield replace(
                figure,
                start=match.start("low"),
                end=match.end("low"),
                low=number,
                high=number,
                rule="people.first_number",
            )
    for pattern, rule in ((_PART_OF, "people.part_of"), (_COORDINATED, "people.coordinated")):
        for match in pattern.finditer(text):
            if not _is_date_or_number(text, match):
                yield _figure(text, match, rule)
    for pattern in (_IN_NUMBER, _LAID_OFF, _OF_THEM_ALL):
        for match in pattern.finditer(text):
            counts = pattern is _LAID_OFF or re.search(NOUN, text, re.IGNORECASE)
            if counts and not _is_year(match["low"]):
                yield _figure(text, match, "people.without_noun")
    for match in _OF_WHOM.finditer(text):
        if re.search(NOUN, text[: match.start()], re.IGNORECASE):
            yield _figure(text, match, "people.of_whom")
    for match in _REDUCED_BY.finditer(text):
        if not _is_year(match["low"]):
            yield _figure(text, match, "people.headcount_by")


def _is_year(number: str) -> bool:
    return bool(_YEAR.fullmatch(number))


def _is_date_or_number(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    if re.search(r"\d{1,2},\s+$", before) and _is_year(match["low"]):
        return True
    if _MONTH_DAY.search(before) and (_is_year(match["low"]) or len(match["low"]) <= 2):
        return True
    return bool(_is_year(match["low"]) and _OF_A_YEAR.match(text, match.end("low")))


def _figure(text: str, match: re.Match[str], rule: str) -> Figure:
    groups = match.groupdict()
    low = parse_number(match["low"])
    high_text = groups.get("high")
    start, end = match.start("low"), match.end("high") if high_text else match.end("low")
    high = parse_number(high_text) if high_text else low
    separator = (groups.get("separator") or "").lower()
    from_to = separator == "to" and re.search(
        r"\bfrom\s+(?:approximately\s+|about\s+)?$", text[max(0, start - 24) : start], re.IGNORECASE
    )
    if high_text and (
        high < low
        or from_to
        or (
            separator == "and"
            and not re.search(
                r"\bbetween\s+(?:approximately\s+)?$", text[max(0, start - 28) : start], re.IGNORECASE
            )
        )
    ):
        # "from 93 to 81 employees" and "12 managers and 40 operators": two numbers, the nearer one here.
        low, start = high, match.start("high")
        rule += ".second_number"
    qualified = qualify(text, start)
    noun_end = match.end("noun") if match.start("noun") > start else end
    figure = Figure(
        unit="people",
        start=start,
        end=end,
        low=low,
        high=high,
        rule=rule,
        is_approximate=qualified.is_approximate,
        phrase_start=qualified.phrase_start,
        noun=" ".join(match["noun"].split()),
        noun_end=noun_end,
    )
    return open_bound(figure, qualified.bound, text)
