"""What Item 2.05 (a) asks for: commitment, announcement, completion, action; and the estimate's status."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.charges.passages import Passage
from pipeline.figures.model import Period
from pipeline.figures.periods import FiscalCalendar, find_periods
from pipeline.figures.rule import Rule

COMMITMENT = Rule(
    "plan.commitment",
    r"\b(?:committed|commits|commitment|approved|approv(?:es|al)|authori[sz]ed|adopted|"
    r"decided|voted|determined|resolved|elected|concluded to|took action|cleared|implemented|"
    r"initiated|put (?:\w+ ){0,6}into effect|"
    r"finali[sz]ed|decision|made (?:a|the) (?:final )?(?:decision|determination)|chose|"
    r"entered into (?:a )?plan|agreed to (?:close|exit|a plan)|began (?:\w+ ){0,3}(?:program|"
    r"implement\w*|plan))\b",
    "commitment",
    "the Board of Directors approved a plan",
    "the Company announced a plan",
)
ANNOUNCEMENT = Rule(
    "plan.announcement",
    r"\b(?:announc\w+|made public|communicat\w+|informed|notified|press release|told|said|disclos\w+)\b",
    "announcement",
    "the Company announced a plan",
    "the Board approved a plan",
)
EARLIER_FILING = Rule(
    "plan.earlier_filing",
    r"\b(?:filed (?:a |its |on )|current report|original (?:report|filing|8-K|form)|"
    r"form 10-[QK]|previously (?:reported|announced|disclosed)|as amended|agreement dated|"
    r"dated as of|credit agreement|merger)\b",
    "other",
    "filed a Current Report on Form 8-K",
    "committed to a plan",
)
COMPLETION = Rule(
    "plan.completion",
    r"\b(?:complet\w+|finish\w*|conclud(?:e|ed)|be over|ceas\w+|clos(?:e|ed|ing)\b|shut\w*|"
    r"end(?:s|ed)?\b|run until|wind(?:ing)?[- ]down|"
    r"effected|carried out|implemented|exit(?:ed)?|vacat\w+|leav(?:e|es|ing)|depart\w*|"
    r"hand(?:ed|ing)? back|let go|effective|withdrawn|return(?:ed)? to|"
    r"transfer\w*|liquidat\w+|stop\w*|discontinu\w*|eliminat\w+|terminat\w+|laid off|"
    r"consolidat\w+|relocat\w+|sold|dispos\w+|mov(?:e|ed)|take (?:effect|place))\b",
    "completion",
    "is expected to be substantially completed by",
    "was approved by",
)
_FUTURE = re.compile(
    r"\b(?:expect\w*|anticipat\w*|will|should|would|to be|plans?|intend\w*|estimat\w*|"
    r"scheduled|until|target\w*|complete by)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\b(?:by|in|during|through|until|before|within|end(?:ing)?(?: of| in)?|"
    r"late(?:r)? than|of|around|about|on|and)|\bthe|\bend|\bapproximately|,)\s*(?:the\s+|"
    r"its\s+|early\s+|late\s+|mid[- ])*(?:end\s+of\s+)?(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
_COMPLETE = re.compile(r"\b(?:complet\w+|finish\w*|be over|conclud\w+|finali[sz]ed?)\b", re.IGNORECASE)
_THEREUPON = re.compile(
    r"[\s,]*(?:(?:whereupon|by which (?:date|time)|at which (?:date|time|point)|when)\b[^.;]{0,60}"
    r"\b(?:complet\w+|shut down|closed?|cease)|and\b[^.;]{0,60}\bcomplet\w+)",
    re.IGNORECASE,
)
_OF_COSTS = re.compile(
    r"\b(?:charges?|costs?|expenses?|payments?|paid|record\w*|incur\w*|recogni[sz]\w+|"
    r"expenditures?|savings?|annuali[sz]ed|cash|lease term|sublease|matur\w+|due|fil(?:e|ed|"
    r"ing)|amend\w*)\b",
    re.IGNORECASE,
)
_JOINS_PERIODS = re.compile(
    r"[\s,]*(?:and|or|through|to|and the|or the|of)?\s*(?:the\s+|in\s+|end of\s+)*", re.IGNORECASE
)
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
        r"could not yet)\b(?:,? [\w,]+){0,10}? (?:estimat\w*|determin\w*|quantif\w*)\b",
        "unable",
        "the Company cannot at this time provide a good faith estimate of the costs",
        "the Company cannot assure you that the plan will succeed",
    ),
    Rule(
        "estimate.not_yet",
        r"\b(?:has|have|had)? ?(?:not|never) (?:yet |currently |"
        r"as yet )?(?:been )?(?:\w+ )?(?:determin\w+|estimat\w+|quantif\w+|finali[sz]ed|"
        r"completed (?:\w+ ){0,4}(?:analysis|assessment|evaluation|estimate))(?: (?:an?|the|its|"
        r"any))?(?: [\w’']+){0,6} (?:estimates?|amounts?|range|costs?|charges?|expenses?)\b|"
        r"\bno (?:such )?estimates? (?:\w+ ){0,4}(?:can|could|has|is)\b|\b(?:estimates?|amounts?|"
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
PAST_INABILITY = re.compile(
    r"\b(?:was|were|had been|had not|did not|could not)\b(?:[^.;]{0,60})\b(?:unable|able|"
    r"determin\w+|estimat\w+|made|in a position)\b|\bat (?:that|the) time of (?:the|that|"
    r"filing|such)\b|\b(?:the|this) (?:original|initial|prior) (?:report|8-K|filing)\b",
    re.IGNORECASE,
)
PARTIAL_LIMITS = re.compile(
    r"\b(?:certain|other|additional|further|any|some|remaining|such other|non-cash|impairment|"
    r"contract|lease|total)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the text says of the plan itself."""

    commitment_date: dt.date | None
    announced_date: dt.date | None
    completion_text: str | None
    completion_by: dt.date | None
    course_of_action: str | None


def read_plan_facts(passages: Sequence[Passage], fiscal: FiscalCalendar, near: dt.date | None) -> PlanFacts:
    """Dates and course of action from the passages of one plan, in reading order."""
    commitment: dt.date | None = None
    announced: dt.date | None = None
    completions: list[Completion] = []
    course: str | None = None
    for passage in passages:
        text = passage.text
        periods = list(find_periods(text, fiscal, near))
        days = [period for period in periods if period.kind == "day"]
        if commitment is None and (day := _day_near(text, days, COMMITMENT, near)):
            commitment, course = day, course or text
        if announced is None and (day := _day_near(text, days, ANNOUNCEMENT, near)):
            announced = day
        if (
            course is None
            and COMMITMENT.regex.search(text)
            and re.search(
                r"\b(?:plan|clos|restructur|reduc|exit|eliminat|consolidat|terminat)\w*", text, re.IGNORECASE
            )
        ):
            course = text
        completions.extend(_completions(text, periods, near))
    # Where the text says when the plan will be complete that counts; else the last of its actions.
    whole = [completion for completion in completions if completion.of_plan]
    completion = whole[0] if whole else max(completions, key=lambda c: c.by, default=None)
    return PlanFacts(
        commitment or announced,
        announced,
        completion.text if completion else None,
        completion.by if completion else None,
        course,
    )


def _day_near(text: str, days: Sequence[Period], rule: Rule, near: dt.date | None) -> dt.date | None:
    """The day whose clause has the rule's verb and speaks of no earlier filing."""
    verbs = [match.start() for match in rule.regex.finditer(text)]
    if not verbs:
        return None
    best: tuple[int, dt.date] | None = None
    for day in days:
        assert day.first_day is not None
        if near and not -400 <= (day.first_day - near).days <= 31:
            continue
        clause = _clause(text, day.start)
        own = text[slice(*clause)]
        if EARLIER_FILING.regex.search(own) and rule is COMMITMENT:
            continue
        if re.search(
            r"\b(?:by|until|before|no later than|through|as of|ended|ending)\s+(?:about\s+|"
            r"approximately\s+)?$",
            text[max(0, day.start - 24) : day.start],
            re.IGNORECASE,
        ):
            continue
        distance = min(
            (abs(verb - day.start) for verb in verbs if clause[0] <= verb < clause[1]), default=None
        )
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, day.first_day)
    return best[1] if best else None


_CLAUSES = re.compile(r";|, (?:and|but|which|while) ")


def _clause(text: str, position: int) -> tuple[int, int]:
    start = max((match.end() for match in _CLAUSES.finditer(text, 0, position)), default=0)
    end = next((match.start() for match in _CLAUSES.finditer(text, position)), len(text))
    return start, end


@dataclass(frozen=True, slots=True)
class Completion:
    """A stated end of the plan or of one of its actions."""

    text: str
    by: dt.date
    of_plan: bool
    """True where the text speaks of completing, not of a single action."""


def _completions(text: str, periods: Sequence[Period], near: dt.date | None) -> list[Completion]:
    found = []
    for position, period in enumerate(periods):
        if near and period.last_day < near - dt.timedelta(days=31):
            continue
        if not _UNTIL.search(text[max(0, period.start - 48) : period.start]):
            continue
        start, _ = _clause(text, period.start)
        before, behind = text[start : period.start], text[period.end : period.end + 90]
        of_plan = _COMPLETE.search(before)
        if of_plan is None and (later := _THEREUPON.match(behind)):
            of_plan = later
        action = of_plan or COMPLETION.regex.search(before)
        if action is None or not (_FUTURE.search(text)):
            continue
        gap = before[action.end() :] if action.string is before else ""
        if _OF_COSTS.search(before if of_plan is None else gap) or len(gap) > 140:
            continue
        last = _joined(text, periods, position)
        words = (
            text[start + action.start() : last.end]
            if action.string is before
            else text[period.start : period.end + action.end()]
        )
        found.append(Completion(words, last.last_day, of_plan is not None))
    return found


def _joined(text: str, periods: Sequence[Period], position: int) -> Period:
    """ "in the first and second quarters", "by December 31, 2010 or early 2011": the last of them."""
    last = periods[position]
    for further in periods[position + 1 :]:
        if further.start - last.end <= 30 and _JOINS_PERIODS.fullmatch(text[last.end : further.start]):
            last = further
    return last


def estimate_status(passages: Sequence[Passage], has_charges: bool) -> tuple[str, str]:
    """`given`, `partial`, `unable` or `none`, and the deciding rule's id."""
    for passage in passages:
        text = passage.text
        for rule in INABILITY:
            match = rule.regex.search(text)
            if match is None:
                continue
            past = PAST_INABILITY.search(text[: match.end()])
            if past and rule.id != "estimate.cannot":
                continue
            if rule.id == "estimate.amend_later" and not re.search(r"8-K/A|amend", text, re.IGNORECASE):
                continue
            return ("partial" if has_charges else "unable"), rule.id
    return ("given", "estimate.charges_stated") if has_charges else ("none", "estimate.nothing_said")
