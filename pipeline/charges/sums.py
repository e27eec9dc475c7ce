"""Which rows of a plan to sum, and whether the parts make up the total."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.charges.readings import ChargeDraft
from pipeline.charges.roles import CONTINGENT_ADDITION


def mark_sums(drafts: Sequence[ChargeDraft]) -> None:
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
        parts = top_parts(rows)
        if chosen:
            held = [part for part in parts if part.parent is not None]
            spelled_out = len(chosen) == 1 and adds_up(held, chosen[0])
            counted = [*(held if spelled_out else chosen), *(part for part in parts if part.parent is None)]
        else:
            counted = (
                parts
                or [draft for draft in rows if draft.role in ("cash_portion", "noncash_portion")]
                or [draft for draft in rows if draft.role == "period_portion"]
            )
        for draft in counted:
            draft.counts_in_sum = True


def is_contingent(draft: ChargeDraft) -> bool:
    """On top of what is planned, should something happen: part of no total, and of no sum."""
    return draft.reasons.get("role") == CONTINGENT_ADDITION.id


def top_parts(drafts: Sequence[ChargeDraft]) -> list[ChargeDraft]:
    """The components and subtotals right below the total: those that are part of no other part."""
    return [
        draft
        for draft in drafts
        if draft.role in ("component", "subtotal")
        and (draft.parent is None or draft.parent.role in ("total", "cash_portion", "noncash_portion"))
        and not (draft.is_pretax is False and draft.parent is not None)
        and not is_contingent(draft)
    ]


def tolerance(drafts: Sequence[ChargeDraft]) -> Decimal:
    """Half a unit of the last digit stated, for each figure of a sum."""
    return sum((_precision(draft) for draft in drafts), Decimal(0)) / 2


def _precision(draft: ChargeDraft) -> Decimal:
    """The unit that an amount is stated in; two digits count at least: "$10 million" is no "$14 million"."""
    values = [value for value in (draft.low, draft.high) if value]
    return min(min(last_digit(value), _second_digit(value)) for value in values) if values else Decimal(1)


def _second_digit(value: Decimal) -> Decimal:
    return Decimal(10) ** max(len(str(int(abs(value)))) - 2, 0)


def last_digit(value: Decimal) -> Decimal:
    """The unit of the last digit that is not zero: 100,000 for 5,400,000."""
    digits = str(int(abs(value)))
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


def is_closed(drafts: Sequence[ChargeDraft]) -> bool:
    """True where no bound of any amount is open."""
    return all(draft.low is not None and draft.high is not None for draft in drafts)


def exceeds(parts: Sequence[ChargeDraft], total: ChargeDraft) -> bool:
    """True where closed parts sum to more than a closed total, beyond rounding."""
    lows = amount_sum([part.low for part in parts])
    return lows is not None and total.high is not None and lows > total.high + tolerance([*parts, total])


def amount_sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, or None where a value is open or there is none."""
    if not values or any(value is None for value in values):
        return None
    return sum((value for value in values if value is not None), Decimal(0))
