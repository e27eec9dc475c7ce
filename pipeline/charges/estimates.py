"""Whether the registrant gives an estimate, as Item 2.05 asks, or says that it cannot yet."""

import re
from collections.abc import Sequence

from pipeline.charges.passages import Passage
from pipeline.figures.rule import Rule, wording

INABILITY: tuple[Rule, ...] = (
    Rule(
        "estimate.unable",
        r"\b(?:is|are|am|remains?) (?:currently |presently |still |not yet |also )*(?:unable|"
        r"not able|not (?:yet )?in a position|not yet able) (?:at (?:this|the present|"
        r"the current) time,? )?(?:in good faith,? )?(?:to )?(?:\w+ ){0,6}(?:estimat\w*|"
        r"determin\w*|quantif\w*|predict|provide|make)\b",
        "unable",
        "the Company is unable to estimate the amount or range of amounts",
        "the Company was unable to enter into a sublease",
    ),
    Rule(
        "estimate.cannot",
        r"\b(?:cannot|can not|can ?not yet|can(?: now)? not|"
        r"could not yet)\b(?:,? [\w,]+){0,10}? (?:estimat\w*|determin\w*|quantif\w*|(?:give|provide|"
        r"state) (?:\w+ ){0,2}(?:amount|estimate|range))\b",
        "unable",
        "the Company cannot at this time provide a good faith estimate of the costs",
        "the Company cannot assure you that the plan will succeed",
    ),
    Rule(
        "estimate.not_yet",
        r"\b(?:has|have) not (?:yet )?been able to (?:[\w,]+ ){0,4}?(?:estimat\w*|determin\w*|quantif\w*)\b|"
        r"\b(?:has|have|had)? ?(?:not|never) (?:yet |currently |"
        r"as yet )?(?:been )?(?:\w+ )?(?:determin\w+|estimat\w+|quantif\w+|finali[sz]ed|"
        r"completed (?:\w+ ){0,4}(?:analysis|assessment|evaluation|estimate|determination))(?: (?:an?|"
        r"the|its|"
        r"any))?(?: [\w’']+){0,6} (?:estimates?|amounts?|range|costs?|charges?|expenses?)\b|"
        r"\bno (?:such )?estimates? (?:\w+ ){0,4}(?:can|could|has|is)\b|"
        r"\b(?:is|are) not (?:yet |currently |now |reasonably )*possible (?:\w+ ){0,8}?to (?:\w+ "
        r"){0,3}?(?:estimat\w*|determin\w*|quantif\w*)\b|"
        r"\bno (?:reasonable |reliable |good faith |meaningful )*estimates? (?:\w+ ){0,5}(?:possible|"
        r"available|made|given)\b|"
        r"\b(?:estimates?|amounts?|"
        r"costs?|charges?) (?:\w+ ){0,8}(?:cannot|can not|are not|is not|not yet|have not|"
        r"has not) (?:yet |currently |be |been |presently |now |"
        r"reasonably )*(?:reasonably )?(?:estimated|estimable|determined|determinable|known|"
        r"quantified|available|made|given)\b",
        "unable",
        "the Company has not yet determined the amount of the charges",
        "the Company has not adopted a plan",
    ),
    Rule(
        "estimate.amend_later",
        r"\b(?:will|shall|intends? to|undertakes? to) (?:file|amend)\b[^.]{0,200}\b(?:determin\w+|"
        r"estimates?|amounts?)\b",
        "unable",
        "will file an amendment to this report once it has determined the estimates",
        "will file a certificate of merger with the state",
    ),
)
PAST_INABILITY = wording(
    r"\b(?:was|were|had been|had not|did not|could not)\b(?:[^.;]{0,60})\b(?:unable|able|"
    r"determin\w+|estimat\w+|made|in a position)\b|\bat (?:that|the) time of (?:the|that|"
    r"filing|such)\b|\b(?:the|this) (?:original|initial|prior) (?:report|8-K|filing)\b",
    "the Company was unable to estimate",
    "the Company is unable to estimate",
)
WHEN_FILED = wording(
    r"\b(?:when|at the time|as of the date)\b[^,.;]{0,80}\b(?:was|were) (?:first )?(?:filed|made|"
    r"given|furnished)\b",
    "When the Original Report was filed, ",
    "When the plan is complete, ",
)


_NEAR = 60
_TIMING = wording(
    r"\b(?:timing|when)\b",
    "the timing of the payments",
    "the amount of the payments",
)
_AMOUNT = wording(
    r"\b(?:amounts?|estimates?|range)\b",
    "the range of amounts",
    "the timing of payments",
)
"""That the timing is open is no inability to estimate."""


def estimate_status(passages: Sequence[Passage], has_charges: bool) -> tuple[str, str]:
    """`given`, `partial`, `unable` or `none`, and the deciding rule's id."""
    for passage in passages:
        text = passage.text
        for rule in INABILITY:
            match = rule.regex.search(text)
            if match is None:
                continue
            past = PAST_INABILITY.search(text[: match.end()])
            if WHEN_FILED.search(text[: match.start()]):
                continue
            if past and rule.id != "estimate.cannot":
                continue
            said = text[max(0, match.start() - _NEAR) : match.end()]
            if _TIMING.search(said) and not _AMOUNT.search(said):
                continue
            if rule.id == "estimate.amend_later" and not re.search(r"8-K/A|amend", text, re.IGNORECASE):
                continue
            return ("partial" if has_charges else "unable"), rule.id
    return ("given", "estimate.charges_stated") if has_charges else ("none", "estimate.nothing_said")
