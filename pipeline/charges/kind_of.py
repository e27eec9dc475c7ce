"""Deciding what an amount is from its zones."""

import re

from pipeline.charges.categories import category_of
from pipeline.charges.kind_frames import FRAMED
from pipeline.charges.kinds import CHARGE, KINDS, NEGATED_LIST, NOT_INCLUDED, OTHER_PLAN
from pipeline.charges.zones import Zones
from pipeline.figures.rule import Rule, wording

_COORDINATES = re.compile(
    r"^(?:\s*(?:in|for|during|by)\s+(?:the\s+)?[\w\s]{0,40}20\d\d)?"
    r"[\s,;]*(?:and|or|to|plus|as well as|/|&)?[\s,]*(?:(?:approximately|about|up to|"
    r"an additional|additional|another)\s*)*$",
    re.IGNORECASE,
)
_ANAPHOR = wording(
    r"total\b|(?:approximately |about )?(?:of (?:this|that|these|those|the|which)|the (?:remaining|"
    r"total|aggregate|"
    r"remainder|balance|rest)|these|this|such|all of|they|it is now)\b",
    "Of this amount",
    "In the quarter",
)
_ASIDE = wording(
    r",\s*(?:primarily|mainly|principally|largely|mostly|including|net of|before|"
    r"excluding)\b[^,;]*,(?=\s*(?:of|at|to|totall?ing|which)?\b[^,;]*$)",
    " savings, primarily in overhead, of",
    " savings in overhead of",
)
"""Between the noun and its amount: "savings, primarily in operating expense, of"."""
_ESTIMATE = wording(
    r"\b(?:its|the|this|that|previous|prior|original|initial|earlier|new|revised|current) (?:\w+ )?"
    r"(?:estimates?|forecasts?|range)\b[^,;.]*$",
    " its previous estimate of",
    " estimates",
)
_OF_WHICH = wording(
    r"^[^.;]{0,80},?\s*of which\s*$|^[^.;$€£¥]{0,120}\band\s*$",
    " a year, of which ",
    " a year; ",
)
"""Of an amount that is no cost: "savings of $300 million, of which #", "# from overhead and #"."""
_BY_PARALLEL = wording(
    r"^\s*and [^,;.]{1,80}\bby\s*$",
    " and cost of goods sold by ",
    " and severance of ",
)
"""Of a saving: "reduce operating expenses by # and cost of goods sold by #"."""
_FROM = wording(
    r"^[^.;]{0,60}\bfrom(?: the| a)?\s*$",
    ", down from ",
    ", down to ",
)
_PARALLEL = wording(
    r"\s*(?P<preposition>in|at|for|to|on)\s[^,;.]{1,80}\b(?:and|plus)\s*$",
    " in Ohio and ",
    " in Ohio, ",
)
_CLOSELY = 40
_CLOSE = 25
_WEAK = "kind.incurs"
"""What is incurred is most often a cost, unless its name says otherwise."""
_LISTS = wording(
    r"\b(?:consist\w*|compris\w*|made up|as follows|the following)\b[^.]*(?:;|\([ivx\d]+\))[^.]*$",
    "consisting of: (i) severance; (ii) ",
    "consisting of severance of ",
)
_OF_THIS = wording(
    r"\s*of (?:them|this|that|these|those|the (?:total|above|foregoing|charges?))\b",
    " of these will be paid",
    " of severance will be paid",
)
_NAMED_BY_TYPE = wording(
    r"\b(?:charges?|costs?|expenses?|relat(?:es|ed|ing) to|attributable to|record\w*|incur\w*|"
    r"recogni[sz]\w+)\b",
    "charges attributable to",
    "revenue of",
)
_TYPES_THAT_ARE_COSTS = {
    "severance",
    "retention",
    "relocation",
    "facility",
    "contract_termination",
    "stock_compensation",
    "professional_fees",
}
"""An amount of these is a cost; one of inventory, goodwill or a pension can also be a balance."""
_REACH = 160
"""Words farther than this many characters from a figure do not name it."""


class SpokenOf:
    """What a section spoke of last: the kind of its last amount, or what a sentence since then named."""

    def __init__(self) -> None:
        self._kind: str | None = None
        self._since: list[str] = []

    def amount(self, kind: str) -> None:
        """An amount of this kind was stated."""
        self._kind, self._since = kind, []

    def sentence(self, text: str) -> None:
        """A sentence without an amount; it is looked through only if that matters."""
        self._since.append(text)

    @property
    def is_charge(self) -> bool:
        """True where the last that was spoken of is a cost."""
        named = next((rule for text in reversed(self._since) if (rule := last_match(text))), None)
        self.amount(named.says if named else self._kind or "")
        return self._kind == CHARGE


def kind_of(
    zones: Zones, previous: tuple[str, str] | None, lead_in: str, before: "SpokenOf"
) -> tuple[str, str]:
    """The kind of the amount and the id of the rule that decided.

    Args:
        zones: the words around the figure.
        previous: kind and rule of the figure of money before it in the sentence.
        lead_in: the sentence that introduces the list in which it stands.
        before: what the sentences before spoke of.
    """
    for zone in (zones.whole_after, zones.before):
        if match := NOT_INCLUDED.regex.search(zone[:_REACH] if zone is zones.whole_after else zone):
            between = zone[: match.start()] if zone is zones.whole_after else ""
            if not re.search(r"[$€£¥] ?\d", between):
                return NOT_INCLUDED.says, NOT_INCLUDED.id
    if NEGATED_LIST.regex.search(zones.whole_before):
        return NEGATED_LIST.says, NEGATED_LIST.id
    frame = f"{zones.before[-_REACH:]}# {zones.after[:_REACH].lstrip()}"
    for rule in FRAMED:
        if rule.regex.search(frame):
            return rule.says, rule.id
    if OTHER_PLAN.regex.search(zones.before) or OTHER_PLAN.regex.search(zones.after):
        return OTHER_PLAN.says, OTHER_PLAN.id
    if previous and zones.joined is not None and _goes_on(zones, previous[0]):
        return previous
    if decided := _nearest(zones):
        if (
            decided[1] == "kind.guidance"
            and previous
            and previous[0] == CHARGE
            and _LISTS.search(zones.whole_before)
        ):
            # "total cost of $125 million, consisting of: (i) ...; (ii) $19 million in capital expenditures"
            return CHARGE, "kind.part_of_total"
        return decided
    if previous and zones.joined is not None and _COORDINATES.match(zones.joined):
        return previous
    if ahead := last_match(zones.whole_before[-_REACH:]):
        return ahead.says, ahead.id
    if introducing := last_match(lead_in):
        return introducing.says, introducing.id + "@lead_in"
    if previous:
        return previous
    if (_NAMED_BY_TYPE.search(zones.whole_before + zones.whole_after) or before.is_charge) and (
        category_of(zones.after[:_REACH]) or category_of(zones.before[-_REACH:])
    ):
        return CHARGE, "kind.category_named"
    if (
        zones.head_is_left
        and (named := category_of(zones.head[-_REACH:]))
        and named[0] in _TYPES_THAT_ARE_COSTS
    ):
        return CHARGE, "kind.category_named"
    if (_ANAPHOR.match(zones.passage.text) or _OF_THIS.match(zones.after)) and before.is_charge:
        return CHARGE, "kind.of_the_amounts_before"
    if _ESTIMATE.search(zones.before) and before.is_charge:
        return CHARGE, "kind.estimate_of_charges"
    if behind := first_match(zones.after[:_REACH]):
        return behind.says, behind.id
    if above := last_match(zones.passage.heading_text):
        return above.says, above.id + "@heading"
    return "unclassified", "kind.no_rule"


def _goes_on(zones: Zones, kind: str) -> bool:
    """ "$40 million in the plants and $8 million in Lancaster", "to $170 million, from $195 million"."""
    assert zones.joined is not None
    if kind == "saving" and _BY_PARALLEL.search(zones.joined):
        return True
    if kind != CHARGE and _OF_THIS.match(zones.after):
        return True  # "insurance proceeds of $6 million, $4 million of them recorded in ..."
    if kind != CHARGE and (_FROM.search(zones.joined) or _OF_WHICH.search(zones.joined)):
        return True
    parallel = _PARALLEL.match(zones.joined)
    same = parallel is not None and zones.after.lstrip().lower().startswith(
        parallel["preposition"].lower() + " "
    )
    return same and first_match(zones.after[:_CLOSE]) is None and category_of(zones.after[:_CLOSE]) is None


def _nearest(zones: Zones) -> tuple[str, str] | None:
    left = last_match(_ASIDE.sub(" ", zones.before[-_REACH:]))
    right = first_match(zones.after[:_REACH])
    if zones.head_is_left and left:
        # "charges of $5 million of which ..." and "savings of $5 million a year": named before it.
        return left.says, left.id
    if zones.head_is_right and right:
        return right.says, right.id
    closely = first_match(zones.after[:_CLOSELY])
    if zones.joined is not None and not zones.head_is_left and closely:
        # "$45 million in cash and $12 million outstanding under its revolver": "in cash" is the first one's.
        return closely.says, closely.id
    if left and right and left.id == _WEAK:
        return right.says, right.id
    for rule in (left, right):
        if rule:
            return rule.says, rule.id
    return None


def last_match(text: str) -> Rule | None:
    """The rule whose match ends last in the text; of those that end together the longest match."""
    best: tuple[int, int, Rule] | None = None
    for rule in KINDS:
        for match in rule.regex.finditer(text):
            candidate = (match.end(), match.end() - match.start(), rule)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return best[2] if best else None


def first_match(text: str) -> Rule | None:
    """The rule whose match starts first in the text; of those that start together the longest match."""
    best: tuple[int, int, Rule] | None = None
    for rule in KINDS:
        if match := rule.regex.search(text):
            candidate = (-match.start(), match.end() - match.start(), rule)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return best[2] if best else None


def matches_in(text: str) -> list[Rule]:
    """All rules that match, by where their last match ends."""
    found = [
        (max(match.end() for match in matches), rule)
        for rule in KINDS
        if (matches := list(rule.regex.finditer(text)))
    ]
    return [rule for _, rule in sorted(found, key=lambda pair: pair[0])]
