"""From an amount that is a cost to a draft of its row: category, role, settlement, status, period."""

import re
from collections.abc import Sequence

from pipeline.charges.categories import COSTS_IN_THEMSELVES, category_of, category_of_object
from pipeline.charges.charge_role import read_role
from pipeline.charges.charge_status import read_status
from pipeline.charges.charge_words import ASIDES, Words, first_rule, is_listed
from pipeline.charges.readings import ChargeDraft, Mention
from pipeline.charges.roles import (
    GENERIC_COST,
    TOTAL,
)
from pipeline.charges.settlement_rules import (
    AFTER_TAX,
    ALL_BUT,
    CASH,
    CASH_OF_ALL,
    CREDIT,
    CREDIT_BEHIND,
    PARTLY,
    PAYS,
    PRETAX,
)
from pipeline.charges.zones import Zones
from pipeline.figures.model import Period
from pipeline.figures.rule import wording

_ESTIMATE = wording(
    r"\bestimat(?:e|es|ed|ing)\b(?! (?:life|lives|useful))",
    "the Company estimates",
    "over its estimated life",
)
_APPROXIMATE_LIST = wording(
    r"\b(?:approximately|about|roughly)(?: (?:the following(?: amounts)?|as follows))?\s*:\s*$",
    "the costs are approximately as follows:",
    "the costs are as follows:",
)
_NETTED = wording(
    r",?\s*\b(?:after|before|net of)\b[^,;.]*\b(?:credits?|gains?|reversals?|recover\w+)\b",
    " cash, net of stock compensation credits",
    " net cash",
)
_OF_THE_PLAN = wording(
    r"\b(?:charges?|costs?|expenses?|expenditures?)\s+(?:for|of|from|associated with|related to|"
    r"relating to|over the period of)\s+(?:the|its|our|these|this)\s+"
    r"(?:\w+\s+){0,4}?(?:closings?|closures?|idling|shut-?downs?|wind-?downs?|exits?|"
    r"consolidations?)\b(?:\s+of\s+[^,;.]{0,80})?|"
    r"\bover the period of (?:the )?(?:closings?|closures?|shut-?down|wind-?down)\b",
    "costs associated with the plant closing",
    "severance at the plant",
)
"""Outside a list, the closing that the costs are of is the plan itself, not a type of cost."""
_WHAT_FOR = wording(
    r"\b(?:charges?|costs?|expenses?|payments?|amounts?) (?:for|of|to|relat\w+ to|in respect of|"
    r"associated with|attributable to)\b",
    "a charge for the leases",
    "a charge in the quarter",
)
"""In a list, "a charge for the leases" says no more than "for the leases"."""
_PARENTHESES = re.compile(r"\([^()]*(?:\)|$)")
_INCLUDING = wording(
    r",\s+(?:including|which|who|that|as|because|since)\b",
    ", including severance",
    ", severance",
)
_MOSTLY = wording(
    r",\s+(?:primarily|mainly|principally|mostly|largely)\b",
    ", primarily severance",
    ", severance",
)
_BOTH = wording(
    r"\bcash\s+(?:and|or|as well as)\s+non|\bnon-?\s?cash\s+(?:and|or)\s+cash",
    "cash and non-cash charges",
    "cash charges",
)
_OF_SOMETHING = wording(
    r"\s*(?:of|for)\s+(?!(?:the|them|these|this|that|such|which|it|those|its|our|each|all|future|"
    r"additional|total|up)\b|"
    r"(?:(?:pre-?tax|estimated|total|additional|aggregate|net|cash|non-?cash|restructuring|one-time|"
    r"exit|related|other|special|"
    r"incremental|future|and|or)\s+)*(?:charges?|costs?|expenses?|expenditures?|payments?|outlays?|"
    r"items?|plans?)\b|"
    r"(?:fiscal|calendar|20\d\d|first|second|third|fourth)\b)[a-z]",
    " of asset redeployment",
    " of the charges",
)
"""Behind the figure: "of asset redeployment costs" names a type of cost, whether or not the rules know it."""
_IN_PERIOD = wording(
    r"(?:\b(?:in|during|for|over|through|throughout|within|by|and|to|until|ending|"
    r"of)\s+(?:the\s+|its\s+|our\s+)?(?:end\s+of\s+(?:the\s+)?)?(?:fiscal\s+)?)$",
    "during the ",
    "severance ",
)


def read_charge(mention: Mention, words: Words, periods: Sequence[Period], kind_rule: str) -> ChargeDraft:
    """A draft of the charge that a figure states; `periods` are the sentence's, with section offsets."""
    figure, zones = mention.figure, words.zones
    draft = ChargeDraft(
        mention,
        figure.low,
        figure.high,
        figure.currency or "USD",
        figure.is_approximate
        or bool(
            _ESTIMATE.search(ASIDES.sub(" ", zones.whole_before))
            or _ESTIMATE.search(zones.passage.lead_in_text)
            or _APPROXIMATE_LIST.search(zones.passage.lead_in_text)
        ),
        sentence=zones.passage.index,
        list_span=zones.passage.lead_in,
    )
    draft.reasons["kind"] = kind_rule
    credit = (CREDIT.regex.search(zones.before) and CREDIT) or (
        CREDIT_BEHIND.regex.search(zones.after) and CREDIT_BEHIND
    )
    if credit and draft.low is not None and draft.high is not None and draft.low > 0:
        draft.low, draft.high = -draft.high, -draft.low
        draft.reasons["credit"] = credit.id
    _read_category(draft, words)
    _read_settlement(draft, words)
    _read_period(draft, words, periods)
    if kind_rule == "kind.part_of_total" and draft.category == "unstated":
        draft.category, draft.reasons["category"] = "other", "category.named_otherwise"
    read_role(draft, words)
    read_status(draft, zones)
    _read_tax(draft, zones)
    return draft


def _read_category(draft: ChargeDraft, words: Words) -> None:
    zones = words.zones
    order = (
        (words.after, zones.head)
        if zones.head_is_right and not zones.head_is_left
        else (zones.head, words.after)
    )
    is_total = first_rule(TOTAL, zones.head + zones.qualifiers) is not None
    wider = zones.wider if not is_total and (zones.head_is_left or zones.joined is None) else ""
    for text in (*order, wider):
        if not is_listed(zones):
            text = _OF_THE_PLAN.sub(" ", text)
        # What stands in parentheses, or behind "including", only spells out what is named before.
        plain = _PARENTHESES.sub(" ", text)
        if named := category_of(_INCLUDING.split(plain)[0]) or category_of(plain) or category_of(text):
            general, *mostly = _MOSTLY.split(plain, maxsplit=1)
            if mostly and category_of(general) == ("other", "category.other"):
                # "other exit costs, primarily lease terminations"
                named = category_of(mostly[0]) or named
            draft.category, draft.reasons["category"] = named
            return
    if wider and (cause := category_of(zones.cause)) and cause[0] in COSTS_IN_THEMSELVES:
        draft.category, draft.reasons["category"] = cause
        return
    naming = order[0]
    if zones.passage.lead_in is not None:
        naming = _WHAT_FOR.sub(" ", naming)
    if is_listed(zones) and not GENERIC_COST.regex.search(naming) and (named := category_of_object(naming)):
        draft.category, draft.reasons["category"] = named
    elif _OF_SOMETHING.match(words.after) and not zones.head_is_left:
        draft.category, draft.reasons["category"] = "other", "category.named_otherwise"


def _read_settlement(draft: ChargeDraft, words: Words) -> None:
    """Cash or not, from the naming side first: "cash severance of $2 million, and non-cash ..." is cash."""
    if all_but := ALL_BUT.regex.search(f"{words.zones.whole_before[-40:]} # {words.zones.after}"):
        # What all but the amount is, the amount is not.
        settlement = "cash" if all_but["noncash"] else "noncash"
        draft.settlement, draft.reasons["settlement"] = settlement, ALL_BUT.id
        return
    if PAYS.regex.search(words.zones.before):
        draft.settlement, draft.reasons["settlement"] = PAYS.says, PAYS.id
        return
    near, far = (
        (words.zones.head, words.after) if words.zones.head_is_left else (words.after, words.zones.head)
    )
    for text in (_NETTED.sub(" ", near), _NETTED.sub(" ", far)):
        if PARTLY.regex.search(text):
            draft.settlement, draft.reasons["settlement"] = PARTLY.says, PARTLY.id
            return
        if _BOTH.search(text):
            draft.settlement, draft.reasons["settlement"] = "mixed", "settlement.cash_and_noncash"
            return
        if said := first_rule(CASH_OF_ALL, text) or first_rule(CASH, text):
            draft.settlement, draft.reasons["settlement"] = said.says, said.id
            return


def _read_tax(draft: ChargeDraft, zones: Zones) -> None:
    near = zones.whole_before[-200:] + " # " + zones.after
    if AFTER_TAX.regex.search(zones.before + " # " + zones.after[:60]):
        draft.is_pretax, draft.reasons["is_pretax"] = False, AFTER_TAX.id
    elif PRETAX.regex.search(near):
        draft.is_pretax, draft.reasons["is_pretax"] = True, PRETAX.id


def _read_period(draft: ChargeDraft, words: Words, periods: Sequence[Period]) -> None:
    """The period behind the figure ("in the fourth quarter of 2022"), or at the head of the sentence."""
    figure, zones = draft.mention.figure, words.zones
    text = zones.passage.section.text
    behind = [
        p for p in periods if p.kind != "day" and figure.end <= p.start <= figure.end + len(words.after)
    ]
    ahead = [
        p
        for p in periods
        if p.kind != "day" and p.end <= figure.phrase_start and figure.phrase_start - p.end < 120
    ]
    for found in (behind, ahead):
        found = [p for p in found if _IN_PERIOD.search(text[max(0, p.start - 40) : p.start])]
        if found and found[0].first_day:
            draft.period_text = text[found[0].start : found[-1].end]
            draft.period_start = min(p.first_day for p in found if p.first_day)
            draft.period_end = max(p.last_day for p in found)
            draft.reasons["period"] = "period.behind" if found[0].start > figure.start else "period.ahead"
            return
