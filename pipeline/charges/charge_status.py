"""Whether a charge was incurred or is expected."""

from collections.abc import Sequence

from pipeline.charges.charge_words import first_rule
from pipeline.charges.readings import ChargeDraft
from pipeline.charges.zones import Zones
from pipeline.figures.rule import Rule, wording

INCURRED: tuple[Rule, ...] = (
    Rule(
        "status.incurred",
        r"\b(?:recorded|incurred|recogni[sz]ed|expensed|paid|accrued(?! (?:vacation|benefits|"
        r"compensation|liabilit\w+|interest))|took|booked|(?:was|were|been) "
        r"(?:also )?charged)\b(?! (?:over|"
        r"ratably|as|when|in the (?:fourth|third|second|first) quarter of (?:the )?(?:next|"
        r"coming)))",
        "incurred",
        "the Company recorded charges of",
        "the Company will record charges of",
    ),
    Rule(
        "status.incurred_to_date",
        r"\b(?:to date|since (?:\w+ )?inception|year[- ]to[- ]date|results include|was (?:recorded|"
        r"incurred|recogni[sz]ed)|"
        r"were (?:recorded|incurred|recogni[sz]ed)|has (?:already )?cost|have been (?:recorded|"
        r"incurred|recogni[sz]ed|paid)|total charges (?:\w+ ){0,4}were)\b",
        "incurred",
        "$8.3 million was recorded in 2013",
        "$8.3 million will be recorded in 2013",
    ),
)
PAST = Rule(
    "status.past_tense",
    r"\b(?:was|were|came to|amounted to|totall?ed|resulted|included(?! (?:is|are|in)\b)|consisted|"
    r"comprised(?! of\b)|led to)\b[^;]*$",
    "incurred",
    "Severance costs were ",
    "Severance costs are ",
)
"""In a sentence that expects nothing."""
EXPECTED = Rule(
    "status.expected",
    r"\bplanned (?:\w+ ){0,3}(?:charges?|costs?|expenses?)\b|"
    r"\b(?:expect\w*|estimat\w*|anticipat\w*|will|would|should|may|could|projected|"
    r"projects (?:that|to|a|its)|intend\w*|"
    r"plans? to|to be|likely|forecast\w*|going to)\b",
    "expected",
    "expects to record",
    "has recorded",
)
_HAD_BEEN = wording(
    r"\b(?:that|which) (?:\w+ ){0,4}had (?:been )?\w+",
    "provisions that the Company had recorded",
    "provisions that the Company recorded",
)
"""Of something else: "adjustments to provisions that the Company had recorded in earlier periods"."""
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
_ASIDE_CLAUSE = wording(
    r",\s+(?:which|that|who)\s+(?:was|were|has|have|had)\b[^,;]*,",
    ", which was recognized in May,",
    ", which will be recognized in May,",
)
"""Said of the amount before: ", which was recognized in the first quarter,"."""


def read_status(draft: ChargeDraft, zones: Zones) -> None:
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
    behind = first_rule(INCURRED, zones.after)
    if (behind and _WHICH_WAS.search(zones.after)) or (
        behind and not EXPECTED.regex.search(zones.after) and (not expected or zones.head_is_right)
    ):
        draft.status, draft.reasons["status"] = "incurred", behind.id
    elif not EXPECTED.regex.search(f"{ahead} # {zones.whole_after}") and PAST.regex.search(ahead):
        draft.status, draft.reasons["status"] = "incurred", PAST.id
    elif (
        not expected
        and (later := first_rule(INCURRED, _HAD_BEEN.sub(" ", zones.whole_after)))
        and not EXPECTED.regex.search(zones.whole_after)
    ):
        # "severance of $0.7 million and other costs of $0.1 million were incurred": said of both.
        draft.status, draft.reasons["status"] = "incurred", later.id


def _last_end(rules: Sequence[Rule], text: str) -> tuple[int, Rule] | None:
    ends = [(match.end(), rule) for rule in rules for match in rule.regex.finditer(text)]
    return max(ends, key=lambda found: found[0]) if ends else None
