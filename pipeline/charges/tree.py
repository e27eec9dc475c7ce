"""Totals and their parts: a tree from "consisting of", lists, tables and neighbouring sentences."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from pipeline.charges.readings import TOTALS, ChargeDraft
from pipeline.charges.roles import GENERIC_COST, PART_OF, SUM_SPELLED_OUT, TOTAL, TOTAL_OF_PLAN
from pipeline.charges.sums import adds_up, is_contingent

_PORTIONS = ("cash_portion", "noncash_portion")
_AFTER_TAX = "role.after_tax"
_STATED = (TOTAL[0].id, TOTAL_OF_PLAN.id)
"""The text calls it a total."""
_NEIGHBOURS = 8
"""How many totals on either side may hold a part, and how many amounts before it may announce it."""


def link_parts(drafts: Sequence[ChargeDraft]) -> None:
    """Find each part's total and settle what follows from the tree: roles, categories, settlement.

    Args:
        drafts: the charges of one plan.
    """
    ordered = sorted(drafts, key=_place)
    announcers = {id(draft): _announcer(ordered, position) for position, draft in enumerate(ordered)}
    _after_tax_beside_pretax(ordered)
    _one_generic_total(ordered, announcers)
    _cash_portion_with_parts_is_total(ordered, announcers)
    _link_parents(ordered, announcers)
    _subtotals_from_parts(ordered)
    _sole_charge_is_total(ordered)
    _statuses_of_parts(ordered)
    _categories_of_totals(ordered)
    _settlements_of_totals(ordered)


def _place(draft: ChargeDraft) -> tuple[int, int, int]:
    section = draft.mention.section
    return section.document_sequence, section.section_ordinal, draft.mention.figure.start


def _parts(drafts: Sequence[ChargeDraft]) -> dict[int, list[ChargeDraft]]:
    """Id of a total to its parts."""
    parts: dict[int, list[ChargeDraft]] = {}
    for draft in drafts:
        if draft.parent is not None:
            parts.setdefault(id(draft.parent), []).append(draft)
    return parts


def _announcer(ordered: Sequence[ChargeDraft], position: int) -> ChargeDraft | None:
    """The nearest amount before it that announces the draft as its part."""
    part = ordered[position]
    for total in reversed(ordered[max(0, position - _NEIGHBOURS) : position]):
        if _announces(total, part) and _holds(total, part):
            return total
    return None


def _announces(total: ChargeDraft, part: ChargeDraft) -> bool:
    """ "$10 million, consisting of $6 million of severance", or "This amount includes ..." behind it."""
    if (
        total.evidence
        or part.evidence
        or total.currency != part.currency
        or total.role not in (*TOTALS, *_PORTIONS, "component")
    ):
        return False
    if (
        total.mention.section is not part.mention.section
        or total.mention.figure.end > part.mention.figure.start
    ):
        return False
    text = total.mention.section.text
    if total.sentence == part.sentence:
        between = text[total.mention.figure.end : part.mention.figure.phrase_start]
        return len(between) < 240 and bool(PART_OF.regex.search(between))
    if part.sentence == total.sentence + 1 and total.role == "total":
        return bool(
            SUM_SPELLED_OUT.regex.match(text[part.mention.evidence[0] : part.mention.figure.phrase_start])
        )
    return False


def _after_tax_beside_pretax(ordered: Sequence[ChargeDraft]) -> None:
    """ "$21.6 million ($13.4 million after tax)": the same cost, net of tax; it adds nothing to the sum."""
    for before, draft in pairwise(ordered):
        if draft.is_pretax is False and before.is_pretax is not False and before.sentence == draft.sentence:
            draft.role, draft.category, draft.parent = before.role, before.category, before
            draft.reasons["role"] = _AFTER_TAX


def _one_generic_total(drafts: Sequence[ChargeDraft], announcers: dict[int, ChargeDraft | None]) -> None:
    """Of several generic amounts the largest is the total; the others are its parts, in time or in kind."""
    totals = [draft for draft in drafts if draft.role == "total" and draft.reasons.get("role") != _AFTER_TAX]
    largest: dict[str, ChargeDraft] = {}
    for draft in totals:
        if draft.currency not in largest or _exceeds(draft, largest[draft.currency]):
            largest[draft.currency] = draft
    for draft in drafts:
        whole = largest.get(draft.currency)
        recorded = draft.role == "component" and draft.category == "unstated" and draft.status == "incurred"
        if recorded and whole is None:
            whole = next(
                (other for other in reversed(drafts[: drafts.index(draft)]) if _exceeds(other, draft)), None
            )
        if recorded and whole is not None and whole.status == "expected" and _exceeds(whole, draft):
            draft.role, draft.reasons["role"] = "period_portion", "role.recorded_of_total"
            draft.parent = whole
    for before, draft in pairwise(drafts):
        generic = (
            draft.role == "total"
            and draft.reasons.get("role") == GENERIC_COST.id
            and draft.category == "mixed"
        )
        if generic and before.role == "component" and before.sentence == draft.sentence:
            # "$30 million of severance, and $15 million of charges for offices and contracts": two parts.
            draft.role, draft.reasons["role"] = "component", "role.beside_a_part"
    totals = [draft for draft in totals if draft.role == "total"]
    for draft in totals:
        top = largest[draft.currency]
        named = draft.reasons.get("category") == "category.several_named"
        if named and _exceeds(top, draft) and draft.reasons.get("role") != TOTAL[0].id:
            # "Between $9 million and $11 million is for severance and relocation" of a larger total.
            draft.role, draft.reasons["role"] = "component", "role.part_for_several"
            continue
        announcer = announcers[id(draft)]
        if draft.category != "unstated" and announcer is not None and announcer.role == "total":
            draft.role, draft.reasons["role"] = "component", "role.announced_part"
            continue
        if not _exceeds(top, draft):
            continue
        so_far = draft.status == "incurred" and top.status == "expected"
        in_part = draft.status == "incurred" or draft.period_start
        if so_far or (in_part and draft.reasons.get("role") not in _STATED):
            draft.role, draft.reasons["role"] = "period_portion", "role.less_than_total"
        elif adds_up([other for other in totals if other is not top and other.currency == top.currency], top):
            draft.role, draft.reasons["role"] = "subtotal", "role.totals_add_up"


def _cash_portion_with_parts_is_total(
    drafts: Sequence[ChargeDraft], announcers: dict[int, ChargeDraft | None]
) -> None:
    """ "cash costs of $8 million: $4 million for severance and ..." of a plan that states no other total."""
    if any(draft.role == "total" for draft in drafts):
        return
    announcing = {id(announcer) for announcer in announcers.values() if announcer is not None}
    for draft in drafts:
        if draft.role in _PORTIONS and id(draft) in announcing:
            draft.role, draft.reasons["role"] = "total", "role.portion_with_parts"


def _exceeds(larger: ChargeDraft, smaller: ChargeDraft) -> bool:
    top, bottom = larger.high or larger.low, smaller.high or smaller.low
    return bool(top and bottom and top > bottom)


def _link_parents(drafts: Sequence[ChargeDraft], announcers: dict[int, ChargeDraft | None]) -> None:
    """A part belongs to the amount that announces it, else to the nearest total that can hold it."""
    totals = [draft for draft in drafts if draft.role == "total"]
    places = [_place(total) for total in totals]
    for draft in drafts:
        if draft.parent is not None or draft.role in ("total", "revision_prior") or is_contingent(draft):
            continue
        if (announcer := announcers[id(draft)]) is not None:
            draft.parent = announcer
            continue
        here = bisect_left(places, _place(draft))
        near = totals[max(0, here - _NEIGHBOURS) : here + _NEIGHBOURS]
        holders = [total for total in near if total.currency == draft.currency and _holds(total, draft)]
        draft.parent = min(holders, key=lambda total: _distance(total, draft), default=None)


def _subtotals_from_parts(drafts: Sequence[ChargeDraft]) -> None:
    """A part with parts of its own is a subtotal, and so is a total beside a larger one of the plan."""
    parts = _parts(drafts)
    totals = [draft for draft in drafts if draft.role == "total"]
    for draft in drafts:
        components = [part for part in parts.get(id(draft), ()) if part.role == "component"]
        if draft.role == "component" and len(components) >= 2:
            is_all = draft.parent is None and not any(_exceeds(total, draft) for total in totals)
            draft.role, draft.reasons["role"] = "total" if is_all else "subtotal", "role.has_parts"
        elif draft.role == "total" and components and draft.reasons.get("role") == GENERIC_COST.id:
            whole = next((other for other in totals if _is_whole_of(other, draft)), None)
            if whole is not None:
                draft.role, draft.reasons["role"] = "subtotal", "role.total_of_a_part"
                draft.parent = whole


def _is_whole_of(total: ChargeDraft, draft: ChargeDraft) -> bool:
    """True for a larger total, or one of all currencies together."""
    if total is draft or total.role != "total" or total.status != draft.status:
        return False
    if total.currency != draft.currency:
        return total.reasons.get("role") in _STATED
    return _exceeds(total, draft)


def _distance(total: ChargeDraft, draft: ChargeDraft) -> tuple[int, int]:
    behind = total.mention.figure.start > draft.mention.figure.start
    return abs(total.sentence - draft.sentence), int(behind)


def _holds(total: ChargeDraft, part: ChargeDraft) -> bool:
    """A total that is smaller than the part cannot be its total."""
    top = total.high if total.high is not None else None
    lowest = part.low if part.low is not None else part.high
    return top is None or lowest is None or lowest <= top


def _sole_charge_is_total(drafts: Sequence[ChargeDraft]) -> None:
    """The only cost that a plan states is its total, whatever type it is of."""
    current = [
        draft for draft in drafts if draft.role not in ("revision_prior", "period_portion", "cash_portion")
    ]
    if len(current) == 1 and current[0].role == "component":
        current[0].role, current[0].reasons["role"] = "total", "role.sole_charge"


def _statuses_of_parts(drafts: Sequence[ChargeDraft]) -> None:
    """ "The charges are comprised of ..." behind recorded charges: the parts have been recorded too."""
    for draft in drafts:
        whole = draft.parent
        unsaid = "status" not in draft.reasons and not draft.evidence
        if whole is not None and whole.status == "incurred" and unsaid:
            draft.status, draft.reasons["status"] = "incurred", "status.of_total"


def _categories_of_totals(drafts: Sequence[ChargeDraft]) -> None:
    """A total that names no type of cost has that of its parts; a part in time or cash has the total's."""
    parts = _parts(drafts)
    stated = {draft.category for draft in drafts if draft.role != "revision_prior"} - {"unstated", "mixed"}
    for draft in drafts:
        if draft.category != "unstated" or draft.role not in TOTALS:
            continue
        kinds = [
            part
            for part in parts.get(id(draft), ())
            if part.role in ("component", "subtotal")
            or (part.role in _PORTIONS and part.category != "unstated")
        ]
        of_parts = {part.category for part in kinds} - {"unstated"}
        if of_parts:
            # Where one type is named, and it is not all of the total, the rest is something else.
            is_all = len(of_parts) == 1 and adds_up(kinds, draft)
            draft.category = of_parts.pop() if is_all else "mixed"
            draft.reasons["category"] = "category.of_parts"
        elif len(stated) > 1:
            draft.category, draft.reasons["category"] = "mixed", "category.several_in_plan"
    for draft in drafts:
        if draft.reasons.get("role") == _AFTER_TAX and draft.parent is not None:
            draft.category = draft.parent.category
        is_portion = draft.role in ("cash_portion", "noncash_portion", "period_portion")
        if draft.category == "unstated" and draft.parent is not None and is_portion:
            draft.category, draft.reasons["category"] = draft.parent.category, "category.of_total"


def _settlements_of_totals(drafts: Sequence[ChargeDraft]) -> None:
    """A total is mixed where its parts are both; its parts are cash where all of it is said to be."""
    by_total = _parts(drafts)
    for draft in drafts:
        portion = draft.parent if draft.parent and draft.parent.role in _PORTIONS else None
        if portion is not None and draft.settlement == "unstated":
            draft.settlement, draft.reasons["settlement"] = portion.settlement, "settlement.of_portion"
        if draft.role not in TOTALS:
            continue
        parts = [part for part in by_total.get(id(draft), ()) if part.role != "period_portion"]
        said = {part.settlement for part in parts}
        if draft.settlement == "unstated":
            if {"cash", "noncash"} <= said or "mixed" in said:
                draft.settlement, draft.reasons["settlement"] = "mixed", "settlement.of_parts"
            elif len(said) == 1 and said <= {"cash", "noncash"} and adds_up(parts, draft):
                draft.settlement, draft.reasons["settlement"] = said.pop(), "settlement.of_parts"
        elif (
            draft.settlement in ("cash", "noncash")
            and draft.reasons.get("settlement") != "settlement.of_parts"
        ):
            for part in by_total.get(id(draft), ()):
                if part.settlement == "unstated":
                    part.settlement, part.reasons["settlement"] = draft.settlement, "settlement.of_total"
        if len(parts) == 2 and said == {"cash", "noncash"} and adds_up(parts, draft):
            for part in parts:
                if part.role == "component":
                    part.role, part.reasons["role"] = f"{part.settlement}_portion", "role.two_portions"
        portions = [part for part in parts if part.role in _PORTIONS]
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
