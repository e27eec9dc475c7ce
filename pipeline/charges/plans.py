"""Several plans in one filing: their defined names, and which words speak of which plan."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.charges.charge_status import EXPECTED
from pipeline.charges.passages import Passage
from pipeline.charges.readings import ChargeDraft, HeadcountDraft, Reading, ShareDraft
from pipeline.figures.rule import Rule
from pipeline.figures.spans import Taken
from pipeline.reading.model import Section

_KIND = (
    r"(?:Plans?|Programs?|Restructurings?|Initiatives?|Actions?|Realignments?|Reductions?|Closures?|"
    r"Wind-?[Dd]owns?)"
)
_DEFINED = re.compile(
    rf"\([^()“\"]{{0,40}}[“\"](?P<name>(?:[\w&’'.-]+\s+){{0,5}}{_KIND}|Project\s+[A-Z][\w-]+)[,.]?[”\"]"
    r"[^()]{0,60}\)"
)
"""A name that the text defines in parentheses: (the “2014 Plan”)."""
_CALLED = re.compile(
    r"\b(?P<name>Project\s+[A-Z][a-z][\w-]+|(?:Fiscal\s+)?20\d\d\s+(?:Restructuring\s+)?(?:Plan|Program))\b"
)
"""A name that needs no definition."""
COMPLETED_PLAN = Rule(
    "plan.completed",
    r"\bcompleted (?:in|during|on|by)\b|"
    r"\b(?:was|were|is|has been|is now) (?:substantially )?(?:completed?|concluded)\b",
    "other_plan",
    "the 2011 Plan was completed during 2013",
    "the 2011 Plan was expanded during 2013",
)


class PlanMap:
    """Which plan of the filing the words at a place speak of; one plan where fewer than two state costs."""

    def __init__(self, passages: Sequence[Passage]):
        self._names = _names(passages)
        self._starts: dict[int, list[int]] = {}
        self._plans: dict[int, list[str]] = {}
        self._subjects: set[str] = set()
        """The plans that a sentence is about."""
        self._asides: dict[str, list[str]] = {}
        """What is said of a plan in sentences about another one."""
        if len(self._names) >= 2:
            self._walk(passages)
        self._ordinals: dict[str, int] = {}

    def _walk(self, passages: Sequence[Passage]) -> None:
        pattern = re.compile("|".join(re.escape(name) for name in sorted(self._names, key=len, reverse=True)))
        speaking_of = self._names[0]
        for passage in passages:
            found = [
                (match.start() + passage.start, match.group()) for match in pattern.finditer(passage.text)
            ]
            if found:
                # What precedes the first name in a sentence is of that plan too, and so is the next sentence.
                speaking_of = found[0][1]
                self._subjects.add(speaking_of)
            marks = [(passage.start, speaking_of), *found[1:]]
            ends = [*(start for start, _ in marks[1:]), passage.end]
            for (start, name), end in zip(marks, ends, strict=True):
                self._starts.setdefault(id(passage.section), []).append(start)
                self._plans.setdefault(id(passage.section), []).append(name)
                if name != speaking_of:
                    self._asides.setdefault(name, []).append(passage.section.text[start:end])

    def _name_at(self, section: Section, position: int) -> str | None:
        starts = self._starts.get(id(section))
        if not starts:
            return None
        return self._plans[id(section)][max(0, bisect_right(starts, position) - 1)]

    def assign(self, reading: Reading) -> int:
        """Set the plan of every draft; returns how many plans there are, at least 1.

        The costs of an earlier plan that is over and only mentioned become mentions of kind `other_plan`.
        """
        over = {n for n, said in self._asides.items() if n not in self._subjects and _is_over(said)}
        kept = []
        for draft in reading.charges:
            if self._name_at(draft.mention.section, draft.mention.figure.start) in over:
                _leave_out(draft, reading)
            else:
                kept.append(draft)
        reading.charges = kept
        stating = (self._name_at(draft.mention.section, draft.mention.figure.start) for draft in kept)
        named = [name for name in dict.fromkeys(stating) if name is not None]
        if len(named) < 2:
            return 1
        self._ordinals = {name: ordinal for ordinal, name in enumerate(named, start=1)}
        drafts: list[ChargeDraft | ShareDraft | HeadcountDraft] = [
            *reading.charges,
            *reading.shares,
            *reading.headcounts,
        ]
        for stated in drafts:
            stated.plan_ordinal = self.ordinal(stated.mention.section, stated.mention.figure.start)
        return len(named)

    def ordinal(self, section: Section, position: int) -> int:
        """The plan that the words at an offset of a section speak of."""
        return self._ordinals.get(self._name_at(section, position) or "", 1)


def _is_over(said: Sequence[str]) -> bool:
    """True where a plan is called completed, and nothing is expected of it."""
    words = " ".join(said)
    return bool(COMPLETED_PLAN.regex.search(words)) and not EXPECTED.regex.search(words)


def _leave_out(draft: ChargeDraft, reading: Reading) -> None:
    for mention in reading.mentions:
        if mention.target is draft:
            mention.is_none_of_ours("other_plan", COMPLETED_PLAN.id)
    for share in reading.shares:
        if share.charge is draft:
            share.charge = None


def _names(passages: Sequence[Passage]) -> list[str]:
    """The plans' names in the order in which they appear."""
    found: dict[str, tuple[int, int]] = {}
    for number, passage in enumerate(passages):
        taken = Taken()
        for pattern in (_DEFINED, _CALLED):
            for match in pattern.finditer(passage.text):
                name = " ".join(match["name"].split())
                if taken.take(match.start("name"), match.end("name")):
                    found.setdefault(name, (number, match.start("name")))
    return sorted(found, key=lambda name: found[name])
