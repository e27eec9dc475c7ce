"""Filings as their page sees them, from the rows of the factories; also one that means harm."""

import datetime as dt
from decimal import Decimal
from typing import Any

from pipeline.pages.filing_view import FilingView, PlanHistory, PlanVersion, RejectedRow
from pipeline.reading.layout import section_from_row
from tests.factories import (
    SENTENCES,
    TEXT,
    Row,
    charge,
    charges,
    filing,
    headcount_figure,
    mention,
    mentions,
    plan,
    section,
    share_figure,
)

NUMBER, AMENDMENT = "0001000001-08-000001", "0001000001-08-000002"

SCRIPT = "<script>window.harmed = true</script>"
MARKUP = f'{SCRIPT}</style></title><img src=x onerror="window.harmed=true"><svg onload="window.harmed=true">'
HOSTILE = f"\"'>{MARKUP}{{{{ 7 * 7 }}}}\u202egnirts\u2066\x00\x1b[31m\ud800javascript:window.harmed=true"
"""Everything that a page could stumble over, without a line feed."""


def view_of(**changes: Any) -> FilingView:
    """The filing of the factories: four charges, shares, a headcount, and a saving that is no charge."""
    given: dict[str, Any] = {
        "filing": filing(NUMBER),
        "sections": (section_from_row(section(NUMBER)),),
        "plans": [plan(NUMBER)],
        "charges": [{**row, "flags": []} for row in charges(NUMBER)],
        "share_figures": [{**share_figure(NUMBER), "flags": []}],
        "headcount_figures": [{**headcount_figure(NUMBER), "flags": []}],
        "mentions": mentions(NUMBER),
    }
    return FilingView(**{**given, **changes})


def rejected(row: Row, *checks: str, table: str = "charges") -> RejectedRow:
    """The row as `rejected_rows` holds it."""
    return RejectedRow(table, str(next(iter(row.values()))), checks, row)


def saving_taken_for_a_charge() -> FilingView:
    """The saving of the text as a charge that was rejected; the mention no longer has a target."""
    row = charge(NUMBER, "$12 million", SENTENCES[5], 5, 12e6, 12e6)
    others = [found for found in mentions(NUMBER) if found["mention_text"] != "$12 million"]
    unclassified = mention(NUMBER, "$12 million", "money", kind="unclassified", rule="target_rejected")
    return view_of(
        rejected=(rejected(row, "amount_high_is_plausible", "currency_is_stated"),),
        mentions=[*others, unclassified],
        plans=[plan(NUMBER, rejected_rows=1, reconciliation="not_comparable")],
    )


def version(accession_number: str, effect: str, *stated: Row, **plan_changes: Any) -> PlanVersion:
    is_first = effect == "original"
    return PlanVersion(
        accession_number=accession_number,
        form_type="8-K" if is_first else "8-K/A",
        filed_date=dt.date(2008, 10, 27) if is_first else dt.date(2008, 12, 15),
        effect=effect,
        plan=plan(accession_number, **plan_changes),
        charges=stated,
    )


def amended() -> PlanHistory:
    """The plan of the factories, and an amendment with a higher total that leaves out the leases."""
    total, severance, *_ = charges(AMENDMENT)
    higher = {"amount_low": Decimal(9_000_000), "amount_high": Decimal(10_500_000)}
    return PlanHistory(
        1,
        (
            version(NUMBER, "original", *charges(NUMBER)),
            version(
                AMENDMENT,
                "replaces",
                {**total, **higher},
                severance,
                total_low=higher["amount_low"],
                total_high=higher["amount_high"],
                completion_by=dt.date(2009, 12, 31),
                headcount_low=None,
                headcount_high=None,
            ),
        ),
    )


def hostile_view() -> FilingView:
    """A filing whose every text tries to run a script, to leave its place, or to stretch the page."""
    huge = "W" * 5_000
    text = "\n".join((HOSTILE, *SENTENCES, huge, HOSTILE))
    moved = len(HOSTILE) + 1 - TEXT.index(SENTENCES[0])
    rows = [
        {**_moved(row, moved), "flags": [HOSTILE], "rule": HOSTILE, "period_text": HOSTILE}
        for row in charges(NUMBER)
    ]
    return view_of(
        filing=filing(
            NUMBER,
            company_name=HOSTILE,
            source_url="javascript:window.harmed=true",
            read_problem=HOSTILE,
            sic_description=huge,
            cik="1/../../../evil",
        ),
        sections=(section_from_row(section(NUMBER, text=text, title=HOSTILE, document_name=HOSTILE)),),
        plans=[plan(NUMBER, course_of_action=HOSTILE, completion_text=HOSTILE, flags=[HOSTILE])],
        charges=rows,
        share_figures=[{**_moved(share_figure(NUMBER), moved), "flags": [], "rule": huge}],
        headcount_figures=[],
        mentions=[{**_moved(row, moved), "rule": HOSTILE} for row in mentions(NUMBER)[-1:]],
        rejected=(
            rejected({**rows[0], "figure_start": -5, "figure_end": 1 << 40, "currency": MARKUP}, HOSTILE),
            rejected({"accession_number": NUMBER, "mention_text": HOSTILE}, "x", table="exit_plans"),
        ),
        histories=(amended(),),
        notes=(HOSTILE,),
    )


def _moved(row: Row, by: int) -> Row:
    spans = ("char_start", "char_end", "figure_start", "figure_end")
    return {name: value + by if name in spans else value for name, value in row.items()}
