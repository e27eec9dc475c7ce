"""The versions of an amended plan side by side, and what changed from one to the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.pages.filing_view import PlanHistory, PlanVersion, Row
from pipeline.pages.words import amount, count, date, money, percent, worded

_Key = tuple[str, str, str | None]
"""Role, category (a total's does not matter) and currency: what makes amounts of two filings comparable."""
_OF_THE_PLAN = {"total": "total", "cash_portion": "cash", "noncash_portion": "noncash"}
"""Roles whose amount is one of the plan's own columns, too."""
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


def _estimate(plan: Row) -> _Stated:
    """An amendment that says nothing of an estimate leaves it as it was."""
    status = plan["estimate_status"]
    return status, "" if status == "none" else worded("estimate_status", status)


_PLAN_FACTS: tuple[tuple[str, Callable[[Row], _Stated], bool], ...] = (
    ("Total", _amount("total"), True),
    ("In cash", _amount("cash"), True),
    ("Not in cash", _amount("noncash"), True),
    ("Positions to go", _headcount, False),
    ("Of the workforce", _written("workforce_percent", percent), False),
    ("Committed", _written("commitment_date", date), False),
    ("To be completed by", _written("completion_by", date), False),
    ("Estimate", _estimate, False),
)
"""What is compared of a plan: its name, how it is read, and whether it is money."""


def _plan_rows(versions: Sequence[PlanVersion]) -> Iterator[ComparedRow]:
    for name, read, is_money in _PLAN_FACTS:
        stated = [(None, "") if version.plan is None else read(version.plan) for version in versions]
        yield ComparedRow(name, _cells(stated, is_money))


def _charge_rows(versions: Sequence[PlanVersion]) -> Iterator[ComparedRow]:
    """The amounts of each role and category, but not those that the plan's own rows show already."""
    stated = [_by_key(version) for version in versions]
    keys = dict.fromkeys(key for by_key in stated for key in by_key)
    replaced = [version.effect == "replaces" for version in versions]
    for key in sorted(keys, key=lambda key: _ROLES.index(key[0])):
        values = [_amounts(by_key.get(key, ()), key[2]) for by_key in stated]
        if key[0] in _OF_THE_PLAN and all(
            not text or (version.plan is not None and _amount(_OF_THE_PLAN[key[0]])(version.plan)[1] == text)
            for (_, text), version in zip(values, versions, strict=True)
        ):
            continue
        yield ComparedRow(_name(key), _cells(values, is_money=True, replaced=replaced))


def _name(key: _Key) -> str:
    role, category, _ = key
    if role == "component":
        return worded("category", category)
    return worded("role", role) + (f": {worded('category', category).lower()}" if category else "")


def _by_key(version: PlanVersion) -> dict[_Key, list[Row]]:
    found: dict[_Key, list[Row]] = {}
    for charge in version.charges:
        if charge["role"] in _ROLES:
            category = "" if charge["role"] == "total" else charge["category"]
            found.setdefault((charge["role"], category, charge["currency"]), []).append(charge)
    return found


def _amounts(charges: Sequence[Row], currency: str | None) -> _Stated:
    amounts = sorted({(row["amount_low"], row["amount_high"]) for row in charges}, key=str)
    text = "; ".join(money(low, high, currency) for low, high in amounts)
    low, high = amounts[0] if len(amounts) == 1 else (None, None)
    return (low, high, currency), text


def _cells(stated: Sequence[_Stated], is_money: bool, replaced: Sequence[bool] = ()) -> tuple[Cell, ...]:
    """Each version's cell, compared with the last one before it that states anything.

    Args:
        stated: what each version states.
        is_money: whether a difference can be said.
        replaced: for each version whether it replaces what was stated before. What it does not state again
            is then gone, while it stands otherwise.
    """
    cells: list[Cell] = []
    before: _Stated | None = None
    for position, (value, text) in enumerate(stated):
        if text and before is None:
            cells.append(Cell(text, "added" if position else ""))
        elif text and before is not None and before[1] != text:
            cells.append(Cell(text, "changed", _difference(before[0], value) if is_money else ""))
        elif text:
            cells.append(Cell(text))
        elif before is not None and replaced and replaced[position]:
            cells.append(Cell("", "removed"))
            before = None
        else:
            cells.append(Cell("", "stands" if before is not None else ""))
        if text:
            before = (value, text)
    return tuple(cells)


def _difference(before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    """How much each bound moved, said once where both moved by the same; nothing where one is open."""
    if before[2] != after[2] or not all(isinstance(bound, Decimal) for bound in (*before[:2], *after[:2])):
        return ""
    moves = [_signed(new - old, after[2]) for old, new in zip(before[:2], after[:2], strict=True)]
    return moves[0] if moves[0] == moves[1] else f"low {moves[0]}, high {moves[1]}"


def _signed(move: Decimal, currency: str | None) -> str:
    sign = "+" if move > 0 else "\N{MINUS SIGN}" if move < 0 else "\N{PLUS-MINUS SIGN}"
    return f"{sign}{amount(abs(move), currency)}"
