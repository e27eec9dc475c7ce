"""What the heads and labels of a cost table say: units, columns, rows."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.figures.currencies import BEFORE_PATTERN, BEHIND_PATTERN, currency_before, currency_behind
from pipeline.figures.numerals import DIGITS, SCALE, parse_digits, scale_of
from pipeline.figures.rule import Rule

UNITS: tuple[Rule, ...] = (
    Rule(
        "unit.thousands",
        r"\b(?:in|of) (?:(?:U\.?S\.?|Canadian) )?(?:dollars? in )?(?:\$ ?)?thousands?\b|"
        r"\(?\$?0{3}[’']?s?(?: omitted)?\)|\$ ?000[’']?s?\b|\b000[’']s\b|\(thousands\)|"
        r"\bthousands of\b|(?:[$€£¥]|\b(?:USD|EUR|GBP|CAD|CHF|JPY|AUD)) ?(?:in )?thousands?\b",
        "1000",
        "(dollars in thousands)",
        "thousand employees",
    ),
    Rule(
        "unit.millions",
        r"\b(?:in|of) (?:(?:U\.?S\.?|Canadian) )?(?:dollars? in )?(?:\$ ?)?millions?\b|"
        r"\(\$?(?: ?in)? ?millions?\)|\$ ?(?:millions?|MM)\b|\bmillions of\b|\(\$ ?M\)|"
        r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CAD|CHF|JPY|AUD)) ?(?:in )?(?:millions?|MM|mn)\b",
        "1000000",
        "(in millions)",
        "a million reasons",
    ),
)
COLUMNS: tuple[Rule, ...] = (
    Rule(
        "column.per_share",
        r"\b(?:EPS|per (?:\w+ ){0,3}share)\b",
        "per_share",
        "Per diluted share",
        "Share of total",
    ),
    Rule(
        "column.saving",
        r"\b(?:savings?|synerg\w+|proceeds|revenue|EBITDA|(?:annual|gross|net|operating|expected) "
        r"(?:\w+ )?benefits?)\b",
        "saving",
        "Annual savings",
        "Severance",
    ),
    Rule(
        "column.change",
        r"^(?:net )?(?:change|difference|increase|decrease|variance|adjustments?|revisions?)\b(?: of "
        r"estimate)?"
        r"(?: \((?:increase|decrease)\))?$|\b(?:increase|change) \(decrease\)|\bincrease/\(?decrease",
        "change",
        "Change",
        "Change of control payments",
    ),
    Rule(
        "column.headcount",
        r"\b(?:employees|positions|headcount|number of people)\b(?! (?:related|costs?|severance|"
        r"termination|separation|benefits?))",
        "headcount",
        "Employees affected",
        "Employee severance",
    ),
    Rule(
        "column.prior",
        r"\b(?:prior|previous(?:ly)?|original(?:ly)?|initial(?:ly)?)\b",
        "prior",
        "Original estimate",
        "Revised estimate",
    ),
    Rule(
        "column.revised",
        r"\b(?:revised|updated|current|new)\b(?! (?:quarter|year|assets|period))",
        "plain",
        "Revised estimate",
        "Original estimate",
    ),
    Rule(
        "column.cash_and_noncash",
        r"(?<!non-)(?<!non)\bcash ?(?:/|&|and|or) ?non-?\s?cash\b|\bnon-?\s?cash ?(?:/|&|and|or) ?cash\b",
        "mixed",
        "Other costs (Cash/ Non-Cash)",
        "Non-cash",
    ),
    Rule("column.noncash", r"\bnon-?\s?cash\b", "noncash", "Non-cash", "Cash"),
    Rule("column.cash", r"(?<!non-)(?<!non)\bcash\b", "cash", "Cash", "Non-cash"),
    Rule(
        "column.expected_total",
        r"\btotal\b.*\b(?:expected|anticipated|estimated|to be (?:incurred|recorded|recogni[sz]ed))\b|"
        r"\b(?:expected|anticipated|estimated) total\b",
        "total",
        "Total costs expected to be incurred",
        "Total incurred to date",
    ),
    Rule(
        "column.expected",
        r"^(?!.*\bremaining\b).*\b(?:expected|anticipated|estimated) (?:to be (?:incurred|"
        r"recorded|recogni[sz]ed)|charges?|costs?)\b",
        "plain",
        "Costs expected to be incurred",
        "Incurred to date",
    ),
    Rule(
        "column.incurred",
        r"\b(?:incurred|recorded|recogni[sz]ed|to date|through)\b",
        "incurred",
        "Incurred to date",
        "Remaining",
    ),
    Rule(
        "column.remaining",
        r"\b(?:remaining|future|to be (?:incurred|recorded|recogni[sz]ed))\b",
        "remaining",
        "Remaining charges",
        "Incurred to date",
    ),
    Rule(
        "column.quarter",
        r"^(?:the )?(?:first|second|third|fourth|1st|2nd|3rd|4th) (?:fiscal )?(?:quarter|half)s?$|"
        r"^Q[1-4]$|^[1-4]Q$",
        "period",
        "Third Quarter",
        "Third Quarter Severance",
    ),
    Rule("column.total", r"\b(?:total|aggregate|combined)\b", "total", "Total", "Severance"),
)
"""The first that matches a column's head; a period that it names makes it a period column."""
NO_COST = {"saving": "saving", "per_share": "other_matter", "change": "other_matter"}
"""Columns that hold something else than costs, and the kind of what they hold."""
BOUNDS: tuple[Rule, ...] = (
    Rule("column.low", r"\b(?:low(?:er)?|minimum)(?: end)?\b|^from$", "low", "Low end", "High end"),
    Rule("column.high", r"\b(?:high(?:er)?|maximum)(?: end)?\b|^to$", "high", "High end", "Low end"),
)
"""Heads of two columns that state one range; what else they say is what the range is of."""
TOTAL_ROW = Rule(
    "row.total",
    r"^(?:grand |sub-?)?totals?\b|\btotal\b[^a-z]*$|^(?:estimated |approximate )*total\b|^aggregate\b",
    "total",
    "Total estimated charges",
    "Severance",
)
BALANCE_ROW = Rule(
    "row.balance",
    r"\b(?:balances?|accruals?|accrued|reserves?|liabilit(?:y|ies)) (?:\w+ ){0,3}(?:at|as of) \w+ \d|"
    r"^(?:beginning|ending|opening|closing) (?:balance|accrual|reserve|liability)\b",
    "balance",
    "Balance at December 31, 2008",
    "Accrued vacation",
)
CHARGED_ROW = Rule(
    "row.charged_to_accrual",
    r"\b(?:charges?|charged|additions?|provisions?|expenses?|accru(?:ed|als?)|costs? incurred|"
    r"incurred|recorded)\b"
    r"(?!.*\b(?:paid|payments?|utili[sz]\w+|used)\b)",
    "charged",
    "Charges to operations",
    "Cash payments",
)
"""In a table of an accrual's movements, the only rows that state costs."""

_CELL = re.compile(
    rf"(?P<sign>{BEFORE_PATTERN})?\s*(?P<open>\()?\s*(?P<sign_inside>{BEFORE_PATTERN})?\s*(?P<minus>[-−–](?=\d|\s?\$))?\s*(?P<low>{DIGITS})(?:\s*(?P<low_scale>{SCALE}))?\s*(?P<close>\))?"
    rf"(?:\s*(?:to|[-‐‑–—]|and)\s*(?:{BEFORE_PATTERN})?\s*(?P<high>{DIGITS})(?:\s*(?P<high_scale>{SCALE}))?)?\s*(?:\(\w\)|\*+|\d?\))?",
    re.IGNORECASE,
)
_NIL = re.compile(r"(?:[$€£¥]\s*)?(?:[-‐‑–—−]+|nil|n/?a|none|0(?:\.0+)?)\s*", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"^(?:approximately|approx\.?|about|up to|at least|less than|~|<|>)\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CellAmount:
    """A number cell. `low` and `high` are as written: not yet multiplied by the table's unit."""

    low: Decimal
    high: Decimal
    currency: str | None
    has_scale: bool
    """True where the cell carries a unit of its own ("$3.2 million")."""
    qualifier: str
    is_nil: bool = False


def parse_cell(text: str, dollar: str) -> CellAmount | None:
    """The amount in a cell, or None where it holds words or a percentage."""
    text = text.strip()
    if _NIL.fullmatch(text):
        return CellAmount(Decimal(0), Decimal(0), None, False, "", is_nil=True)
    qualifier = ""
    if match := _QUALIFIER.match(text):
        qualifier, text = match.group().strip().lower(), text[match.end() :]
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    low_scale, high_scale = scale_of(match["low_scale"]), scale_of(match["high_scale"])
    low = parse_digits(match["low"])
    high = parse_digits(match["high"]) if match["high"] else low
    if match["high"] and low_scale == 1 and high_scale > 1:
        low_scale = high_scale
    low, high = low * low_scale, high * high_scale if match["high"] else low * low_scale
    if (match["open"] and match["close"]) or match["minus"]:
        low, high = -high, -low
    sign = match["sign"] or match["sign_inside"]
    return CellAmount(
        low, high, currency_before(sign.strip(), dollar) if sign else None, low_scale > 1, qualifier
    )


def unit_of(text: str) -> tuple[int, str] | None:
    """The unit that a caption states, and the rule's id."""
    for rule in UNITS:
        if rule.regex.search(text):
            return int(rule.says), rule.id
    return None


_CURRENCY_OF_UNIT = re.compile(
    rf"\b(?:thousands|millions|amounts|figures|stated|expressed)(?:\s+(?:of|in))?\s+(?P<name>{BEHIND_PATTERN})",
    re.IGNORECASE,
)


_CURRENCY_IN_HEAD = re.compile(rf"\b(?P<name>{BEHIND_PATTERN})|(?P<sign>{BEFORE_PATTERN})", re.IGNORECASE)


def currency_named(caption: str) -> str | None:
    """The currency that a caption names with its unit: "in millions of Canadian dollars"."""
    match = _CURRENCY_OF_UNIT.search(caption)
    return currency_behind(match["name"]) if match else None


def currency_of_head(head: str, dollar: str) -> str | None:
    """The currency that a column's head names: "EUR million", "US$ in thousands"."""
    match = _CURRENCY_IN_HEAD.search(head)
    if match is None:
        return None
    return currency_behind(match["name"]) if match["name"] else currency_before(match["sign"].strip(), dollar)


def bound_of(head: str) -> tuple[str, str, str]:
    """Whether a column holds the low or high ends of ranges (or ""), the rule, and the rest of its head."""
    for rule in BOUNDS:
        if rule.regex.search(head):
            return rule.says, rule.id, " ".join(rule.regex.sub(" ", head).split())
    return "", "", head


def column_role(head: str) -> tuple[str, str]:
    """What a column's head makes of its amounts: cash, noncash, total, prior, ..., or plain."""
    for rule in COLUMNS:
        if rule.regex.search(head):
            return rule.says, rule.id
    return "plain", "column.plain"
