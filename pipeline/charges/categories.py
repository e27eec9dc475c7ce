"""Types of cost, and their class under ASC 420-10-25 (before 2009: SFAS 146)."""

import re
from functools import lru_cache

from pipeline.figures.rule import Rule

CATEGORIES: tuple[Rule, ...] = (
    Rule(
        "category.stock_compensation",
        r"\b(?:(?:stock|share|equity)[- ]based (?:compensation|awards?|payments?)|"
        r"stock compensation|share compensation|equity (?:compensation|awards?)|"
        r"accelerat\w+ (?:of )?(?:the )?vesting|vesting|equity award\w*|restricted stock|"
        r"(?:performance|stock|share)(?:[- ]based)? (?:stock |share )?units?|"
        r"stock options?|RSUs?|option (?:modification|exercise)\w*|(?:SFAS|FAS|Standards|No\.|"
        r"Statement)[^.;]{0,20}123(?:\(R|R)?|ASC (?:Topic )?718|"
        r"(?:extend\w*|extension)[^.;]{0,60}exercise)\b",
        "stock_compensation",
        "non-cash stock-based compensation",
        "stock of raw materials",
    ),
    Rule(
        "category.retention",
        r"\b(?:retention|stay bonus(?:es)?|stay-on|retain(?:ing)? (?:key |certain )?(?:employees|"
        r"personnel|staff))\b",
        "retention",
        "retention bonuses",
        "to retain title",
    ),
    Rule(
        "category.pension",
        r"\b(?:pensions?|curtailments?|post-?retirement|OPEB|retiree (?:medical|health)|"
        r"multi-?employer|withdrawal liabilit\w+)\b",
        "pension",
        "pension curtailment",
        "curtailed operations",
    ),
    Rule(
        "category.severance",
        r"\b(?:severance|severed|separation(?! agreement between)|terminat\w+ benefits?|"
        r"one[- ]time (?:employee )?terminat\w+|one-time (?:employee )?benefits?|(?:employee|"
        r"workforce|headcount|personnel|people|staff|payroll)"
        r"(?:[- ]?(?:related|reduction|termination|separation|severance|exit|"
        r"compensation))* (?:and (?:\w+ )?(?:benefits?|related) )?(?:costs?|charges?|expenses?|"
        r"benefits?|payments?|reductions?|terminations?)|"
        r"termination of employ(?:ees|ment)|involuntary terminations?|outplacement|redundanc(?:y|ies)|"
        r"reductions? in force|"
        r"work ?force reductions?|(?:voluntary )?early retirement(?: program\w*| incentives?)?|"
        r"reductions? (?:of|in) (?:the |its |our )?(?:work ?force|"
        r"headcount)|WARN|"
        r"(?:(?:statutory|contractual|legally required)(?: (?:and|or) (?:statutory|contractual))? )?"
        r"(?:terminat\w+|separation|dismissal|notice|end-of-service) (?:pay(?:ments?)?|indemnit\w+|"
        r"allowances?)|"
        r"(?:pay|payments?|compensation) (?:for|to|of) (?:the |its |our |departing |terminated |"
        r"affected )*(?:employees|staff|personnel)|"
        r"notice[- ](?:period )?pay|job (?:cuts|eliminations?)|layoffs?|salary continuation|COBRA|"
        r"cutting (?:\w+ )?\d+ employees)\b",
        "severance",
        "one-time termination benefits",
        "employees in the plant",
    ),
    Rule(
        "category.goodwill_intangible",
        r"\b(?:(?:(?:impairments?|write-?(?:downs?|offs?)|amortization) (?:of|to|"
        r"on) (?:\w+ ){0,3})?(?:goodwill|intangibles?|in-process research|IPR&D|"
        r"acquired (?:technology|research)|trade ?names?|customer relationships|"
        r"developed technology|capitalized software)(?: (?:assets? )?(?:impairments?|"
        r"write-?(?:downs?|offs?)|amortization))?)\b",
        "goodwill_intangible",
        "impairment of goodwill",
        "good will come",
    ),
    Rule(
        "category.inventory",
        r"\b(?:(?:impairments?|write-?(?:downs?|offs?)|obsolescence|provisions?) (?:of|to|for|"
        r"on) (?:\w+ ){0,3})?(?:inventor(?:y|ies)|spare parts|raw materials?|"
        r"obsolescence)(?:[- ](?:related )?(?:impairments?|write-?(?:downs?|offs?)|reserves?|"
        r"obsolescence|provisions?|charges?))?\b",
        "inventory",
        "inventory write-downs",
        "inventors of the device",
    ),
    Rule(
        "category.asset_impairment",
        r"\b(?:(?:asset|fixed asset|long-lived asset|property|equipment|plant|building|leasehold|"
        r"right-of-use|ROU|facilit(?:y|ies)|other)?[ -]?(?:asset )?(?:impairments?|"
        r"write-?(?:downs?|offs?|downs?))|"
        r"impairments?|impaired|writ(?:e|es|ing|ten) (?:down|off)(?! (?:of )?(?:\w+ ){0,3}(?:inventor|"
        r"goodwill|intangib))|"
        r"accelerated (?:depreciation|amortization)|depreciation|depreciating|(?:loss|"
        r"losses) on (?:the )?(?:sale|disposal|disposition) of|(?:disposal|disposition)s? of (?:\w+,? "
        r"){0,2}(?:property|plant|equipment)|"
        r"(?:disposal|abandonment|write-?(?:down|off)s?) of (?:\w+ ){0,3}(?:assets?|equipment|"
        r"property|machinery)|asset[- ]related|fixed assets?|asset (?:charges?|disposals?|"
        r"abandonments?|retirements?))\b",
        "asset_impairment",
        "accelerated depreciation",
        "asset management",
    ),
    Rule(
        "category.contract_termination",
        r"\b(?:(?:leases?|contract(?:ual)?s?(?: (?:or|and) \w+)?|agreements?|license|distributor|"
        r"supplier|vendor|"
        r"purchase commitment|facility lease|tenancy)(?:[- ](?:and other )?(?:related|contract|"
        r"lease|agreements?))*[- ](?:terminations?|exit|cancell?ations?|abandonments?|"
        r"obligations?|buy-?outs?|commitments?|costs?|charges?|payments?|settlements?|cessation)|"
        r"terminat\w+ payments? (?:[\w’$.,]+ ){0,8}to (?:the |its |our |a )?(?:customers?|suppliers?|"
        r"licensors?|landlords?|"
        r"vendors?|lessors?|counterpart(?:y|ies)|manufacturers?|distributors?)|"
        r"(?:terminat\w+|settl\w+|surrender\w*)(?: of)? (?:\w+ ){1,4}(?:leases?|contracts?|"
        r"agreements?)|terminat(?:e|es|ing) (?:leases?|contracts?|agreements?)|(?:exit\w*|cancell?\w*|"
        r"buy-?out|cessation)(?: of)? (?:\w+ ){0,3}(?:leases?|"
        r"contracts?|agreements?)|early termination(?: fees?| penalt\w+| of (?:\w+ ){0,3}(?:leases?|"
        r"contracts?|agreements?))|remaining (?:lease|rent)\w*|"
        r"penalt(?:y|ies) (?:\w+ ){0,8}(?:leases?|contracts?|agreements?)|"
        r"(?:leases?|contracts?|agreements?) (?:\w+ ){0,7}(?:was|were|is|are|be) (?:ended|terminated|"
        r"surrendered|"
        r"bought out|cancell?ed)|"
        r"(?:vacat|abandon)\w+ (?:\w+ ){0,3}(?:leases?|leased|space)|excess facilit(?:y|ies)|"
        r"lease[sd]? (?:facilit(?:y|ies)|space|exits?)|rent(?:al)? obligations?|dilapidations?|"
        r"contract(?:ual)? (?:obligations?|terminations?)|lease exit)\b",
        "contract_termination",
        "lease termination costs",
        "the termination of employees",
    ),
    Rule(
        "category.relocation",
        r"\b(?:relocat\w+|moving (?:costs?|expenses?)|(?:production|equipment|inventory|product line) "
        r"(?:transfers?|"
        r"moves?)|transfer(?:ring)? (?:of )?(?:production|"
        r"equipment|work|employees|inventory|operations|manufacturing)|mov(?:e|es|ing) (?:of )?(?:\w+ "
        r"){0,4}(?:equipment|"
        r"production|machinery|operations|lines?)|"
        r"equipment moves?)\b",
        "relocation",
        "relocation costs",
        "a moving average",
    ),
    Rule(
        "category.professional_fees",
        r"\b(?:fees (?:to|of|for) (?:\w+ ){0,2}(?:advis[eo]rs?|counsel)|lawyers|consultants|(?:legal|"
        r"professional|advisory|consult(?:ing|ants?)|accounting|audit|"
        r"attorneys?[’']?)(?:,? (?:and )?(?:\w+ )?(?:legal|professional|advisory|consulting|"
        r"accounting))* (?:fees?|services?|costs?|expenses?)|professional fees|"
        r"advisors?[’']? fees?)\b",
        "professional_fees",
        "legal and professional fees",
        "professional staff",
    ),
    Rule(
        "category.facility",
        r"\b(?:facilit(?:y|ies)(?:[- ](?:related|closure|closing|exit|consolidation|shut-?down|"
        r"carrying))+|(?:plant|site|store|office|branch|mill|mine|warehouse|building|center|"
        r"facilit(?:y|ies))(?:[- ](?:closures?|closings?|exit|shut-?downs?|consolidations?))|"
        r"clos(?:ing|ure|e) (?:of )?(?:the |its |our |these |such |\w+ ){0,3}(?:facilit(?:y|ies)|"
        r"plants?|sites?|stores?|offices?|buildings?|branch(?:es)?)|decommission\w*|"
        r"shut-?down costs|remediation|closure costs|closing costs|mothball\w*|idling|clean(?:ing)?[- "
        r"]?up|shut(?:ting)? "
        r"down (?:\w+ ){0,3}(?:sites?|plants?|facilit(?:y|ies)|mills?)|environmental|"
        r"site (?:clearance|restoration|preparation)|demolition|dismantl\w+|restoration|"
        r"idle facilit\w+|wind-?down|carrying costs|facility (?:costs?|charges?|expenses?))\b",
        "facility",
        "plant closure costs",
        "a state-of-the-art facility",
    ),
    Rule(
        "category.other",
        r"\b(?:other (?:[\w-]+ ){0,4}(?:costs?|charges?|expenses?|items|liabilities|payments?)|"
        r"miscellaneous|ancillary|sundry|training|IT (?:system )?costs?|systems? (?:conversion|"
        r"transition)|information technology|transition costs?|trailing liabilities|"
        r"(?:currency|cumulative) translation)\b",
        "other",
        "other exit costs",
        "costs of the other plan",
    ),
)
"""Of overlapping matches the longer one counts, of equal ones the rule named first; `other` yields to any."""

COSTS_IN_THEMSELVES = (
    "stock_compensation",
    "retention",
    "pension",
    "goodwill_intangible",
    "inventory",
    "asset_impairment",
    "contract_termination",
)
"""Named as what causes a charge, these are the charge; a closing or a layoff causes charges of many kinds."""

RESTRUCTURING_AND = Rule(
    "category.restructuring_and_impairment",
    r"\b(?:restructuring|realignment|reorganization)(?: (?:charges?|costs?))?(?:,? and|,) (?:\w+ "
    r"){0,2}impairments?\b|"
    r"\bimpairments?(?: (?:charges?|costs?))?,? and (?:\w+ )?(?:restructuring|realignment|reorganization)\b",
    "mixed",
    "restructuring and asset impairment charge of",
    "asset impairment charge of",
)
"""Restructuring stands for types of its own beside the one that is named."""
OBJECTS: tuple[Rule, ...] = (
    Rule(
        "category.object_moved",
        r"\b(?:mov(?:e|es|ing)|transfers?|transferring)\b",
        "relocation",
        "for moving dies and presses",
        "removal of dies",
    ),
    Rule(
        "category.object_contract",
        r"\b(?:leases?|contracts?|rents?|landlords?|commitments|take-or-pay)\b",
        "contract_termination",
        "relates to leases that expire in 2015",
        "the contraction of demand",
    ),
    Rule(
        "category.object_people",
        r"\b(?:employees?|work ?force|personnel|headcount|wages|staff)\b",
        "severance",
        "for employees of the plant",
        "for the plant",
    ),
    Rule(
        "category.object_place",
        r"\b(?:facilit(?:y|ies)|offices?|plants?|stores?|sites?|premises|buildings?|mills?|"
        r"warehouses?|space)\b",
        "facility",
        "for the office space",
        "for the official",
    ),
    Rule(
        "category.object_asset",
        r"\b(?:assets?|equipment|machinery|tooling|fixtures|molds?|leasehold improvements)\b",
        "asset_impairment",
        "for tooling and molds",
        "for the moldy basement",
    ),
)
"""What an amount in an enumeration is for, where no type of cost is named: the first that matches."""

ASC420_CLASS: dict[str, str] = {
    "severance": "one_time_termination_benefits",
    "retention": "one_time_termination_benefits",
    "contract_termination": "contract_termination",
    "facility": "other_associated",
    "relocation": "other_associated",
    "professional_fees": "other_associated",
    "other": "other_associated",
    "inventory": "outside_asc420",
    "asset_impairment": "outside_asc420",
    "goodwill_intangible": "outside_asc420",
    "stock_compensation": "outside_asc420",
    "pension": "outside_asc420",
    "mixed": "several",
    "unstated": "unstated",
}


_REMEMBERED = 1_024
"""The same words are asked about several times while a sentence is read."""


@lru_cache(maxsize=_REMEMBERED)
def categories_in(text: str) -> tuple[tuple[int, int, Rule], ...]:
    """Non-overlapping category matches in reading order: start, end, rule."""
    matches: list[tuple[int, int, int, Rule]] = []
    for rank, rule in enumerate(CATEGORIES):
        matches.extend((match.start(), match.end(), rank, rule) for match in rule.regex.finditer(text))
    last = len(CATEGORIES) - 1
    matches.sort(key=lambda found: (found[2] == last, -(found[1] - found[0]), found[2], found[0]))
    kept: list[tuple[int, int, Rule]] = []
    for start, end, _, rule in matches:
        if not any(start < other_end and other_start < end for other_start, other_end, _ in kept):
            kept.append((start, end, rule))
    return tuple(sorted(kept, key=lambda found: found[0]))


_RELATED = re.compile(
    r"related|associated|similar|continuation|continued|"
    r"\bother (?:\w+ ){0,2}(?:costs?|expenses?|charges?|benefits?) (?:of|for|to) (?:\w+ "
    r"){0,3}(?:employees|those|staff|people|personnel)",
    re.IGNORECASE,
)
_NAMES_NOTHING = re.compile(
    r"\b(?:restructuring|reorganization|realignment)(?: costs| charges| expenses)?(?:,? and|,? or| and/or)"
    r" (?:other|related|similar|associated)(?: \w+){0,2} (?:charges?|costs?|expenses?)\b|"
    r"\b(?:except(?:ing)? (?:for )?|other than |excluding |exclusive of |not including |apart from |"
    r"with the exception of )[^,;.()]{3,80}|"
    r"\b(?:in connection with|as a result of|resulting from|by reason of) (?:the |this |these |its |"
    r"their )?(?:\w+ ){0,4}?"
    r"(?:plans?|programs?|restructurings?|closings?|closures?|actions?|initiatives?|shut-?downs?|exit|"
    r"wind-?downs?|"
    r"consolidations?|reductions?|layoffs?|cessation|discontinu\w+)\b(?: of [^,;.#]{0,80})?|"
    r"\([^()]*\b(?:not (?:included |counted |reflected )?in|excluded|not including|excluding)\b[^()]*\)",
    re.IGNORECASE,
)
"""General words for the costs of a plan, and what is left out: neither "restructuring and other charges" nor
"excluding severance" names the type of an amount."""


@lru_cache(maxsize=_REMEMBERED)
def category_of(text: str) -> tuple[str, str] | None:
    """The category that a phrase names with the deciding rule's id; `mixed` for several, None for none.

    "Severance and other related benefits" is severance: what is related to it is no type of its own.
    """
    if RESTRUCTURING_AND.regex.search(text):
        return "mixed", RESTRUCTURING_AND.id
    text = _NAMES_NOTHING.sub(" ", text)
    found = categories_in(text)
    names = list(dict.fromkeys(rule.says for _, _, rule in found))
    specific = [name for name in names if name != "other"]
    if not names:
        return None
    if len(specific) == 1 and ("other" not in names or len(found) == 1 or _RELATED.search(text)):
        chosen = specific[0]
    elif len(names) == 1:
        chosen = names[0]
    elif len(specific) >= 2 or specific:
        return "mixed", "category.several_named"
    else:
        chosen = "other"
    return chosen, next(rule.id for _, _, rule in found if rule.says == chosen)


def category_of_object(text: str) -> tuple[str, str] | None:
    """The category of the thing that a part of an enumeration is for, and the rule's id."""
    rule = next((rule for rule in OBJECTS if rule.regex.search(text)), None)
    return (rule.says, rule.id) if rule else None
