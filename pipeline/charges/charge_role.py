"""What part of its plan a charge is: the whole, a type of cost, what is cash, what falls in a period."""

import re
from collections.abc import Sequence

from pipeline.charges.categories import category_of
from pipeline.charges.charge_words import ASIDES, Words, first_rule, is_listed
from pipeline.charges.readings import ChargeDraft
from pipeline.charges.roles import (
    CONTINGENT_ADDITION,
    GENERIC_COST,
    NAMED_AGAIN,
    PERIOD_PART,
    PRIOR_AFTER,
    PRIOR_BEFORE,
    SOME_OF,
    TOTAL,
    TOTAL_OF_PLAN,
)
from pipeline.charges.settlement_rules import CASH, CASH_SPENT, GENERIC_PORTION
from pipeline.charges.zones import Zones
from pipeline.figures.rule import Rule, wording

_ANNOUNCED = wording(
    r"\b(?:of which|including|and|of that)\s*$",
    "of which ",
    "of severance ",
)
_NOW = wording(
    r"\b(?:estimates|expects|anticipates|now|currently|revised|updated|new estimate|as a result)\b",
    "the Company now expects",
    "the Company expected",
)
_IN_ADDITION = wording(
    r"\b(?:also|in addition|additionally|furthermore)\b",
    "the Company also expects",
    "the Company expects",
)
_SPENT_ON = wording(
    r"^[^,;.]{0,60}?\bcash (?:\w+ ){0,2}?(?:expenditures?|charges?|payments?|costs?|"
    r"outlays?)\s+(?:for|on|related to|relating to|"
    r"associated with|attributable to|in the form of)\s+(?!the (?:plan|program|restructuring))",
    " will result in cash payments for severance",
    " will result in cash payments",
)
"""Cash, and what kind of cost it pays: a part by kind, not by settlement."""
_ADDED = wording(
    r"(?:,|\bwhich|\bthat)[^,;.]{0,30}\b(?:primarily|mainly|principally|mostly|largely|consist\w*|"
    r"compris\w*|in the main|most of which (?:will be|is|are|relates? to|represents?) (?!incurred|"
    r"made|paid|recorded|recogni[sz]ed|expected|non-?cash|cash|in cash)|"
    r"substantially all)\b",
    ", primarily severance",
    ", severance",
)
_ENUMERATED = wording(
    r"\((?:[ivx]{1,4}|[a-z]|\d{1,2})\)\s*(?:\w+[\s-]){0,8}\(?\s*$",
    "(ii) lease and severance costs (",
    "lease and severance costs (",
)
_GENERAL = wording(
    r"\((?:[ivx]{1,4}|[a-z]|\d{1,2})\)|\b(?:and|or|the|its|our|of|for|a|an|to|pre-?tax|estimated|"
    r"total|additional|aggregate|net|cash|expected|anticipated|future|approximate(?:ly)?|incurred|recorded|"
    r"recogni[sz]ed|remaining|cumulative|prior|original|revised|current|date|be|"
    r"non-?cash|restructuring|one-time|exit|related|special|charges?|costs?|expenses?|expenditures?|"
    r"payments?|outlays?|items?|amounts?)\b",
    "the estimated restructuring charges",
    "severance",
)
_NAMED = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_RECORDED = wording(
    r"\b(?:record|incur|recogni[sz]|expens|accru|pa(?:y|id))\w*",
    "will be recorded",
    "will be closed",
)
_RELATES = wording(
    r"#\s+of (?:these|those|the|such|this) (?:\w+ ){0,3}(?:relates?|pertains?|is attributable) to\b",
    "# of these costs relates to employees",
    "# of these costs is cash",
)
"""What a part is for, whenever it is recorded."""
_LINE_ITEM = wording(
    r"\s*(?:of (?:which|this|that|these|it) )?(?:(?:will|would|is|are|was|were|to) (?:be "
    r")?)?(?:recorded |included |"
    r"reported |recogni[sz]ed |classified )?(?:in|within|as|to) (?:the )?(?:selling|sales|research|"
    r"general|cost of|"
    r"operating expenses|marketing)\b[^.;$€£¥]{0,60}\b(?:expenses?|sales|revenues?|development|"
    r"administrative|sold)\b",
    " will be recorded in selling, general and administrative expenses",
    " will be recorded in the quarter",
)
"""Behind a part: where the income statement shows it."""
_TOTALING = wording(
    r"\btotall?ing\b(?: approximately| about)?\s*$",
    "write-downs totaling ",
    "write-downs of ",
)
_A_YEAR = 366
_REMAINING = wording(
    r"\bthe (?:remaining|remainder of|balance of)\s+(?:of\s+)?$",
    "the remaining ",
    "remaining lease payments of ",
)
_ADDED_BEFORE = wording(
    r",\s*(?:including|primarily|mainly|principally|consisting|which (?:includ|consist|compris|"
    r"relat)\w*)\b[^;]*?,(?=[^,;]*$)",
    ", primarily severance, of",
    ", severance of",
)
_AFTER_COMMA_PERIOD = wording(
    r"(?:,|\band\b)[^,]*\b(?:in|by|before|during|over|through)\b",
    ", most of it in 2005",
    " in cash",
)


def read_role(draft: ChargeDraft, words: Words) -> None:
    zones = words.zones
    by_addition = _named_by_addition(words)
    bare = draft.category in ("unstated", "mixed") or by_addition
    part = first_rule(PERIOD_PART, words.frame)
    of_all = draft.reasons.get("settlement", "").startswith("settlement.all") and not SOME_OF.regex.search(
        words.frame
    )
    role, rule = "component", "role.named_part"
    if prior := _prior(zones):
        role, rule = "revision_prior", prior.id
    elif bare and NAMED_AGAIN.regex.search(f"{zones.before}#"):
        role, rule = "total", NAMED_AGAIN.id
    elif (
        bare
        and draft.period_text
        and not (draft.category == "mixed" and zones.head_is_right)
        and _ANNOUNCED.search(zones.before)
        and not (draft.settlement != "unstated" and _sets_cash_apart(draft, zones.after))
    ):
        role, rule = "period_portion", "role.announced_in_period"
    elif (
        bare
        and draft.period_text
        and (draft.reasons["kind"] == "kind.of_the_amounts_before" or _REMAINING.search(zones.before))
    ):
        role, rule = "period_portion", "role.remainder_in_period"
    elif _LINE_ITEM.match(words.after) and (bare or draft.category == "other"):
        role, rule = "component", "role.income_statement_line"
        draft.category = "unstated"
    elif part and part.id == "role.scheduled":
        role, rule = part.says, part.id
    elif (
        part
        and (bare or draft.category == "other" or not zones.head_is_right)
        and (
            draft.settlement == "unstated" or (draft.period_text and not _sets_cash_apart(draft, zones.after))
        )
        and (
            draft.period_text
            or part.id != "role.period_part_of_charges"
            or (_RECORDED.search(words.frame) and not _RELATES.search(words.frame))
        )
    ):
        role, rule = "period_portion", part.id
    elif (
        (portion := first_rule(GENERIC_PORTION, words.after))
        and not (zones.head_is_left and (category_of(zones.head) or GENERIC_COST.regex.search(zones.head)))
        and not _SPENT_ON.search(words.after)
    ):
        role, rule = portion.says, portion.id
    elif draft.settlement in ("cash", "noncash") and SOME_OF.regex.search(words.frame):
        role, rule = f"{draft.settlement}_portion", SOME_OF.id
    elif zones.head_is_left and CASH_SPENT.regex.search(zones.head) and not category_of(zones.head):
        role, rule = "cash_portion", CASH_SPENT.id
    elif draft.category == "mixed" and _ENUMERATED.search(zones.joined or ""):
        role, rule = "component", "role.listed_part"
    elif bare and draft.settlement in ("cash", "noncash") and not of_all and not by_addition:
        role, rule = f"{draft.settlement}_portion", draft.reasons["settlement"]
    elif CONTINGENT_ADDITION.regex.search(words.frame):
        role, rule = "component", CONTINGENT_ADDITION.id
    elif TOTAL_OF_PLAN.regex.search(zones.head + zones.qualifiers):
        role, rule = "total", TOTAL_OF_PLAN.id
    elif bare and (stated := first_rule(TOTAL, words.own)) and not _is_bullet_of_several(draft, words):
        role, rule = "total", stated.id
    elif draft.category == "mixed" and (
        zones.passage.lead_in is not None or _IN_ADDITION.search(zones.whole_before)
    ):
        role, rule = "component", "role.listed_part"
    elif draft.category == "unstated" and zones.joined is not None and _names_a_type(zones):
        draft.category, draft.reasons["category"] = "other", "category.named_otherwise"
    elif bare and GENERIC_COST.regex.search(
        words.own if is_listed(zones) else f"{words.own} {zones.whole_before}"
    ):
        role, rule = "total", GENERIC_COST.id
    if role == "total" and draft.low is not None and draft.low < 0:
        role, rule = "component", "role.credit_is_part"
    draft.role, draft.reasons["role"] = role, rule


def _is_bullet_of_several(draft: ChargeDraft, words: Words) -> bool:
    """A list's entry that sums types of its own: "- lease and inventory write-downs totaling # million"."""
    said = words.zones.head + words.zones.qualifiers
    return (
        words.zones.passage.lead_in is not None
        and draft.category == "mixed"
        and _TOTALING.search(said) is not None
    )


def _names_a_type(zones: Zones) -> bool:
    """ "customer-related costs ($0.7 million)" in a list: something is named, whatever type it is."""
    if not zones.head_is_left or not zones.before.rstrip().endswith("("):
        return False
    return names_something(zones.head)


def names_something(words: str) -> bool:
    """True where more is named than costs: "customer-related costs", not "total restructuring charges"."""
    return bool(_NAMED.search(_GENERAL.sub(" ", words)))


def _named_by_addition(words: Words) -> bool:
    """ "total restructuring charges of #, primarily severance": a general amount, and what is most of it."""
    before, aside = _ADDED_BEFORE.subn(" ", words.zones.before)
    added = _ADDED.search(words.after)
    if added is None and not aside:
        return False
    own = f"{before}{words.zones.qualifiers} # {words.after[: added.start()] if added else words.after}"
    return bool(GENERIC_COST.regex.search(own)) and category_of(own) is None


def _sets_cash_apart(draft: ChargeDraft, after: str) -> bool:
    """ "will be spent in cash, most of it in 2005": cash is what sets the amount apart, not the year.

    So it is where the cash is spent over more than a year.
    """
    if draft.period_start and draft.period_end and (draft.period_end - draft.period_start).days > _A_YEAR:
        return True
    cash, period = _first_match(CASH, after), _AFTER_COMMA_PERIOD.search(after)
    return cash is not None and period is not None and cash.end() <= period.start()


def _first_match(rules: Sequence[Rule], text: str) -> re.Match[str] | None:
    return next((match for rule in rules if (match := rule.regex.search(text))), None)


def _prior(zones: Zones) -> Rule | None:
    said = ASIDES.sub(" ", zones.whole_before)
    for rule in PRIOR_BEFORE:
        text = said[-200:] if rule.id in ("role.prior_from", "role.prior_compared") else said
        match = rule.regex.search(text)
        if match and not _NOW.search(text, match.end()):
            return rule
    return first_rule(PRIOR_AFTER, zones.after)
