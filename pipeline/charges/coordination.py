"""Amounts of one sentence that say something of each other: "$2 million and $1 million, respectively"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.charges.categories import categories_in
from pipeline.charges.passages import Passage
from pipeline.charges.readings import ChargeDraft
from pipeline.figures.model import Period
from pipeline.figures.rule import wording

_ADDITIONAL_REACH = 16
_ADDITIONAL = wording(
    r"\b(?:an additional|another|a further)\s+(?:approximately\s+)?$",
    "and an additional approximately ",
    "and approximately ",
)
_COORDINATED = re.compile(r"\s*(?:,|,?\s*\b(?:and|or))\s*", re.IGNORECASE)
_PERIODS_RESPECTIVELY = wording(
    r"[^.;]{0,60}\b(?:quarters?|months?|years?|20\d\d)\b[^.;]{0,120}\brespectively\b",
    " in the third and fourth quarters, respectively",
    " for severance and leases, respectively",
)
_THEN = wording(
    r"(?:\s*\([^()]*\))? (?:in|during|for) [^.;$€£¥,]{0,50}?(?:quarter|half|year|(?:19|20)\d\d)"
    r"[^.;$€£¥,]{0,20}?,?\s+(?:and|followed by)\s+(?:a further\s+|another\s+)?",
    " in the third quarter and ",
    " for severance, and ",
)
"""Between amounts of successive periods."""


def name_additional(drafts: Sequence[ChargeDraft]) -> None:
    """ "$1.2 million in severance in the third quarter and an additional $0.8 million in the fourth"."""
    for before, draft in pairwise(drafts):
        figure = draft.mention.figure
        lead = draft.mention.section.text[figure.phrase_start - _ADDITIONAL_REACH : figure.start]
        if draft.category == "unstated" and before.category != "unstated" and _ADDITIONAL.search(lead):
            draft.category, draft.reasons["category"] = before.category, "category.additional"
            for part in (before, draft):
                if part.period_text and part.role == "component":
                    part.role, part.reasons["role"] = "period_portion", "role.additional"


def share_qualifiers(passage: Passage, drafts: Sequence[ChargeDraft]) -> None:
    """ "approximately $2 million and $1 million": both are approximate."""
    for before, draft in pairwise(drafts):
        between = passage.section.text[before.mention.figure.end : draft.mention.figure.phrase_start]
        if _COORDINATED.fullmatch(between):
            draft.is_approximate = draft.is_approximate or before.is_approximate


def _coordinated_run(passage: Passage, drafts: Sequence[ChargeDraft]) -> list[ChargeDraft]:
    """The last drafts of the sentence, as many as nothing but "and" and commas parts."""
    run = [drafts[-1]]
    for before in reversed(drafts[:-1]):
        between = passage.section.text[before.mention.figure.end : run[0].mention.figure.phrase_start]
        if not _COORDINATED.fullmatch(between):
            break
        run.insert(0, before)
    return run


def _spread(drafts: Sequence[ChargeDraft], periods: Sequence[Period]) -> None:
    """Amounts of the same thing in several periods: each the portion of its period."""
    for draft in drafts:
        if draft.category in ("unstated", "mixed"):
            draft.role, draft.reasons["role"] = "period_portion", "role.periods_respectively"
    if len(drafts) == len(periods):
        for draft, period in zip(drafts, periods, strict=True):
            draft.period_text = draft.mention.section.text[period.start : period.end]
            draft.period_start, draft.period_end = period.first_day, period.last_day


def _successive(passage: Passage, drafts: Sequence[ChargeDraft]) -> bool:
    """ "a charge of $21 million in the fourth quarter of 2008 and $4 million in 2009": none is a whole."""
    return all(
        draft.period_start and draft.category == "unstated" and draft.role in ("total", "period_portion")
        for draft in drafts
    ) and all(
        before.period_start != draft.period_start
        and _THEN.fullmatch(
            passage.section.text[before.mention.figure.end : draft.mention.figure.phrase_start]
        )
        for before, draft in pairwise(drafts)
    )


def respectively(passage: Passage, drafts: Sequence[ChargeDraft], periods: Sequence[Period]) -> None:
    """ "severance and lease costs of $2 million and $1 million, respectively": each its own category."""
    if len(drafts) < 2:
        return
    run = _coordinated_run(passage, drafts)
    if len(run) > 1 and _PERIODS_RESPECTIVELY.match(
        passage.section.text, run[-1].mention.figure.end, passage.end
    ):
        # "$2 million and $1.5 million in the third and fourth quarters, respectively"
        _spread(run, [period for period in periods if period.start >= run[-1].mention.figure.end])
        return
    if _successive(passage, drafts):
        _spread(drafts, [])
        return
    if "respectively" not in passage.text.lower():
        return
    last = passage.start + passage.text.lower().rindex("respectively")
    run = [draft for draft in drafts if draft.mention.figure.end <= last][-2:]
    if len(run) < 2 or any(
        run[-1].mention.figure.end < draft.mention.figure.start <= last for draft in drafts
    ):
        return
    lead = passage.section.text[passage.start : run[0].mention.figure.phrase_start]
    named = categories_in(lead)[-2:]
    if len(named) == 2 and named[0][2].says != named[1][2].says:
        for draft, (_, _, rule) in zip(run, named, strict=True):
            draft.category, draft.reasons["category"] = rule.says, rule.id + "@respectively"
            if draft.role == "total":
                draft.role, draft.reasons["role"] = "component", "role.respectively"
