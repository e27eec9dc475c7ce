"""From an amount that is a cost to a draft of its row: category, role, settlement, status, period."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.charges.categories import COSTS_IN_THEMSELVES, category_of, category_of_object
from pipeline.charges.readings import ChargeDraft, Mention
from pipeline.charges.roles import (
    AFTER_TAX,
    ALL_BUT,
    CASH,
    CASH_OF_ALL,
    CASH_SPENT,
    CREDIT,
    CREDIT_BEHIND,
    EXPECTED,
    GENERIC_COST,
    GENERIC_PORTION,
    INCURRED,
    NAMED_AGAIN,
    PART_OF,
    PARTLY,
    PAST,
    PAYS,
    PERIOD_PART,
    PRETAX,
    PRIOR_AFTER,
    PRIOR_BEFORE,
    SOME_OF,
    TOTAL,
    TOTAL_OF_PLAN,
)
from pipeline.charges.zones import Zones, where_names_part
from pipeline.figures.model import Period
from pipeline.figures.rule import Rule, wording

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
_OF_WHICH_FIRST = re.compile(r"\s*(?:of (?:which|this|that|these|those)\b)?", re.IGNORECASE)
"""Right behind a figure, "$3 million of which relates to vesting" is about that figure."""
_ADDS = wording(
    r"\s*,?\s*(?:primarily|mainly|principally|mostly|largely|all|substantially all|related|relating|"
    r"consisting)\b",
    ", primarily severance",
    ", severance",
)
_WHAT_FOR = wording(
    r"\b(?:charges?|costs?|expenses?|payments?|amounts?) (?:for|of|to|relat\w+ to|in respect of|"
    r"associated with|attributable to)\b",
    "a charge for the leases",
    "a charge in the quarter",
)
"""In a list, "a charge for the leases" says no more than "for the leases"."""
_PARENTHESES = re.compile(r"\([^()]*(?:\)|$)")
_ASIDES = re.compile(r"\([^()]*\)")
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
_NEXT_ITEM = re.compile(r",|\band\b|\bplus\b|;", re.IGNORECASE)
_BOTH = wording(
    r"\bcash\s+(?:and|or|as well as)\s+non|\bnon-?\s?cash\s+(?:and|or)\s+cash",
    "cash and non-cash charges",
    "cash charges",
)
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
    r"total|additional|aggregate|net|cash|"
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
_HAD_BEEN = wording(
    r"\b(?:that|which) (?:\w+ ){0,4}had (?:been )?\w+",
    "provisions that the Company had recorded",
    "provisions that the Company recorded",
)
"""Of something else: "adjustments to provisions that the Company had recorded in earlier periods"."""
_A_YEAR = 366
_REMAINING = wording(
    r"\bthe (?:remaining|remainder of|balance of)\s+(?:of\s+)?$",
    "the remaining ",
    "remaining lease payments of ",
)
_STILL_TO_COME = wording(
    r"\s*(?:of (?:which|this|that|it) )?(?:is|are|will|would|to be)\b(?! (?:recorded|incurred|paid))",
    " is expected to be recognized",
    " was recognized",
)
"""Right behind the figure: "is expected to be recognized"."""
_WHICH_WAS = wording(
    r"(?:,\s+which|\bthat)\s+(?:was|were|has been|have been)\s+(?:\w+\s+)?(?:recorded|incurred|recogni[sz]ed|"
    r"expensed|paid|accrued)\b",
    ", which was recorded in May",
    ", which will be recorded in May",
)
_ADDED_BEFORE = wording(
    r",\s*(?:including|primarily|mainly|principally|consisting|which (?:includ|consist|compris|"
    r"relat)\w*)\b[^;]*?,(?=[^,;]*$)",
    ", primarily severance, of",
    ", severance of",
)
_ASIDE_CLAUSE = wording(
    r",\s+(?:which|that|who)\s+(?:was|were|has|have|had)\b[^,;]*,",
    ", which was recognized in May,",
    ", which will be recognized in May,",
)
"""Said of the amount before: ", which was recognized in the first quarter,"."""
_AFTER_COMMA_PERIOD = wording(
    r"(?:,|\band\b)[^,]*\b(?:in|by|before|during|over|through)\b",
    ", most of it in 2005",
    " in cash",
)
_IN_PERIOD = wording(
    r"(?:\b(?:in|during|for|over|through|throughout|within|by|and|to|until|ending|"
    r"of)\s+(?:the\s+|its\s+|our\s+)?(?:end\s+of\s+(?:the\s+)?)?(?:fiscal\s+)?)$",
    "during the ",
    "severance ",
)


@dataclass(frozen=True, slots=True)
class Words:
    """The stretches that say what one charge is, cut from its zones."""

    zones: Zones
    after: str
    """Behind the figure, without what already names the next one."""

    @property
    def own(self) -> str:
        """The figure's noun phrase and what is said behind it."""
        return f"{self.zones.head}{self.zones.qualifiers} # {self.after}"

    @property
    def frame(self) -> str:
        return f"{self.zones.before} # {self.zones.after}"


def words_of(zones: Zones, following: Zones | None) -> Words:
    """Cut the words behind the figure where the next figure's own words start."""
    after = zones.after
    if (
        following is not None
        and following.joined is not None
        and (parted := where_names_part(following.joined))
    ):
        after = following.joined[:parted]
    elif following is not None:
        cuts = [match.start() for match in _NEXT_ITEM.finditer(after)]
        named_behind = following.head_is_left
        match = PART_OF.regex.search(after, len(_OF_WHICH_FIRST.match(after).group()))  # type: ignore[union-attr]
        if match and not (match.group().strip() in ("(", ":") and named_behind and cuts):
            after = after[: match.start()]
        elif named_behind and cuts:
            adds = zones.head_is_right or _ADDS.match(after)
            after = after[: cuts[-1] if adds and len(cuts) > 1 else cuts[0]]
    return Words(zones, after)


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
            _ESTIMATE.search(_ASIDES.sub(" ", zones.whole_before))
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
    _read_role(draft, words)
    _read_status(draft, zones)
    _read_tax(draft, zones)
    return draft


def _read_category(draft: ChargeDraft, words: Words) -> None:
    zones = words.zones
    order = (
        (words.after, zones.head)
        if zones.head_is_right and not zones.head_is_left
        else (zones.head, words.after)
    )
    is_total = _first(TOTAL, zones.head + zones.qualifiers) is not None
    wider = zones.wider if not is_total and (zones.head_is_left or zones.joined is None) else ""
    for text in (*order, wider):
        if not _is_listed(zones):
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
    if _is_listed(zones) and not GENERIC_COST.regex.search(naming) and (named := category_of_object(naming)):
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
        if said := _first(CASH_OF_ALL, text) or _first(CASH, text):
            draft.settlement, draft.reasons["settlement"] = said.says, said.id
            return


def _read_role(draft: ChargeDraft, words: Words) -> None:
    zones = words.zones
    by_addition = _named_by_addition(words)
    bare = draft.category in ("unstated", "mixed") or by_addition
    part = _first(PERIOD_PART, words.frame)
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
        (portion := _first(GENERIC_PORTION, words.after))
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
    elif TOTAL_OF_PLAN.regex.search(zones.head + zones.qualifiers):
        role, rule = "total", TOTAL_OF_PLAN.id
    elif bare and (stated := _first(TOTAL, words.own)) and not _is_bullet_of_several(draft, words):
        role, rule = "total", stated.id
    elif draft.category == "mixed" and (
        zones.passage.lead_in is not None or _IN_ADDITION.search(zones.whole_before)
    ):
        role, rule = "component", "role.listed_part"
    elif draft.category == "unstated" and zones.joined is not None and _names_a_type(zones):
        draft.category, draft.reasons["category"] = "other", "category.named_otherwise"
    elif bare and GENERIC_COST.regex.search(
        words.own if _is_listed(zones) else f"{words.own} {zones.whole_before}"
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
    return bool(_NAMED.search(_GENERAL.sub(" ", zones.head)))


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


def _is_listed(zones: Zones) -> bool:
    """True for an amount that follows another in its sentence, or stands in a list."""
    return zones.joined is not None or zones.passage.lead_in is not None


def _prior(zones: Zones) -> Rule | None:
    said = _ASIDES.sub(" ", zones.whole_before)
    for rule in PRIOR_BEFORE:
        text = said[-200:] if rule.id in ("role.prior_from", "role.prior_compared") else said
        match = rule.regex.search(text)
        if match and not _NOW.search(text, match.end()):
            return rule
    return _first(PRIOR_AFTER, zones.after)


def _first(rules: Sequence[Rule], text: str) -> Rule | None:
    return next((rule for rule in rules if rule.regex.search(text)), None)


def _read_status(draft: ChargeDraft, zones: Zones) -> None:
    """The nearest of "recorded" and "expects to record" before the figure; else behind it."""
    if _STILL_TO_COME.match(zones.after):
        return
    ahead = _ASIDE_CLAUSE.sub(" ", f"{zones.passage.lead_in_text}\n{zones.whole_before}")
    incurred = _last_end(INCURRED, ahead)
    expected = _last_end((EXPECTED,), ahead)
    if expected:
        draft.reasons["status"] = EXPECTED.id
    if incurred and (not expected or incurred[0] > expected[0] + 12):
        draft.status, draft.reasons["status"] = "incurred", incurred[1].id
        return
    behind = _first(INCURRED, zones.after)
    if (behind and _WHICH_WAS.search(zones.after)) or (
        behind and not EXPECTED.regex.search(zones.after) and (not expected or zones.head_is_right)
    ):
        draft.status, draft.reasons["status"] = "incurred", behind.id
    elif not EXPECTED.regex.search(f"{ahead} # {zones.whole_after}") and PAST.regex.search(ahead):
        draft.status, draft.reasons["status"] = "incurred", PAST.id
    elif (
        not expected
        and (later := _first(INCURRED, _HAD_BEEN.sub(" ", zones.whole_after)))
        and not EXPECTED.regex.search(zones.whole_after)
    ):
        # "severance of $0.7 million and other costs of $0.1 million were incurred": said of both.
        draft.status, draft.reasons["status"] = "incurred", later.id


def _last_end(rules: Sequence[Rule], text: str) -> tuple[int, Rule] | None:
    ends = [(match.end(), rule) for rule in rules for match in rule.regex.finditer(text)]
    return max(ends, key=lambda found: found[0]) if ends else None


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
