"""Amounts as lists and charts write them, short: "$8–9.5 million". A filing's page has them to the cent.

Here belong rounded amounts and sums of charges. Exact amounts and counts do not: see `words`.
"""

from dataclasses import dataclass
from decimal import Decimal

_UNITS = ((Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of charges in one currency, and how many of its bounds are open.

    Open lower bounds ("up to") are summed as zero, open upper bounds ("at least") as their lower bound.
    """

    currency: str
    low: Decimal
    high: Decimal
    open_low: int
    open_high: int

    def __str__(self) -> str:
        low = None if self.low == 0 and self.open_low else self.low
        return short_money(low, None if self.open_high else self.high, self.currency)

    @property
    def rounded(self) -> str:
        """From the lowest to the highest, open bounds or not, to three digits."""
        return short_money(_rounded(self.low), _rounded(self.high), self.currency)


def short_money(low: Decimal | None, high: Decimal | None, currency: str | None) -> str:
    """An amount between its bounds, to three digits behind the point; a null bound is open."""
    sign = _SIGNS.get(currency or "") or (f"{currency}\N{NO-BREAK SPACE}" if currency else "")
    if high is None:
        return "" if low is None else f"at least {sign}{''.join(_in_unit(low))}"
    number, unit = _in_unit(high)
    if low is None:
        return f"up to {sign}{number}{unit}"
    low_number, low_unit = _in_unit(low)
    if (low_number, low_unit) == (number, unit):
        return f"{sign}{number}{unit}"
    if low_unit == unit or low == 0:
        return f"{sign}{low_number}–{number}{unit}"
    return f"{sign}{low_number}{low_unit} – {sign}{number}{unit}"


def _in_unit(amount: Decimal) -> tuple[str, str]:
    for size, name in _UNITS:
        if abs(amount) >= size:
            return _trimmed(f"{amount / size:,.3f}"), f"\N{NO-BREAK SPACE}{name}"
    return _trimmed(f"{amount:,.2f}"), ""


def _rounded(amount: Decimal) -> Decimal:
    return Decimal(f"{amount:.3g}")


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".")
