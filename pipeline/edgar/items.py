"""The items of Form 8-K: numbers, titles, and the wordings in which EDGAR's headers give them.

Source: Form 8-K General Instructions; EDGAR header item descriptions. Before 2004-08-23 items ran from 1
to 12.
"""

import datetime as dt
import re

OLD_NUMBERING_ENDS = dt.date(2004, 8, 23)
"""The day on which items 1.01 to 9.01 replaced items 1 to 12; both occur on it."""
EXIT_ITEM = "2.05"

ITEM_TITLES: dict[str, str] = {
    "1.01": "Entry into a Material Definitive Agreement",
    "1.02": "Termination of a Material Definitive Agreement",
    "1.03": "Bankruptcy or Receivership",
    "1.04": "Mine Safety - Reporting of Shutdowns and Patterns of Violations",
    "1.05": "Material Cybersecurity Incidents",
    "2.01": "Completion of Acquisition or Disposition of Assets",
    "2.02": "Results of Operations and Financial Condition",
    "2.03": (
        "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement "
        "of a Registrant"
    ),
    "2.04": (
        "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under "
        "an Off-Balance Sheet Arrangement"
    ),
    "2.05": "Costs Associated with Exit or Disposal Activities",
    "2.06": "Material Impairments",
    "3.01": (
        "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing"
    ),
    "3.02": "Unregistered Sales of Equity Securities",
    "3.03": "Material Modification to Rights of Security Holders",
    "4.01": "Changes in Registrant's Certifying Accountant",
    "4.02": (
        "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed "
        "Interim Review"
    ),
    "5.01": "Changes in Control of Registrant",
    "5.02": (
        "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers; "
        "Compensatory Arrangements of Certain Officers"
    ),
    "5.03": "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year",
    "5.04": "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans",
    "5.05": ("Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics"),
    "5.06": "Change in Shell Company Status",
    "5.07": "Submission of Matters to a Vote of Security Holders",
    "5.08": "Shareholder Director Nominations",
    "6.01": "ABS Informational and Computational Material",
    "6.02": "Change of Servicer or Trustee",
    "6.03": "Change in Credit Enhancement or Other External Support",
    "6.04": "Failure to Make a Required Distribution",
    "6.05": "Securities Act Updating Disclosure",
    "7.01": "Regulation FD Disclosure",
    "8.01": "Other Events",
    "9.01": "Financial Statements and Exhibits",
}
OLD_ITEM_TITLES: dict[str, str] = {
    "1": "Changes in Control of Registrant",
    "2": "Acquisition or Disposition of Assets",
    "3": "Bankruptcy or Receivership",
    "4": "Changes in Registrant's Certifying Accountant",
    "5": "Other Events",
    "6": "Resignations of Registrant's Directors",
    "7": "Financial Statements and Exhibits",
    "8": "Change in Fiscal Year",
    "9": "Regulation FD Disclosure",
    "10": "Amendments to the Registrant's Code of Ethics",
    "11": "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans",
    "12": "Results of Operations and Financial Condition",
}

_EARLIER_WORDINGS: dict[str, tuple[str, ...]] = {
    "1.01": ("Entry into a Material Agreement",),
    "2.05": ("Cost Associated with Exit or Disposal Activities",),
    "3.03": ("Material Modifications to Rights of Security Holders",),
    "5.02": (
        "Departure of Directors or Principal Officers; Election of Directors; "
        "Appointment of Principal Officers",
    ),
    "5.03": ("Amendments to Articles of Incorporation or Bylaws; and/or Change in Fiscal Year",),
    "5.08": ("Shareholder Nominations Pursuant to Exchange Act Rule 14a-11",),
    "9.01": ("Financial Statements, Pro Forma Financial Information and Exhibits",),
}
_EARLIER_OLD_WORDINGS: dict[str, tuple[str, ...]] = {
    "5": ("Other Events and Regulation FD Disclosure", "Other Events and Required FD Disclosure"),
    "6": ("Resignation of Registrant's Directors",),
    "7": ("Financial Statements, Pro Forma Financial Information and Exhibits",),
    "12": ("Disclosure of Results of Operations and Financial Condition",),
}
_SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "certain",
        "for",
        "in",
        "into",
        "its",
        "of",
        "on",
        "or",
        "s",
        "that",
        "the",
        "to",
        "under",
    )
)
_WORD = re.compile(r"[a-z0-9]+")
_CODE = re.compile(r"(?:item\s*)?(\d{1,2}(?:\.\d{2})?)\.?", re.IGNORECASE)


def title_words(title: str) -> tuple[str, ...]:
    """The words that carry a title: lower case, singular, small words left out."""
    return tuple(
        word.removesuffix("s") for word in _WORD.findall(title.lower()) if word not in _SMALL_WORDS
    )  # fmt: skip


def item_titles(number: str) -> tuple[str, ...]:
    """The wordings of an item's title over the years; empty for a number that Form 8-K does not have."""
    if number in ITEM_TITLES:
        return (ITEM_TITLES[number], *_EARLIER_WORDINGS.get(number, ()))
    if number in OLD_ITEM_TITLES:
        return (OLD_ITEM_TITLES[number], *_EARLIER_OLD_WORDINGS.get(number, ()))
    return ()


def header_item(description: str, *, old_numbering: bool = False) -> str | None:
    """The item that an `ITEM INFORMATION:` or `<ITEMS>` line means: a description, a code or a bare number.

    Args:
        description: the line's value.
        old_numbering: the filing came before 2004-08-23, so that "Other events" is item 5 rather than 8.01.

    Returns:
        The number, or None for a wording that is none of EDGAR's.
    """
    code = _CODE.fullmatch(description.strip())
    if code:
        number = code.group(1)
        return number if number in ITEM_TITLES or number in OLD_ITEM_TITLES else None
    words = title_words(description)
    if len(words) < 2:
        return None
    preferred, other = (_BY_OLD_WORDS, _BY_WORDS) if old_numbering else (_BY_WORDS, _BY_OLD_WORDS)
    for known in (preferred, other):
        if words in known:
            return known[words]
    for known in (preferred, other):
        alike = {number for title, number in known.items() if title[:3] == words[:3]}
        if len(alike) == 1:
            return alike.pop()
    return None


_BY_WORDS = {title_words(title): number for number in ITEM_TITLES for title in item_titles(number)}
_BY_OLD_WORDS = {title_words(title): number for number in OLD_ITEM_TITLES for title in item_titles(number)}
