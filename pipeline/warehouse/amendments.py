"""Which 8-K/A amends which 8-K: found from all complete months, by text, period of report and order."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.files import sha256
from pipeline.warehouse.amendment_effects import PlanState, effect_of, match_plans

Row = Mapping[str, Any]
_LONGEST_GAP = dt.timedelta(days=731)
_NEAR_A_FORM = 250
LINKED_TABLES = ("filings", "sections", "exit_plans", "charges")
"""What `what_linking_needs` looks at."""
_FORM = re.compile(r"8-K\b|original (?:filing|report)", re.IGNORECASE)


@cache
def linking_version() -> str:
    """Twelve hexadecimal digits of the code that links."""
    folder = Path(__file__).parent
    sources = [(folder / name).read_bytes() for name in ("amendments.py", "amendment_effects.py")]
    return sha256(b"".join(sources))[:12]


@dataclass(slots=True)
class FiledPlans:
    """A filing with what linking needs of it."""

    filing: Row
    """accession_number, cik, is_amendment, filed_date, accepted_at, report_date."""
    texts: tuple[str, ...] = ()
    """The sections of an amendment; those of originals are not needed."""
    plans: list[Row] = field(default_factory=list)
    charges: list[Row] = field(default_factory=list)

    @property
    def accession_number(self) -> str:
        return str(self.filing["accession_number"])

    @property
    def known_at(self) -> tuple[dt.datetime, str]:
        """When it was known, for ordering: acceptance, else the end of the filing date."""
        return known_at(self.filing), self.accession_number


def what_linking_needs(tables: Mapping[str, pa.Table]) -> list[FiledPlans]:
    """The month's filings with their plans and charges; texts of the amendments only."""
    filed = {
        row["accession_number"]: FiledPlans(row)
        for row in tables["filings"]
        .select(["accession_number", "cik", "is_amendment", "filed_date", "accepted_at", "report_date"])
        .to_pylist()
    }
    plan_columns = [
        "accession_number",
        "plan_ordinal",
        "commitment_date",
        "completion_by",
        "course_of_action",
    ]
    for plan in tables["exit_plans"].select(plan_columns).to_pylist():
        filed[plan["accession_number"]].plans.append(plan)
    charge_columns = [
        "accession_number",
        "plan_ordinal",
        "role",
        "category",
        "currency",
        "amount_low",
        "amount_high",
        "counts_in_sum",
    ]
    for charge in tables["charges"].select(charge_columns).to_pylist():
        filed[charge["accession_number"]].charges.append(charge)
    sections = tables["sections"].select(["accession_number", "text"])
    for accession_number, text in zip(*(column.to_pylist() for column in sections.columns), strict=True):
        found = filed.get(accession_number)
        if found is not None and found.filing["is_amendment"]:
            found.texts += (text,)
    return list(filed.values())


def known_at(filing: Row) -> dt.datetime:
    """Acceptance; where that is unknown the end of the filing date, as in the SQL views."""
    if filing["accepted_at"] is not None:
        return filing["accepted_at"]  # type: ignore[no-any-return]
    return dt.datetime.combine(filing["filed_date"] + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)


def amendment_rows(filings: Iterable[FiledPlans]) -> list[dict[str, Any]]:
    """The rows of `amendments`. An amendment is linked to an original, never to another amendment."""
    by_registrant: dict[str, list[FiledPlans]] = {}
    for filed in filings:
        by_registrant.setdefault(filed.filing["cik"], []).append(filed)
    rows: list[dict[str, Any]] = []
    for filed_by_one in by_registrant.values():
        if any(filed.filing["is_amendment"] for filed in filed_by_one):
            rows.extend(_rows_of_registrant(sorted(filed_by_one, key=lambda filed: filed.known_at)))
    return rows


def _rows_of_registrant(filings: Sequence[FiledPlans]) -> Iterator[dict[str, Any]]:
    """Filings of one registrant in order of acceptance; what is known of each plan is carried along."""
    originals: list[FiledPlans] = []
    states: dict[str, dict[int, PlanState]] = {}
    for filed in filings:
        link = find_original(filed, originals) if filed.filing["is_amendment"] else None
        if link is None:
            if not filed.filing["is_amendment"]:
                originals.append(filed)
                states[filed.accession_number] = {
                    plan["plan_ordinal"]: PlanState(plan, _charges_of(filed, plan)) for plan in filed.plans
                }
            continue
        original, basis = link
        known = states[original.accession_number]
        for plan_ordinal, own_ordinal, effect in _apply(filed, known):
            yield {
                "amendment_accession_number": filed.accession_number,
                "original_accession_number": original.accession_number,
                "plan_ordinal": plan_ordinal,
                "amendment_plan_ordinal": own_ordinal,
                "basis": basis,
                "effect": effect,
            }


def find_original(amendment: FiledPlans, originals: Sequence[FiledPlans]) -> tuple[FiledPlans, str] | None:
    """The original and the basis of the link.

    First the filing whose date the amendment's text gives near "8-K", then the latest one with the same
    period of report, then the latest with a plan in the 24 months before.

    Args:
        amendment: the 8-K/A.
        originals: earlier filings of the registrant, oldest first.
    """
    for original in reversed(originals):
        if _names_date(amendment.texts, original.filing["filed_date"]):
            return original, "stated_in_text"
    for original in reversed(originals):
        if original.filing["report_date"] and (
            original.filing["report_date"] == amendment.filing["report_date"]
        ):
            return original, "same_period_of_report"
    for original in reversed(originals):
        gap = amendment.filing["filed_date"] - original.filing["filed_date"]
        if original.plans and gap <= _LONGEST_GAP:
            return original, "latest_before"
    return None


def _names_date(texts: Iterable[str], filed_date: dt.date) -> bool:
    """Whether a text gives the date ("October 27, 2008") close to the name of the form."""
    written = re.compile(rf"\b{filed_date:%B} 0?{filed_date.day}, ?{filed_date.year}\b")
    for text in texts:
        for match in written.finditer(text):
            around = text[max(match.start() - _NEAR_A_FORM, 0) : match.end() + _NEAR_A_FORM]
            if _FORM.search(around):
                return True
    return False


def _apply(amendment: FiledPlans, known: dict[int, PlanState]) -> Iterator[tuple[int, int | None, str]]:
    """(plan of the original, plan of the amendment, effect) for each; `known` is brought up to date."""
    if not amendment.plans:
        for plan_ordinal in sorted(known):
            yield plan_ordinal, None, "exhibits_only"
        return
    stated = {plan["plan_ordinal"]: PlanState(plan, _charges_of(amendment, plan)) for plan in amendment.plans}
    matched = match_plans(stated, known)
    for own_ordinal, state in sorted(stated.items()):
        if own_ordinal not in matched:
            added = max(known, default=0) + 1
            known[added] = state
            yield added, own_ordinal, "adds_plan"
        else:
            plan_ordinal = matched[own_ordinal]
            effect = effect_of(state, known[plan_ordinal])
            known[plan_ordinal] = known[plan_ordinal].after(state, effect)
            yield plan_ordinal, own_ordinal, effect


def _charges_of(filed: FiledPlans, plan: Row) -> tuple[Row, ...]:
    return tuple(
        charge
        for charge in filed.charges
        if charge["plan_ordinal"] == plan["plan_ordinal"] and charge["role"] != "revision_prior"
    )
