"""The submission's header: who filed what and when, from EDGAR's labelled or tagged form.

Source: EDGAR's public dissemination specification. A `.txt` submission labels its header ("CENTRAL
INDEX KEY:"), a `.nc` file or `.hdr.sgml` tags it (`<CIK>`). Either may lack any line.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pipeline.edgar.items import OLD_NUMBERING_ENDS, header_item

EASTERN = ZoneInfo("America/New_York")

_LABELS = {
    "ACCESSION NUMBER": "ACCESSION-NUMBER",
    "CONFORMED SUBMISSION TYPE": "TYPE",
    "CONFORMED PERIOD OF REPORT": "PERIOD",
    "ITEM INFORMATION": "ITEMS",
    "FILED AS OF DATE": "FILING-DATE",
    "COMPANY CONFORMED NAME": "CONFORMED-NAME",
    "CENTRAL INDEX KEY": "CIK",
    "STANDARD INDUSTRIAL CLASSIFICATION": "ASSIGNED-SIC",
    "STATE OF INCORPORATION": "STATE-OF-INCORPORATION",
    "FISCAL YEAR END": "FISCAL-YEAR-END",
    "SEC FILE NUMBER": "FILE-NUMBER",
    "FORMER CONFORMED NAME": "FORMER-CONFORMED-NAME",
}
"""Labels of the `.txt` header and the tags that say the same."""
_TAG = re.compile(r"<([A-Z][A-Z0-9-]{1,40})>([^<\r\n]*)")
_LABEL = re.compile(r"^[ \t]*([A-Z][A-Z0-9 .]{1,40}):[ \t]*(\S[^\r\n]*|)$", re.MULTILINE)
_ACCEPTED = re.compile(r"<ACCEPTANCE-DATETIME>\s*(\d{14})")
_SIC = re.compile(r"^(.*?)\s*\[(\d{3,4})\]$")


@dataclass(frozen=True, slots=True)
class Registrant:
    """A filer as the header describes it."""

    cik: str
    """Ten digits."""
    name: str
    former_names: tuple[str, ...] = ()
    sic_code: str | None = None
    sic_description: str | None = None
    state_of_incorporation: str | None = None
    fiscal_year_end: str | None = None
    """MMDD."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the submission says of itself; everything may be missing."""

    accession_number: str | None = None
    form_type: str | None = None
    items: tuple[str, ...] = ()
    """Item numbers, from descriptions, codes or bare numbers; unknown wordings stand in `unknown_items`."""
    unknown_items: tuple[str, ...] = ()
    filed_date: dt.date | None = None
    report_date: dt.date | None = None
    accepted_at: dt.datetime | None = None
    """Aware, in UTC (EDGAR writes US Eastern time)."""
    registrants: tuple[Registrant, ...] = ()
    """Filers in the header's order; the first is the registrant, the others co-registrants."""
    file_numbers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Company:
    cik: str = ""
    name: str = ""
    former_names: list[str] = field(default_factory=list)
    sic_code: str | None = None
    sic_description: str | None = None
    state: str | None = None
    fiscal_year_end: str | None = None


def parse_header(text: str) -> Header:
    """Read a header in either form; lines that are missing or malformed leave their field empty."""
    first: dict[str, str] = {}
    wordings: list[str] = []
    file_numbers: list[str] = []
    companies: list[_Company] = []
    for tag, value in _fields(text):
        if tag == "ITEMS":
            wordings.append(value)
        elif tag == "FILE-NUMBER":
            file_numbers.append(value)
        elif tag in ("CONFORMED-NAME", "CIK"):
            _start_company(companies, tag, value)
        elif not _company_field(companies, tag, value):
            first.setdefault(tag, value)
    filed = _date(first.get("FILING-DATE", ""))
    items, unknown = _items(wordings, filed)
    accepted = _ACCEPTED.search(text)
    return Header(
        accession_number=first.get("ACCESSION-NUMBER") or None,
        form_type=first.get("TYPE") or None,
        items=items,
        unknown_items=unknown,
        filed_date=filed,
        report_date=_date(first.get("PERIOD", "")),
        accepted_at=_utc(accepted.group(1)) if accepted else None,
        registrants=_registrants(companies),
        file_numbers=tuple(dict.fromkeys(number for number in file_numbers if number)),
    )


def _fields(text: str) -> Iterator[tuple[str, str]]:
    labelled = [
        (_LABELS[label], value.strip())
        for label, value in _LABEL.findall(text)
        if label in _LABELS
    ]  # fmt: skip
    if labelled:
        yield from labelled
    else:
        for tag, value in _TAG.findall(text):
            yield tag, value.strip()


def _start_company(companies: list[_Company], tag: str, value: str) -> None:
    """The name comes before the CIK or after it; either one twice means the next company."""
    attribute = "name" if tag == "CONFORMED-NAME" else "cik"
    if not companies or getattr(companies[-1], attribute):
        companies.append(_Company())
    setattr(companies[-1], attribute, value)


def _company_field(companies: list[_Company], tag: str, value: str) -> bool:
    if not companies:
        return False
    company = companies[-1]
    match tag:
        case "FORMER-CONFORMED-NAME":
            company.former_names.append(value)
        case "ASSIGNED-SIC":
            bracketed = _SIC.match(value)
            code = bracketed.group(2) if bracketed else value
            company.sic_description = bracketed.group(1) or None if bracketed else None
            company.sic_code = code.zfill(4) if code.isdigit() and len(code) <= 4 else None
        case "STATE-OF-INCORPORATION":
            company.state = value or None
        case "FISCAL-YEAR-END":
            company.fiscal_year_end = value if len(value) == 4 and value.isdigit() else None
        case _:
            return False
    return True


def _registrants(companies: list[_Company]) -> tuple[Registrant, ...]:
    found: dict[str, Registrant] = {}
    for company in companies:
        cik = company.cik.zfill(10)
        if not company.cik.isdigit() or len(cik) != 10:
            continue
        found.setdefault(
            cik,
            Registrant(
                cik=cik,
                name=company.name,
                former_names=tuple(dict.fromkeys(name for name in company.former_names if name)),
                sic_code=company.sic_code,
                sic_description=company.sic_description,
                state_of_incorporation=company.state,
                fiscal_year_end=company.fiscal_year_end,
            ),
        )
    return tuple(found.values())


def _items(wordings: list[str], filed: dt.date | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old_numbering = filed is not None and filed < OLD_NUMBERING_ENDS
    items: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for wording in filter(None, wordings):
        number = header_item(wording, old_numbering=old_numbering)
        if number is None:
            unknown[wording] = None
        else:
            items[number] = None
    return tuple(items), tuple(unknown)


def _date(value: str) -> dt.date | None:
    try:
        return dt.date(int(value[:4]), int(value[4:6]), int(value[6:8])) if len(value) == 8 else None
    except ValueError:
        return None


def _utc(value: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=EASTERN).astimezone(dt.UTC)
    except ValueError:
        return None
