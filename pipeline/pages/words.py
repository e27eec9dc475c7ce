"""Values and words of the vocabularies as people read them: amounts, dates, and plain English for codes."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}

WORDS: Mapping[str, Mapping[str, str]] = {
    "read_status": {
        "read": "Read",
        "no_figures": "Read; states no figures",
        "incorporated_elsewhere": "Figures are in another filing or item",
        "item_not_found": "Item 2.05 not found",
        "unreadable": "Could not be read",
        "not_fetched": "Could not be fetched",
    },
    "estimate_status": {
        "given": "Given",
        "partial": "Some amounts cannot be estimated yet",
        "unable": "Cannot be estimated yet",
        "none": "None",
    },
    "category": {
        "severance": "Severance",
        "retention": "Retention",
        "contract_termination": "Leases and other contracts",
        "facility": "Facilities",
        "relocation": "Relocation",
        "asset_impairment": "Asset impairment",
        "goodwill_intangible": "Goodwill and intangibles",
        "inventory": "Inventory",
        "stock_compensation": "Stock compensation",
        "professional_fees": "Professional fees",
        "pension": "Pension",
        "other": "Other costs",
        "mixed": "Several types of cost",
        "unstated": "Cost of an unstated type",
    },
    "asc420_class": {
        "one_time_termination_benefits": "one-time termination benefits",
        "contract_termination": "contract termination costs",
        "other_associated": "other associated costs",
        "outside_asc420": "outside ASC 420",
        "several": "several classes of ASC 420",
        "unstated": "class not stated",
    },
    "role": {
        "total": "Total",
        "subtotal": "Subtotal",
        "component": "Part",
        "cash_portion": "Cash portion",
        "noncash_portion": "Non-cash portion",
        "period_portion": "Portion in one period",
        "revision_prior": "Earlier estimate",
    },
    "settlement": {
        "cash": "Cash",
        "noncash": "Non-cash",
        "mixed": "Cash and non-cash",
        "unstated": "Not stated",
    },
    "status": {"expected": "Expected", "incurred": "Already incurred"},
    "security": {
        "common_stock": "Common stock",
        "stock_option": "Stock options",
        "restricted_stock": "Restricted stock",
        "restricted_stock_unit": "Restricted stock units",
        "performance_award": "Performance awards",
        "other": "Other securities",
    },
    "action": {
        "vesting_accelerated": "Vesting accelerated",
        "granted": "Granted",
        "issued": "Issued",
        "forfeited": "Forfeited",
        "modified": "Modified",
        "exercise_period_extended": "Exercise period extended",
        "repurchased": "Repurchased",
        "other": "Other",
    },
    "basis": {
        "total_workforce": "of the total workforce",
        "unit": "of a unit",
        "unstated": "of whom is not stated",
    },
    "kind": {
        "saving": "A saving",
        "proceeds": "Proceeds",
        "revenue": "Revenue",
        "debt": "Debt",
        "purchase_price": "A purchase price",
        "other_plan": "Another plan",
        "compensation": "Compensation of a person",
        "cash_balance": "A cash balance",
        "guidance": "Guidance",
        "other_matter": "Another matter",
        "retained_headcount": "People who stay",
        "unclassified": "Not classified",
    },
    "relation": {
        "states": "States a figure",
        "restates": "Says a figure again",
        "translates": "A figure in another currency",
        "per_unit": "An amount for each unit",
        "context": "Belongs to a figure",
        "none": "No figure of the plan",
    },
    "unit": {"money": "money", "shares": "shares", "people": "people", "percent": "percent"},
    "effect": {
        "original": "First report",
        "replaces": "Replaces the estimate",
        "adds_estimate": "Adds an estimate",
        "adds_plan": "Adds a plan",
        "changes_dates": "Changes dates",
        "exhibits_only": "Leaves the figures as they were",
    },
}
"""Plain English for the words of the vocabularies, by the column that holds them."""


def worded(column: str, value: str | None) -> str:
    """The value in plain English; a word that no vocabulary has (in a rejected row) as it is."""
    return "" if value is None else WORDS[column].get(value, str(value))


def money(low: Any, high: Any, currency: str | None, approximate: bool = False) -> str:
    """ "$8,000,000 to $9,500,000", "up to CAD 5,000", "about $75,000"; nothing where both bounds are open."""
    return _bounds(low, high, lambda value: amount(value, currency), approximate)


def count(low: Any, high: Any, approximate: bool = False) -> str:
    """A number of shares or people, a range of them, or what is said of an open bound."""
    return _bounds(low, high, _number, approximate)


def percent(value: Any) -> str:
    """ "12.5%"; nothing for null."""
    return "" if value is None else f"{_number(value)}%"


def date(value: Any) -> str:
    """ "October 27, 2008"; nothing for null, and what is no date as it is."""
    if isinstance(value, dt.date):
        return f"{value:%B} {value.day}, {value.year}"
    return "" if value is None else str(value)


def _bounds(low: Any, high: Any, write: Callable[[Any], str], approximate: bool) -> str:
    about = "about " if approximate else ""
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {about}{write(high)}"
    if high is None:
        return f"at least {about}{write(low)}"
    return f"{about}{write(low)}" if low == high else f"{about}{write(low)} to {write(high)}"


def amount(value: Any, currency: str | None) -> str:
    """One bound of an amount: "$75,000", "CAD 5,000"."""
    minus = "\N{MINUS SIGN}" if isinstance(value, Decimal | int) and value < 0 else ""
    size = _number(abs(value) if minus else value)
    if currency in _SIGNS:
        return f"{minus}{_SIGNS[currency]}{size}"
    return f"{minus}{currency}\N{NO-BREAK SPACE}{size}" if currency else f"{minus}{size}"


def _number(value: Any) -> str:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{int(value):,}" if whole else f"{value.normalize():,f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
