"""Shares and awards: what they are, and what the plan does to them."""

import re
from collections.abc import Sequence

from pipeline.charges.passages import Passage
from pipeline.charges.readings import Mention, Reading, ShareDraft
from pipeline.charges.zones import FARTHEST
from pipeline.figures.rule import Rule, wording

SECURITIES: tuple[Rule, ...] = (
    Rule(
        "security.performance",
        r"\bperformance|\bPSUs?\b|\bPRSUs?\b|\bmarket stock units?|\bMSUs?\b",
        "performance_award",
        "performance stock units",
        "restricted stock units",
    ),
    Rule(
        "security.rsu",
        r"\brestricted (?:stock|share) units?|\bRSUs?\b|\b(?:stock|share|deferred) units?\b",
        "restricted_stock_unit",
        "restricted stock units",
        "restricted stock",
    ),
    Rule(
        "security.restricted",
        r"\brestricted (?:stock|shares?|common)|\bRSAs?\b|\bunvested shares?",
        "restricted_stock",
        "shares of restricted stock",
        "restricted cash",
    ),
    Rule(
        "security.option",
        r"\boptions?\b|\bappreciation rights?\b|\bSARs?\b|\bwarrants?\b",
        "stock_option",
        "options to purchase",
        "an optional redemption",
    ),
    Rule(
        "security.common",
        r"\bshares?\b|\bcommon stock\b|\bADSs?\b",
        "common_stock",
        "shares of common stock",
        "a sharing of costs",
    ),
)
ACTIONS: tuple[Rule, ...] = (
    Rule(
        "action.exercise_extended",
        r"\b(?:extend\w*|extension)\b[^.;]{0,120}\bexercis\w+|"
        r"\bremains? exercisable\b|\bexercis\w+ (?:until|through|for)\b[^.;]{0,60}\b(?:instead of|"
        r"rather than|beyond)\b|"
        r"\bexercis\w+[^.;]{0,80}\b(?:extend\w*|extension)|(?:additional|"
        r"longer) (?:\w+ ){0,4}(?:period|time) (?:\w+ ){0,4}exercise|\bextension (?:also )?(?:applies|"
        r"covers|relates)\b",
        "exercise_period_extended",
        "extending the period in which options may be exercised",
        "an extended warranty",
    ),
    Rule(
        "action.forfeited",
        r"\b(?:forfeit\w*|cancel\w*|laps\w+|surrender\w*|unvested options? (?:\w+ ){0,4}(?:will|"
        r"to) (?:be )?(?:cancel|expire))\b",
        "forfeited",
        "options will be forfeited",
        "a forgetful clerk",
    ),
    Rule(
        "action.modified",
        r"\b(?<!not\x20)(?:modif\w+|amend\w*|waive[sd]?|remain outstanding|continue to vest|repric\w+)\b",
        "modified",
        "the awards were modified",
        "a modest award",
    ),
    Rule(
        "action.vesting",
        r"\b(?<!not\x20)(?:accelerat\w+|(?<!which\x20)vests?|vesting|(?:be|been|become|became|fully|"
        r"immediately) vested|"
        r"immediately exercisable)\b",
        "vesting_accelerated",
        "shares will vest immediately",
        "a vestige of",
    ),
    Rule(
        "action.repurchased",
        r"\b(?:repurchas\w*|buy ?back|redeem\w*)\b",
        "repurchased",
        "shares will be repurchased",
        "purchase of shares",
    ),
    Rule(
        "action.granted",
        r"\b(?:grant(?:s|ed|ing)?|award(?:ed|ing)|receive[sd]?|retention (?:award|grant)s?)\b",
        "granted",
        "restricted stock units were granted",
        "rewarding work",
    ),
    Rule(
        "action.issued",
        r"\b(?:issu(?:e|es|ed|ing|ance)|deliver\w*|settled (?:\w+,? ){0,4}in (?:shares|stock))\b",
        "issued",
        "shares will be issued",
        "an issuer",
    ),
)
"""The match nearest to the number decides."""
NOT_OF_PLAN: tuple[Rule, ...] = (
    Rule(
        "shares.outstanding",
        r"\b(?:shares? (?:of [\w\s]{0,30})?(?:issued and )?outstanding|outstanding shares|"
        r"had [\d,]+ shares)\b",
        "other_matter",
        "shares of common stock outstanding",
        "awards remain outstanding for",
    ),
    Rule(
        "shares.repurchase_program",
        r"\b(?:repurchase program|buyback|may still be purchased|withh(?:o|e)ld\w*|tax obligations|"
        r"taxing authorit\w+|tax withholding)\b",
        "other_matter",
        "under the repurchase program",
        "repurchase of unvested shares",
    ),
    Rule(
        "shares.per_share",
        r"\bper (?:diluted )?share\b|\breverse (?:stock )?split\b",
        "other_matter",
        "$0.51 per share",
        "each shareholder",
    ),
)


_SAME_SHARES = wording(
    r"\s*\(?\s*(?:,\s*)?(?:which (?:is|are)\s+)?(?:equivalent to|equal to|represented by|or the "
    r"equivalent of)\s*",
    " (equivalent to ",
    " and ",
)
"""Between two counts of the same shares: "1,040 ordinary shares (equivalent to 52 depositary shares)"."""
_THEY = wording(
    r"(?:[\w ]{0,30}\b(?:these|those|such) (?:\w+ )?(?:awards?|units?|options?|shares?)|they|these|"
    r"those|such|"
    r"the (?:awards?|units?|options?|shares?))\b",
    "Such awards will",
    "The plant will",
)


def read_shares(passage: Passage, mentions: Sequence[Mention], reading: Reading) -> None:
    """Add the share drafts of a sentence, or say why a number of shares is none."""
    text = passage.section.text
    for position, mention in enumerate(mentions):
        figure = mention.figure
        if position and _SAME_SHARES.fullmatch(
            text[mentions[position - 1].figure.noun_end : figure.phrase_start]
        ):
            mention.translates(mentions[position - 1])
            continue
        around = text[max(passage.start, figure.start - 160) : min(passage.end, figure.end + 200)]
        near = text[max(passage.start, figure.start - 60) : min(passage.end, figure.noun_end + 90)]
        if other := next((rule for rule in NOT_OF_PLAN if rule.regex.search(near)), None):
            mention.is_none_of_ours(other.says, other.id)
            continue
        action = _action(passage, mention)
        if action is None:
            mention.is_none_of_ours("other_matter", "shares.no_action")
            continue
        described = (
            text[max(passage.start, figure.start - 40) : figure.start]
            if re.search(
                r"options? to (?:purchase|acquire|buy)\W+(?:\w+\W+){0,3}$",
                text[max(passage.start, figure.start - 60) : figure.start],
                re.IGNORECASE,
            )
            else ""
        )
        what = (
            described + " " + text[figure.start : min(passage.end, figure.noun_end + 30)]
            if described
            else text[figure.start : figure.noun_end]
        )
        security = next((rule for rule in SECURITIES if rule.regex.search(what)), None)
        if security is not None and security.says == "common_stock":
            wider = next((rule for rule in SECURITIES[:4] if rule.regex.search(around)), None)
            security = wider or security
        draft = ShareDraft(mention, security.says if security else "other", action.says)
        draft.reasons = {"action": action.id, "security": security.id if security else "security.other"}
        mention.states(draft, action.id)
        reading.shares.append(draft)


def follows_shares(passage: Passage, reading: Reading) -> bool:
    """True where the sentence right before states shares."""
    if not reading.shares:
        return False
    mention = reading.shares[-1].mention
    return mention.section is passage.section and 0 <= passage.start - mention.evidence[1] <= 2


def _action(passage: Passage, mention: Mention) -> Rule | None:
    """The action whose words stand nearest to the number in its sentence, else in the lead-in or heading."""
    text = passage.text
    start, end = (
        mention.figure.start - passage.start,
        max(mention.figure.noun_end, mention.figure.end) - passage.start,
    )
    best: tuple[int, int, Rule] | None = None
    for rank, rule in enumerate(ACTIONS):
        for match in rule.regex.finditer(text, max(start - FARTHEST, 0), end + FARTHEST):
            distance = (
                0
                if match.start() < end and match.end() > start
                else min(abs(match.start() - end), abs(start - match.end()))
            )
            if best is None or (distance, rank) < best[:2]:
                best = (distance, rank, rule)
    if best is None:
        before = passage.text_before if _THEY.match(text) else ""
        for context in (passage.lead_in_text, before, passage.heading_text):
            for rule in ACTIONS:
                if rule.regex.search(context):
                    return rule
        return None
    # "would otherwise have been forfeited ... will remain outstanding": what changes is a modification.
    if best[2].says in ("forfeited", "vesting_accelerated") and re.search(
        r"otherwise (?:\w+ ){0,3}(?:be(?:en)? )?(?:forfeit|cancel|laps|vest)", text, re.IGNORECASE
    ):
        return next((rule for rule in ACTIONS if rule.says == "modified"), best[2])
    return best[2]
