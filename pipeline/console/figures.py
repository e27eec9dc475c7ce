"""Figures in the words of the tables: bounds, and what else is stated of them.

The terminal shows the words that queries use; those of the pages stand in `pipeline/pages/words.py`.
"""

from typing import Any

from pipeline.console.plain import shown
from pipeline.pages.filing_view import Row


def bounds(low: Any, high: Any) -> str:
    """A point, a range, or what is said of an open bound; nothing where both are open."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {shown(high)}"
    if high is None:
        return f"at least {shown(low)}"
    return shown(low) if low == high else f"{shown(low)} to {shown(high)}"


def amount(row: Row, kind: str) -> str:
    """The figure of a row of `kind` with its unit."""
    if kind == "charges":
        text = f"{bounds(row['amount_low'], row['amount_high'])} {row['currency'] or ''}".rstrip()
    elif kind == "shares":
        text = bounds(row["count_low"], row["count_high"])
    else:
        count = bounds(row["count_low"], row["count_high"])
        percent = f"{shown(row['percent'])} %" if row["percent"] is not None else ""
        text = ", ".join(part for part in (count, percent) if part)
    return f"about {text}" if row["is_approximate"] else text


def meaning(row: Row, kind: str) -> str:
    """What the figure is, in the words of the vocabularies."""
    if kind == "charges":
        parts = [row["category"], row["role"], row["status"]]
        if row["settlement"] != "unstated":
            parts.append(row["settlement"])
        if row["is_pretax"] is False:
            parts.append("after tax")
        if row["period_text"]:
            parts.append(row["period_text"])
    elif kind == "shares":
        parts = [row["security"], row["action"]]
    else:
        parts = ["of the total workforce" if row["basis"] == "total_workforce" else row["basis"]]
    return ", ".join(part for part in parts if part and part != "unstated") or "unstated"


def plan_facts(plan: Row) -> list[tuple[str, str]]:
    """What Item 2.05 asks for of a plan, as far as the filing states it."""
    currency = f" {plan['currency']}" if plan["currency"] else ""

    def money(name: str) -> str:
        stated = bounds(plan[f"{name}_low"], plan[f"{name}_high"])
        return stated + currency if stated else ""

    facts = [
        ("committed", shown(plan["commitment_date"])),
        ("completed by", shown(plan["completion_by"]) or shown(plan["completion_text"])),
        ("total", money("total")),
        ("cash", money("cash")),
        ("non-cash", money("noncash")),
        ("sum of the parts", money("components")),
        ("headcount", bounds(plan["headcount_low"], plan["headcount_high"])),
        ("of the workforce", f"{shown(plan['workforce_percent'])} %" if plan["workforce_percent"] else ""),
        ("estimate", plan["estimate_status"]),
    ]
    return [(name, value) for name, value in facts if value]


def heading(filing: Row) -> str:
    """Whose filing it is, and of when."""
    parts = [filing[name] for name in ("company_name", "form_type", "filed_date", "accession_number")]
    return ", ".join(shown(part) for part in parts if part)
