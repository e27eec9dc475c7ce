"""Which currencies the words beside a figure allow: a second opinion on the column `currency`."""

import re
from collections.abc import Iterable

_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "BRL", "ARS", "CLP", "COP"})
_SIGNS: dict[str, frozenset[str]] = {
    r"\bUS\s?\$|\bU\.S\.\s?(?:\$|dollars?)": frozenset({"USD"}),
    r"\b(?:C|Can|CDN|CA)\s?\$|\bcanadian dollars?": frozenset({"CAD"}),
    r"\b(?:A|AU|AUD)\s?\$|\baustralian dollars?": frozenset({"AUD"}),
    r"\bHK\s?\$": frozenset({"HKD"}),
    r"\bNT\s?\$": frozenset({"TWD"}),
    r"\bS\s?\$": frozenset({"SGD"}),
    r"\bR\s?\$": frozenset({"BRL"}),
    r"€|\beuros?\b": frozenset({"EUR"}),
    r"£|\bpounds? sterling\b": frozenset({"GBP"}),
    r"¥|\byen\b|\byuan\b|\brenminbi\b|\bRMB\b": frozenset({"JPY", "CNY"}),
    r"₩": frozenset({"KRW"}),
    r"₹|\brupees?\b": frozenset({"INR"}),
    r"\$|\bdollars?\b": _DOLLARS,
}
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), allowed) for pattern, allowed in _SIGNS.items()]
_ISO_CODE = re.compile(
    r"\b(USD|EUR|GBP|CAD|AUD|JPY|CHF|CNY|HKD|TWD|SGD|INR|KRW|MXN|BRL|SEK|NOK|DKK|ILS|NZD|ZAR|PLN|CZK|HUF)\b"
)


def allowed_currencies(figure: str, contexts: Iterable[str] = ()) -> frozenset[str]:
    """The currencies that the signs and codes in the figure allow; without any there, those of the contexts.

    Empty where neither names a currency, and then anything may be right.
    """
    return _named_in(figure) or frozenset().union(*(_named_in(context) for context in contexts))


def _named_in(text: str) -> frozenset[str]:
    found: set[str] = set(_ISO_CODE.findall(text))
    for pattern, allowed in _PATTERNS:
        if pattern.search(text):
            found |= allowed
            # "US$" is read once: its "$" does not allow the other dollars too.
            text = pattern.sub(" ", text)
    return frozenset(found)
