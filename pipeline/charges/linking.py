"""Between charges: restatements, totals and their parts, and which rows to sum."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.charges.readings import ChargeDraft, HeadcountDraft, Reading
from pipeline.charges.roles import NAMED_AGAIN, PART_OF, TOTAL

_TOTALS = ("total", "subtotal")


def link(reading: Reading) -> None:
    """Settle what single sentences cannot: repeated figures, totals, parents, sums."""
    _drop_restatements(reading)
    _drop_restated_headcounts(reading)
    for plan in sorted({draft.plan_ordinal for draft in reading.charges}):
        drafts = [draft for draft in reading.charges if draft.plan_ordinal == plan]
        _one_generic_total(drafts)
        _link_parents(drafts)
        _sole_charge_is_total(drafts)
        _categories_of_totals(drafts)
        _settlements_of_totals(drafts)
        _mark_sums(drafts)


def _drop_restatements(reading: Reading) -> None:
    """The same amount in the same role and of no other category is one charge; later mentions restate it."""
    kept: list[ChargeDraft] = []
    for draft in reading.charges:
        first = next((other for other in kept if _restates(draft, other)), None)
        if first is None:
            kept.append(draft)
            continue
        _merge(first, draft)
        for mention in reading.mentions:
            if mention.target is draft:
                mention.target = first
                if mention.relation == "states":
                    mention.relation, mention.rule = "restates", "relation.same_amount_and_role"
        for other in reading.charges:
            if other.parent is draft:
                other.parent = first
    reading.charges = kept


def _drop_restated_headcounts(reading: Reading) -> None:
    """The same count, or the same percentage where one has no count, is one headcount figure."""
    kept: list[HeadcountDraft] = []
    for draft in reading.headcounts:
        first = next((other for other in kept if _same_people(draft, other)), None)
        if first is None:
            kept.append(draft)
            continue
        if first.percent is None:
            first.percent, first.basis = draft.percent, draft.basis
        for mention in reading.mentions:
            if mention.target is draft:
                mention.target = first
                if mention.relation == "states":
                    mention.relation, mention.rule = "restates", "relation.same_headcount"
    reading.headcounts = kept


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
    if draft.evidence and other.evidence:
        return False
    return draft.category == other.category or _one_is_bare(draft, other)


def _one_is_bare(draft: ChargeDraft, other: ChargeDraft) -> bool:
    return "unstated" in (draft.category, other.category) or "mixed" in (draft.category, other.category)


def _merge(first: ChargeDraft, again: ChargeDraft) -> None:
    """What the restatement adds to the first statement."""
    if first.settlement == "unstated":
        first.settlement = again.settlement
    if first.category == "unstated":
        first.category = again.category
    if first.role != again.role and again.role in _TOTALS:
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


def _one_generic_total(drafts: Sequence[ChargeDraft]) -> None:
    """A generic amount under a total of the same currency that it fits into is a subtotal or part of it."""
    totals = [draft for draft in drafts if draft.role == "total"]
    for draft in totals:
        larger = [
            other
            for other in totals
            if other is not draft and other.currency == draft.currency and _exceeds(other, draft)
        ]
        if not larger:
            continue
        if draft.reasons.get("role") != TOTAL[0].id and (draft.status == "incurred" or draft.period_start):
            draft.role, draft.reasons["role"] = "period_portion", "role.less_than_total"
            continue
        parts = [other for other in totals if other is not larger[0] and other.currency == draft.currency]
        if adds_up([*parts], larger[0]):
            draft.role, draft.reasons["role"] = "subtotal", "role.totals_add_up"


def _exceeds(larger: ChargeDraft, smaller: ChargeDraft) -> bool:
    top, bottom = larger.high or larger.low, smaller.high or smaller.low
    return bool(top and bottom and top > bottom)


def _link_parents(drafts: Sequence[ChargeDraft]) -> None:
    """A part belongs to the total that announces it, else to the nearest total of its currency that can hold it."""
    totals = [draft for draft in drafts if draft.role in _TOTALS]
    for draft in drafts:
        if draft.parent is not None or draft.role in ("total", "revision_prior"):
            continue
        holders = [
            t
            for t in totals
            if t is not draft and t.currency == draft.currency and _holds(t, draft) and t.role == "total"
        ]
        announced = [t for t in drafts if t is not draft and _announces(t, draft) and _holds(t, draft)]
        if announced:
            draft.parent = announced[-1]
        elif holders:
            draft.parent = min(holders, key=lambda total: _distance(total, draft))
    _subtotals_from_parts(drafts)


def _subtotals_from_parts(drafts: Sequence[ChargeDraft]) -> None:
    for draft in drafts:
        parts = [other for other in drafts if other.parent is draft and other.role == "component"]
        if draft.role == "component" and len(parts) >= 2:
            draft.role, draft.reasons["role"] = "subtotal", "role.has_parts"


def _announces(total: ChargeDraft, part: ChargeDraft) -> bool:
    """ "$10 million, consisting of $6 million of severance": the words between are all in one sentence."""
    if total.sentence != part.sentence or total.evidence or part.evidence or total.currency != part.currency:
        return False
    if (
        total.mention.section is not part.mention.section
        or total.mention.figure.end > part.mention.figure.start
    ):
        return False
    between = total.mention.section.text[total.mention.figure.end : part.mention.figure.phrase_start]
    return (
        len(between) < 240
        and bool(PART_OF.regex.search(between))
        and total.role in ("total", "subtotal", "component")
    )


def _distance(total: ChargeDraft, draft: ChargeDraft) -> tuple[int, int]:
    behind = total.mention.figure.start > draft.mention.figure.start
    return abs(total.sentence - draft.sentence), int(behind)


def _holds(total: ChargeDraft, part: ChargeDraft) -> bool:
    """A total that is smaller than the part cannot be its total."""
    top = total.high if total.high is not None else None
    lowest = part.low if part.low is not None else part.high
    return top is None or lowest is None or lowest <= top


def _categories_of_totals(drafts: Sequence[ChargeDraft]) -> None:
    """A total that names no type of cost has that of its parts."""
    for draft in drafts:
        if draft.category != "unstated":
            continue
        if draft.role in _TOTALS:
            parts = {
                other.category
                for other in drafts
                if other.parent is draft and other.role in ("component", "subtotal")
            }
            parts -= {"unstated"}
            if parts:
                draft.category = parts.pop() if len(parts) == 1 else "mixed"
                draft.reasons["category"] = "category.of_parts"
    for draft in drafts:
        if (
            draft.category == "unstated"
            and draft.parent is not None
            and draft.role in ("cash_portion", "noncash_portion", "period_portion")
        ):
            draft.category = draft.parent.category
            draft.reasons["category"] = "category.of_total"


def _sole_charge_is_total(drafts: Sequence[ChargeDraft]) -> None:
    """The only cost that a plan states is its total, whatever type it is of."""
    current = [
        draft for draft in drafts if draft.role not in ("revision_prior", "period_portion", "cash_portion")
    ]
    if len(current) == 1 and current[0].role == "component":
        current[0].role, current[0].reasons["role"] = "total", "role.sole_charge"


def _settlements_of_totals(drafts: Sequence[ChargeDraft]) -> None:
    """A total is mixed where its parts are both; its parts are cash where all of it is said to be."""
    for draft in drafts:
        if draft.role not in _TOTALS:
            continue
        parts = [
            other
            for other in drafts
            if other.parent is draft and other.role not in ("revision_prior", "period_portion")
        ]
        said = {part.settlement for part in parts}
        if draft.settlement == "unstated":
            if {"cash", "noncash"} <= said or "mixed" in said:
                draft.settlement, draft.reasons["settlement"] = "mixed", "settlement.of_parts"
            elif len(said) == 1 and said <= {"cash", "noncash"} and adds_up(parts, draft):
                draft.settlement, draft.reasons["settlement"] = said.pop(), "settlement.of_parts"
        elif draft.reasons.get("settlement", "").startswith("settlement.all"):
            for part in parts:
                if part.settlement == "unstated":
                    part.settlement, part.reasons["settlement"] = draft.settlement, "settlement.of_total"
        portions = [part for part in parts if part.role in ("cash_portion", "noncash_portion")]
        rest = [
            part
            for part in parts
            if part.role in ("component", "subtotal") and part.settlement in ("cash", "noncash")
        ]
        if (
            len(portions) == len(rest) == 1
            and rest[0].settlement != portions[0].settlement
            and adds_up(parts, draft)
        ):
            rest[0].role, rest[0].reasons["role"] = f"{rest[0].settlement}_portion", "role.other_portion"


def _mark_sums(drafts: Sequence[ChargeDraft]) -> None:
    """Mark the rows that hold each dollar of the plan once, currency by currency."""
    for draft in drafts:
        draft.counts_in_sum = False
    totals = [draft for draft in drafts if draft.role == "total" and draft.parent is None]
    main_currency = {draft.currency for draft in totals}
    for currency in dict.fromkeys(draft.currency for draft in drafts):
        if main_currency and currency not in main_currency:
            continue
        rows = [draft for draft in drafts if draft.currency == currency]
        chosen = [draft for draft in totals if draft.currency == currency]
        leaves = leaves_of(rows)
        if chosen:
            held = [leaf for leaf in leaves if leaf.parent in chosen or leaf.parent is not None]
            loose = [leaf for leaf in leaves if leaf.parent is None]
            counted = held if len(chosen) == 1 and adds_up(held, chosen[0]) else chosen
            counted = [*counted, *loose]
        else:
            counted = (
                leaves
                or [draft for draft in rows if draft.role in ("cash_portion", "noncash_portion")]
                or [draft for draft in rows if draft.role == "period_portion"]
            )
        for draft in counted:
            draft.counts_in_sum = True


def leaves_of(drafts: Sequence[ChargeDraft]) -> list[ChargeDraft]:
    """The components and subtotals that no counted part stands below."""
    parents = {
        id(draft.parent) for draft in drafts if draft.role in ("component", "subtotal") and draft.parent
    }
    return [
        draft
        for draft in drafts
        if draft.role == "component" or (draft.role == "subtotal" and id(draft) not in parents)
    ]


def tolerance(drafts: Sequence[ChargeDraft]) -> Decimal:
    """Half a unit of the last digit stated, for each figure of a sum."""
    units = [_last_digit(value) for draft in drafts for value in (draft.low, draft.high) if value]
    return (min(units) if units else Decimal(1)) * (len(drafts) + 1) / 2


def _last_digit(value: Decimal) -> Decimal:
    digits = re.sub(r"\D", "", str(int(abs(value))))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def adds_up(parts: Sequence[ChargeDraft], total: ChargeDraft) -> bool:
    """True where the parts' bounds sum to the total's within rounding; open bounds cannot be compared."""
    if not parts:
        return False
    allowed = tolerance([*parts, total])
    for bound in ("low", "high"):
        values = [getattr(part, bound) for part in parts]
        whole = getattr(total, bound)
        if whole is None or any(value is None for value in values):
            return False
        if abs(sum(values, Decimal(0)) - whole) > allowed:
            return False
    return True


def amount_sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, or None where a value is open or there is none."""
    if not values or any(value is None for value in values):
        return None
    return sum((value for value in values if value is not None), Decimal(0))
