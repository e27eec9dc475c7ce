"""What Item 2.05 (a) asks for: commitment, announcement, completion and course of action."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.charges.passages import Passage
from pipeline.figures.model import Period
from pipeline.figures.periods import FiscalCalendar, find_durations, find_periods
from pipeline.figures.rule import Rule, wording

COMMITMENT = Rule(
    "plan.commitment",
    r"\b(?:committed|commits|commitment|approved|approv(?:es|al)|authori[sz]ed|adopted|"
    r"decided|voted|determined|resolved|elected|concluded to|took action|cleared|implemented|"
    r"initiated|put (?:[^.;]{0,60} )?into effect|accept(?:s|ed)|launch(?:es|ed)|"
    r"commenc(?:ed|es) (?:\w+ ){0,5}(?:implementation|discontinuation|plan|program|wind|closure|"
    r"withdrawal|reduction)|g(?:a|i)ves? notice|enter(?:s|ed) into "
    r"(?:a )?plan|"
    r"finali[sz]ed|decisions?|made (?:a|the) (?:final )?(?:decision|determination)|chose|"
    r"agreed to (?:close|exit|a plan)|began (?:[\w-]+ ){0,3}(?:program|restructuring|"
    r"implement\w*|plan))\b",
    "commitment",
    "the Board of Directors approved a plan",
    "the Company announced a plan",
)
ANNOUNCEMENT = Rule(
    "plan.announcement",
    r"\b(?:announc\w+|made (?:[\w’'-]+ ){0,6}public|communicat\w+|informed|notified|press release|"
    r"told|said|disclos\w+)\b",
    "announcement",
    "the Company announced a plan",
    "the Board approved a plan",
)
EARLIER_FILING = Rule(
    "plan.earlier_filing",
    r"\b(?:filed|furnished|filing|(?<!release\x20)dated|form (?:8-K|10-[QK])(?:/A)?(?: of)?|(?:report|"
    r"filing|8-K) of|"
    r"reported on|"
    r"as amended|agreement|merger|acqui(?:red|sition)|purchas\w+|credit agreement|"
    r"(?:first|previously|originally|initially|earlier|already) (?:reported|announced|disclosed|outlined))\b",
    "other",
    "filed a Current Report on Form 8-K",
    "committed to a plan",
)
COMPLETION = Rule(
    "plan.completion",
    r"\b(?:complet\w+|finish\w*|conclud(?:e|ed)|be over|ceas\w+|clos(?:e|ed|ing)\b|shut\w*|"
    r"end(?:s|ed)?\b|run until|wind(?:ing)?[- ]down|"
    r"effected|carried out|implemented|exit(?:ed)?|vacat(?:e|es|ed|ing)\b|leav(?:e|es|ing)|depart\w*|"
    r"(?:hand(?:ed|ing)?|giv(?:e|en|ing)) back|let go|effective|withdrawn|return(?:ed)? to|"
    r"transfer\w*|liquidat\w+|stop\w*|discontinu\w*|eliminat\w+|terminat\w+|laid off|"
    r"consolidat\w+|relocat\w+|sold|dispos\w+|mov(?:e|ed)|happen|occur|take (?:effect|place))\b",
    "completion",
    "is expected to be substantially completed by",
    "was approved by",
)
_FUTURE = wording(
    r"\b(?:expect\w*|anticipat\w*|will|should|would|to be|plans? (?:to|for)|planned|going to|"
    r"intend\w*|estimat\w*|"
    r"scheduled|until|target\w*|complete by)\b",
    "is expected to be complete",
    "was complete",
)
_UNTIL = wording(
    r"(?:\b(?:by|in|during|through|until|before|within|end(?:ing)?(?: of| in)?|"
    r"late(?:r)? than|of|around|about|on|and|effective)|\bthe|\bend|\bapproximately|,)\s*(?:the\s+|"
    r"its\s+|early\s+|late\s+|mid[- ])*(?:end\s+of\s+)?(?:the\s+|its\s+)?$",
    "to be complete by the end of ",
    "the quarter ",
)
_COMPLETE = wording(
    r"\b(?:complet\w+|finish\w*|be over|conclud\w+|finali[sz]ed?|in place)\b",
    "will be substantially completed",
    "will be complex",
)
_THEREUPON = wording(
    r"(?:,\s+the (?:first|last|final) day of [^,;.]{3,50})?[\s,]*(?:(?:whereupon|by the end of which|"
    r"by which (?:date|"
    r"time)|at which (?:date|time|point)|when)\b[^.;]{0,60}"
    r"\b(?:complet\w+|shut down|closed?|cease)|and\b[^.;$€£]{0,60}\bcomplet\w+)",
    ", when the plant will be shut down",
    ", when the charge is recorded",
)
_OF_COSTS = wording(
    r"\b(?:charges?|costs?|expenses?|payments?|paid|record\w*|incur\w*|recogni[sz]\w+|"
    r"expenditures?|savings?|annuali[sz]ed|cash|lease term|sublease|matur\w+|due|fil(?:e|ed|"
    r"ing)|amend\w*)\b",
    "the costs will be paid",
    "the plant will close",
)
_OF_TALKS = wording(
    r"\b(?:review|consultations?|negotiations?|bargaining|works councils?)\b(?![^.;]*\b(?:plan|"
    r"restructuring|reduction|program|closure|exit)\b)[^.;]*$",
    "the consultation with employees",
    "the consultation on the plan",
)
"""What is complete by then is not the plan."""
_AND_THE_REST = wording(
    r"[\s,;]*and (?:the |all )?(?:other|others|rest|remaining|remainder|balance|last)\b[^.;]{0,70}?\b"
    r"(?:by|in|during|before|until)\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?",
    " and the remaining plants by the end of ",
    " and the charges",
)
_APPOSITION = wording(
    r",\s+(?:the|which is the) (?:first|last|final) day of\b[^,;.]*$",
    ", the last day of ",
    ", the last of ",
)
"""Behind a date: "January 29, 2005, the last day of fiscal 2004" names no later one."""
_LASTS = wording(
    r"(?:within|over|during|in)\b",
    "within the next six months",
    "the next six months",
)
"""At the head of a duration."""
_WAS_DONE = wording(
    r"\b(?:was|were|has been|have been) (?:\w+ )?(?:completed?|closed|finished|shut down|vacated|"
    r"eliminated|terminated|laid off)\b",
    "the plant was closed",
    "the plant will be closed",
)
_JOINS_PERIODS = re.compile(
    r"[\s,]*(?:and|or|through|to|and the|or the|of)?\s*(?:the\s+|in\s+|end of\s+)*", re.IGNORECASE
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
    reported: dt.date | None = None
    """The day of an earlier report that disclosed the commitment."""
    completions: list[Completion] = []
    course: str | None = None
    for passage in passages:
        text = passage.text
        periods = list(find_periods(text, fiscal, near))
        days = [period for period in periods if period.kind == "day"]
        events = _events(text, days, near)
        if commitment is None and COMMITMENT.id in events:
            commitment, course = events[COMMITMENT.id], course or text
        if announced is None and ANNOUNCEMENT.id in events:
            announced = events[ANNOUNCEMENT.id]
        if reported is None and EARLIER_FILING.id in events and COMMITMENT.regex.search(text):
            reported = events[EARLIER_FILING.id]
        if (
            course is None
            and COMMITMENT.regex.search(text)
            and re.search(
                r"\b(?:plan|clos|restructur|reduc|exit|eliminat|consolidat|terminat)\w*", text, re.IGNORECASE
            )
        ):
            course = text
        if start := commitment or announced or near:
            periods = sorted([*periods, *find_durations(text, start)], key=lambda period: period.start)
        completions.extend(_completions(text, periods, near, passage.lead_in_text))
    # Where the text says when the plan will be complete that counts; else the last of its actions.
    best = max((completion.rank for completion in completions), default=0)
    ranked = [completion for completion in completions if completion.rank == best]
    completion = ranked[0] if best == _OF_PLAN else max(ranked, key=lambda c: c.by, default=None)
    return PlanFacts(
        commitment or announced or reported,
        announced,
        completion.text if completion else None,
        completion.by if completion else None,
        course,
    )


_FILES = wording(
    r"(?:filed|furnished|acquired|purchas\w+|reported on)$",
    "filed",
    "described",
)
_LONG_AGO = 3 * 365
"""A day longer before the report is history, not what it reports."""
_AT_THE_HEAD = 10
"""A sentence may begin "As of February 22, 2017, the Board approved"."""
_NO_EVENT = wording(
    r"\b(?:by|until|before|no later than|through|as of|ended|ending|effective)\s+(?:about\s+|"
    r"approximately\s+)?$",
    "effective ",
    "on ",
)


def _can_follow(words: str, rule: str) -> bool:
    """A report named behind a date ("described in this Form 8-K") is not what happened on it; a filing is."""
    return rule != EARLIER_FILING.id or bool(_FILES.match(words))


def _events(text: str, days: Sequence[Period], near: dt.date | None) -> dict[str, dt.date]:
    """Rule id to the day of that event: each day belongs to the nearest verb of its clause.

    Of several days with the same event the one nearest to its verb counts.
    """
    if not days:
        return {}
    verbs = [
        (match.start(), match.end(), rule.id)
        for rule in (COMMITMENT, ANNOUNCEMENT, EARLIER_FILING)
        for match in rule.regex.finditer(text)
    ]
    best: dict[str, tuple[int, dt.date]] = {}
    for day in days:
        assert day.first_day is not None
        if near and not -_LONG_AGO <= (day.first_day - near).days <= 31:
            continue
        if day.start > _AT_THE_HEAD and _NO_EVENT.search(text[max(0, day.start - 24) : day.start]):
            continue
        start, end = (0, len(text)) if day.start <= _AT_THE_HEAD else _clause(text, day.start)
        distances = [
            (day.start - verb_end if verb_end <= day.start else verb_start - day.end, rule)
            for verb_start, verb_end, rule in verbs
            if start <= verb_start
            and verb_end <= end
            and (
                verb_end <= day.start
                or (verb_start >= day.end and _can_follow(text[verb_start:verb_end], rule))
            )
        ]
        if distances:
            distance, rule = min(distances)
            if rule not in best or distance < best[rule][0]:
                best[rule] = (distance, day.first_day)
    return {rule: day for rule, (_, day) in best.items()}


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
    rank: int
    """The surer statement has the higher rank."""


_DONE, _OF_ACTION, _THEN_COMPLETE, _OF_PLAN = 1, 2, 3, 4
"""An action that is over; one to come; a day by which the plan is complete; its completion by a day."""


def _completions(
    text: str, periods: Sequence[Period], near: dt.date | None, lead_in: str
) -> list[Completion]:
    found = []
    for position, period in enumerate(periods):
        if near and period.last_day < near - dt.timedelta(days=31):
            continue
        lead = text[max(0, period.start - 48) : period.start]
        if not (_UNTIL.search(lead) or _LASTS.match(text, period.start)) or _APPOSITION.search(lead):
            continue
        start, _ = _clause(text, period.start)
        before, behind = text[start : period.start], text[period.end : period.end + 90]
        action, rank = _last(_COMPLETE, before), _OF_PLAN
        if action is None:
            action, rank = _THEREUPON.match(behind), _THEN_COMPLETE
        if action is None:
            action, rank = COMPLETION.regex.search(before), _OF_ACTION
        if action is None:
            continue
        if not _FUTURE.search(text) and not _FUTURE.search(lead_in):
            if not _WAS_DONE.search(before):
                continue
            rank = _DONE
        gap = before[action.end() :] if action.string is before else ""
        if rank == _OF_PLAN and gap.lstrip(" ,").lower().startswith("and "):
            gap = ""  # "to be substantially complete, and the costs paid, by December 31"
        if _OF_COSTS.search(before if rank <= _OF_ACTION else gap) or len(gap) > 140:
            continue
        if rank == _OF_PLAN and _OF_TALKS.search(before[: action.start()]):
            continue
        last = _joined(text, periods, position)
        words = (
            text[start + action.start() : last.end]
            if action.string is before
            else text[period.start : period.end + action.end()]
        )
        found.append(Completion(words, last.last_day, rank))
    return found


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.start(), default=None)


def _joined(text: str, periods: Sequence[Period], position: int) -> Period:
    """ "in the first and second quarters", "by December 31, 2010 or early 2011": the last of them."""
    last = periods[position]
    for further in periods[position + 1 :]:
        gap = text[last.end : further.start]
        if (len(gap) <= 30 and _JOINS_PERIODS.fullmatch(gap)) or (
            _AND_THE_REST.fullmatch(gap) and further.last_day > last.last_day
        ):
            last = further
    return last
