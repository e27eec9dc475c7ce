"""The versions of an amended plan side by side, and what changed from one to the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.pages.filing_view import PlanHistory, PlanVersion, Row
from pipeline.pages.words import count, date, money, percent, worded

_Key = tuple[str, str, str | None]
"""Role, category (a total's does not matter) and currency: what makes amounts of two filings comparable."""
_ROLES = ("total", "cash_portion", "noncash_portion", "subtotal", "component", "period_portion")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one version states, and how that differs from the version before."""

    text: str
    change: str = ""
    """`changed`, `added`, `removed`, `stands` (not stated again), or nothing."""
    difference: str = ""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ComparedVersion:
    accession_number: str
    form_type: str
    filed: str
    effect: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """One amended plan: its versions are the columns, what they state the rows."""

    plan_ordinal: int
    versions: tuple[ComparedVersion, ...]
    plan_rows: tuple[ComparedRow, ...]
    charge_rows: tuple[ComparedRow, ...]


def compare(history: PlanHistory, accession_number: str) -> Comparison:
    """The history as a table, for the page of the filing with that number."""
    versions = history.versions
    return Comparison(
        plan_ordinal=history.plan_ordinal,
        versions=tuple(
            ComparedVersion(
                accession_number=version.accession_number,
                form_type=version.form_type,
                filed=date(version.filed_date),
                effect=worded("effect", version.effect),
                is_this=version.accession_number == accession_number,
            )
            for version in versions
        ),
        plan_rows=tuple(row for row in _plan_rows(versions) if any(cell.text for cell in row.cells)),
        charge_rows=tuple(_charge_rows(versions)),
    )


_Stated = tuple[Any, str]
"""A value to compare, and how it is written; nothing is written where nothing is stated."""


def _amount(name: str) -> Callable[[Row], _Stated]:
    def read(plan: Row) -> _Stated:
        low, high, currency = plan[f"{name}_low"], plan[f"{name}_high"], plan["currency"]
        return (low, high, currency), money(low, high, currency)

    return read


def _written(name: str, write: Callable[[Any], str]) -> Callable[[Row], _Stated]:
    return lambda plan: (plan[name], write(plan[name]))


def _headcount(plan: Row) -> _Stated:
    low, high = plan["headcount_low"], plan["headcount_high"]
    return (low, high), count(low, high)


_PLAN_FACTS: tuple[tuple[str, Callable[[Row], _Stated], bool], ...] = (
    ("Total", _amount("total"), True),
    ("In cash", _amount("cash"), True),
    ("Not in cash", _amount("noncash"), True),
    ("Positions to go", _headcount, False),
    ("Of the workforce", _written("workforce_percent", percent), False),
    ("Committed", _written("commitment_date", date), False),
    ("To be completed by", _written("completion_by", date), False),
    ("Estimate", _written("estimate_status", lambda status: worded("estimate_status", status)), False),
)
"""What is compared of a plan: its name, how it is read, and whether it is money."""


def _plan_rows(versions: Sequence[PlanVersion]) -> Iterator[ComparedRow]:
    for name, read, is_money in _PLAN_FACTS:
        stated = [(None, "") if version.plan is None else read(version.plan) for version in versions]
        yield ComparedRow(name, _cells(stated, versions, is_money))


def _charge_rows(versions: Sequence[PlanVersion]) -> Iterator[ComparedRow]:
    stated: list[dict[_Key, list[Row]]] = []
    for version in versions:
        by_key: dict[_Key, list[Row]] = {}
        for charge in version.charges:
            if charge["role"] in _ROLES:
                by_key.setdefault(_key(charge), []).append(charge)
        stated.append(by_key)
    keys = dict.fromkeys(key for by_key in stated for key in by_key)
    for key in sorted(keys, key=lambda key: _ROLES.index(key[0])):
        role, category, currency = key
        name = worded("role", role) + (f": {worded('category', category)}" if category else "")
        values: list[_Stated] = []
        for by_key in stated:
            rows = by_key.get(key, [])
            amounts = sorted({(row["amount_low"], row["amount_high"]) for row in rows}, key=str)
            text = "; ".join(money(low, high, currency) for low, high in amounts)
            low, high = amounts[0] if len(amounts) == 1 else (None, None)
            values.append(((low, high, currency), text))
        yield ComparedRow(name, _cells(values, versions, is_money=True))


def _key(charge: Row) -> _Key:
    category = "" if charge["role"] == "total" else charge["category"]
    return charge["role"], category, charge["currency"]


def _cells(stated: Sequence[_Stated], versions: Sequence[PlanVersion], is_money: bool) -> tuple[Cell, ...]:
    """Each version's cell, compared with the last one before it that states anything."""
    cells: list[Cell] = []
    before: _Stated | None = None
    for position, ((value, text), version) in enumerate(zip(stated, versions, strict=True)):
        if not text:
            change = ""
            if before is not None:
                change = "removed" if version.effect == "replaces" else "stands"
            cells.append(Cell("", change))
            if change == "removed":
                before = None
            continue
        if before is None:
            cells.append(Cell(text, "added" if position else ""))
        elif before[1] == text:
            cells.append(Cell(text))
        else:
            cells.append(Cell(text, "changed", _difference(before[0], value) if is_money else ""))
        before = (value, text)
    return tuple(cells)


def _difference(before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    """How much a point moved, or both bounds of a range by the same; nothing where they differ."""
    if before[2] != after[2]:
        return ""
    moves = set()
    for old, new in zip(before[:2], after[:2], strict=True):
        if not isinstance(old, Decimal) or not isinstance(new, Decimal):
            return ""
        moves.add(new - old)
    if len(moves) != 1:
        return ""
    move = moves.pop()
    sign = "+" if move > 0 else "\N{MINUS SIGN}"
    return f"{sign}{money(abs(move), abs(move), after[2])}"
