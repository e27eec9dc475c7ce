"""Figures that a filing states more than once: one row, and all its mentions."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from pipeline.charges.readings import TOTALS, ChargeDraft, HeadcountDraft, Mention, Reading
from pipeline.charges.roles import NAMED_AGAIN
from pipeline.charges.sums import last_digit
from pipeline.figures.rule import wording

_MOST_ALIKE = 50
"""An amount that stands in more roles than this is no disclosure, but a text that takes too long."""

_SUM = wording(
    r"(?P<sum>[$€£¥][^,;:]{1,40}?illion)\b[^$€£¥]{0,60}"
    r"\b(?:consist\w*|compris\w*|includ\w+|made up|of which)\b[^$€£¥]{0,40}$",
    "$18 million, consisting of ",
    "$18 million and severance of ",
)
_PORTIONS = ("cash_portion", "noncash_portion")
_ROUNDED_ROLES = ("total", "subtotal", "period_portion", "cash_portion", "noncash_portion")

Draft = TypeVar("Draft", ChargeDraft, HeadcountDraft)


def drop_restatements(reading: Reading) -> None:
    """Keep the first statement of each charge and headcount; later mentions restate it.

    A charge is stated again by the same amount in the same role and of no other category; a headcount by the
    same count, or the same percentage where it has no count.
    """
    targets: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        if mention.target is not None:
            targets.setdefault(id(mention.target), []).append(mention)
    _drop_rounded(reading, targets)
    reading.charges, firsts = _kept(reading.charges, lambda draft: draft.amount, _restates, targets)
    for draft in reading.charges:
        if draft.parent is not None:
            draft.parent = firsts.get(id(draft.parent), draft.parent)
    reading.headcounts, _ = _kept(reading.headcounts, lambda _: None, _same_people, targets)


def _drop_rounded(reading: Reading, targets: dict[int, list[Mention]]) -> None:
    """ "charges of $5.4 million, as set forth in the table": the table says it exactly."""
    exact = [draft for draft in reading.charges if draft.evidence and draft.role in _ROUNDED_ROLES]
    for draft in [draft for draft in reading.charges if not draft.evidence and draft.role in _ROUNDED_ROLES]:
        said = next((other for other in exact if _rounds(draft, other)), None)
        if said is None:
            continue
        reading.charges.remove(draft)
        for mention in targets.pop(id(draft), []):
            mention.target, mention.relation, mention.rule = said, "restates", "relation.rounded"
            targets.setdefault(id(said), []).append(mention)


def _rounds(draft: ChargeDraft, exact: ChargeDraft) -> bool:
    """True for an amount in the words above a table that an amount in it becomes when rounded."""
    if draft.currency != exact.currency or draft.amount == exact.amount:
        return False
    if draft.mention.evidence not in exact.context_spans:
        return False
    pairs = ((draft.low, exact.low), (draft.high, exact.high))
    return all(
        rounded is not None and value is not None and abs(rounded - value) * 2 <= last_digit(rounded)
        for rounded, value in pairs
    )


def _kept(
    drafts: list[Draft],
    key: Callable[[Draft], Hashable],
    restates: Callable[[Draft, Draft], bool],
    targets: dict[int, list[Mention]],
) -> tuple[list[Draft], dict[int, Draft]]:
    """The drafts that state something new; and for each other one the id to the draft that it restates."""
    kept: list[Draft] = []
    firsts: dict[int, Draft] = {}
    by_key: dict[Hashable, list[Draft]] = {}
    for draft in drafts:
        first = next(
            (other for other in by_key.get(key(draft), ())[:_MOST_ALIKE] if restates(draft, other)), None
        )
        if first is None:
            kept.append(draft)
            by_key.setdefault(key(draft), []).append(draft)
            continue
        firsts[id(draft)] = first
        _merge(first, draft)
        moved = targets.pop(id(draft), [])
        targets.setdefault(id(first), []).extend(moved)
        for mention in moved:
            mention.target = first
            if mention.relation == "states":
                mention.relation, mention.rule = "restates", "relation.stated_before"
    return kept, firsts


def _same_people(draft: HeadcountDraft, other: HeadcountDraft) -> bool:
    if draft.plan_ordinal != other.plan_ordinal or draft.mention.evidence == other.mention.evidence:
        return False
    counts = (draft.low, draft.high) == (other.low, other.high)
    if draft.low is None and draft.high is None:
        return draft.percent == other.percent
    return counts and (draft.percent in (None, other.percent) or other.percent is None)


def _restates(draft: ChargeDraft, other: ChargeDraft) -> bool:
    if draft.amount != other.amount or draft.plan_ordinal != other.plan_ordinal:
        return False
    if draft.reasons.get("role") == NAMED_AGAIN.id:
        return True
    if (
        draft.mention.evidence == other.mention.evidence
        and draft.evidence == other.evidence
        and draft.sentence == other.sentence
    ):
        # One table row or sentence that repeats a number in other columns or roles states it anew.
        return draft.role == other.role and draft.category == other.category and draft.evidence is None
    if draft.evidence is None and draft.list_span is not None and draft.list_span == other.list_span:
        return False  # Entries of one list are different things.
    if draft.role == "component" and _of_different_sums(draft, other):
        return False
    if draft.evidence and other.evidence and (draft.sentence == other.sentence or draft.role not in TOTALS):
        return False
    if _is_exact(draft) and _one_is_bare(draft, other) and draft.role in _PORTIONS:
        return True
    if draft.role != other.role:
        generic = {draft.role, other.role} <= {"total", "subtotal", "component"}
        return generic and _one_is_bare(draft, other)
    if (
        draft.period_text
        and other.period_text
        and draft.period_start != other.period_start
        and draft.role == "period_portion"
    ):
        return False
    return draft.category == other.category or _one_is_bare(draft, other)


def _is_exact(draft: ChargeDraft) -> bool:
    """True for $19,571,000, which two different things hardly both amount to; not for $19.5 million."""
    return (
        draft.low is not None and draft.low == draft.high and last_digit(draft.low) * 10_000 <= abs(draft.low)
    )


def _of_different_sums(draft: ChargeDraft, other: ChargeDraft) -> bool:
    """Each a part of another sum: "$18 million, consisting of $5 million", "$7 million, of it $5 million"."""
    sums = [_sum_before(part) for part in (draft, other)]
    return None not in sums and sums[0] != sums[1]


def _sum_before(part: ChargeDraft) -> str | None:
    """The amount that announces the part in its sentence, as written."""
    if part.evidence:
        return None
    start, _ = part.mention.evidence
    words = part.mention.section.text[start : part.mention.figure.phrase_start]
    announced = _SUM.search(words)
    return announced.group("sum") if announced else None


def _one_is_bare(draft: ChargeDraft, other: ChargeDraft) -> bool:
    return "unstated" in (draft.category, other.category) or "mixed" in (draft.category, other.category)


def _merge(first: Draft, again: Draft) -> None:
    """What the restatement adds to the first statement."""
    if isinstance(first, HeadcountDraft) and isinstance(again, HeadcountDraft):
        # A percentage of another section could not be traced from the first statement's place.
        if first.percent is None and first.mention.section is again.mention.section:
            first.percent, first.basis = again.percent, again.basis
            first.context_spans = (again.mention.evidence, *again.context_spans)
        return
    assert isinstance(first, ChargeDraft)
    assert isinstance(again, ChargeDraft)
    if first.settlement == "unstated":
        first.settlement = again.settlement
    if first.category == "unstated":
        first.category = again.category
    if first.role != again.role and again.role in TOTALS:
        first.role = again.role
    if first.is_pretax is None:
        first.is_pretax = again.is_pretax
    if first.period_text is None:
        first.period_text, first.period_start, first.period_end = (
            again.period_text,
            again.period_start,
            again.period_end,
        )
    first.is_approximate = first.is_approximate or again.is_approximate
