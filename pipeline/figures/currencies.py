"""How registrants write currencies: signs and codes before a number, names behind it."""

import re

BEFORE: tuple[tuple[str, str], ...] = (
    (r"US\s?\\?\$|U\.\s?S\.\s?\\?\$|USD\s?\\?\$?", "USD"),
    (r"Canadian\s+\\?\$|C\s?\\?\$|Cdn\.?\s?\\?\$|CA\\?\$|CAD\s?\\?\$?|Can\\?\$", "CAD"),
    (r"Australian\s+\\?\$|A\\?\$|AU\\?\$|AUD\s?\\?\$?", "AUD"),
    (r"NZ\\?\$|NZD\s?\\?\$?", "NZD"),
    (r"HK\\?\$|HKD\s?\\?\$?", "HKD"),
    (r"NT\\?\$|TWD\s?\\?\$?", "TWD"),
    (r"S\\?\$|SGD\s?\\?\$?", "SGD"),
    (r"R\\?\$|BRL\s?", "BRL"),
    (r"MX\\?\$|Ps\.?\s?|MXN\s?\\?\$?", "MXN"),
    (r"€|EUR(?:O(?:S)?)?\b\s?€?", "EUR"),
    (r"£|GBP\s?£?", "GBP"),
    (r"¥|JPY\s?¥?|yen\s", "JPY"),
    (r"CHF\s?|SFr\.?\s?|Swiss\s+francs?\s", "CHF"),
    (r"RMB\s?¥?|CNY\s?¥?", "CNY"),
    (r"SEK\s?", "SEK"),
    (r"NOK\s?", "NOK"),
    (r"DKK\s?", "DKK"),
    (r"NIS\s?|ILS\s?|₪", "ILS"),
    (r"INR\s?|Rs\.?\s?|₹", "INR"),
    (r"KRW\s?|₩", "KRW"),
    (r"ZAR\s?", "ZAR"),
    (r"PLN\s?", "PLN"),
    (r"\\?\$", "$"),
)
"""Pattern of the sign or code, and its currency; "$" alone is the document's own dollar."""

BEHIND: tuple[tuple[str, str], ...] = (
    (r"Canadian\s+dollars?|CAD\b", "CAD"),
    (r"Australian\s+dollars?|AUD\b", "AUD"),
    (r"(?:U\.?S\.?\s+|United\s+States\s+)?dollars?\b|USD\b", "USD"),
    (r"euros?\b|EUR\b", "EUR"),
    (r"(?:British\s+)?pounds?\s+sterling|British\s+pounds?|pounds\s+sterling|GBP\b", "GBP"),
    (r"(?:Japanese\s+)?yen\b|JPY\b", "JPY"),
    (r"Swiss\s+francs?|CHF\b", "CHF"),
    (r"Swedish\s+kron(?:a|or)|SEK\b", "SEK"),
    (r"Norwegian\s+kroner?|NOK\b", "NOK"),
    (r"Danish\s+kroner?|DKK\b", "DKK"),
    (r"(?:Chinese\s+)?(?:yuan|renminbi)\b|RMB\b|CNY\b", "CNY"),
    (r"Mexican\s+pesos?|MXN\b", "MXN"),
    (r"(?:New\s+)?Israeli\s+shekels?|NIS\b", "ILS"),
    (r"Indian\s+rupees?|INR\b", "INR"),
    (r"(?:South\s+)?Korean\s+won|KRW\b", "KRW"),
)

# A code or a letter must not be the end of another word: "IRS$" is no Singapore dollar.
BEFORE_PATTERN = r"(?<![A-Za-z])(?:" + "|".join(pattern for pattern, _ in BEFORE) + ")"
BEHIND_PATTERN = r"(?:" + "|".join(pattern for pattern, _ in BEHIND) + ")"

_BEFORE = tuple((re.compile(pattern, re.IGNORECASE), code) for pattern, code in BEFORE)
_BEHIND = tuple((re.compile(pattern, re.IGNORECASE), code) for pattern, code in BEHIND)
# "All amounts are in Canadian dollars"; from "will be paid in Canadian dollars" nothing follows.
_DOLLARS = tuple(
    (
        re.compile(
            rf"(?:amounts|figures|dollars|[\"“]\$[\"”])[^.\n]{{0,60}}\b{country}\s+dollars|"
            rf"{country}\s+dollars\s+unless"
        ),
        code,
    )
    for country, code in (("Canadian", "CAD"), ("Australian", "AUD"))
)


def currency_before(sign: str, dollar: str) -> str:
    """The ISO 4217 code of a sign or code before a number; `dollar` is what a bare "$" means here."""
    for regex, code in _BEFORE:
        if regex.fullmatch(sign):
            return dollar if code == "$" else code
    raise ValueError(f"no currency sign: {sign!r}")


def currency_behind(words: str) -> str:
    """The ISO 4217 code of currency words behind a number."""
    for regex, code in _BEHIND:
        if regex.fullmatch(words):
            return code
    raise ValueError(f"no currency: {words!r}")


def dollar_of(text: str) -> str:
    """What a bare "$" means in a text: US dollars, unless the text states amounts in another dollar."""
    for regex, code in _DOLLARS:
        if regex.search(text):
            return code
    return "USD"
