"""Which rows of a plan to sum, and whether the parts make up the total."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.charges.readings import ChargeDraft


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


def amount_sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, or None where a value is open or there is none."""
    if not values or any(value is None for value in values):
        return None
    return sum((value for value in values if value is not None), Decimal(0))
