"""What the checks of `charges` look at between the charges of one plan: sums, sizes, doubles, units."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from expectations.number_reading import scales_of
from expectations.places import SECTION_KEY, Frames, figure_readings, read_once

ROUNDING = Decimal("1.02")
"""A part may exceed its total by what rounding both to two digits can make."""
LARGEST_JUMP = 500
"""A charge so many times the next largest of its plan has the wrong unit; a slip is a thousandfold."""
_PLAN = ("accession_number", "plan_ordinal")

Row = Mapping[str, Any]


def checks_between_charges(rows: pl.DataFrame, frames: Frames) -> list[pl.Series]:
    """A boolean series for each check, one value a charge; null: does not apply."""
    listed = rows.select(
        *_PLAN, "charge_id", "parent_charge_id", "amount_low", "amount_high", "currency", "role", "status",
        "is_pretax", "settlement", "counts_in_sum",
    ).to_dicts()  # fmt: skip
    plans = {
        (row["accession_number"], row["plan_ordinal"]): row
        for row in frames["exit_plans"].select(*_PLAN, "total_high", "currency").to_dicts()
    }
    return [
        _series("counts_once", _counts_once(listed)),
        _series("not_below_its_parts", _not_below_its_parts(listed)),
        _series("not_above_plan_total", _not_above_plan_total(listed, plans)),
        _series("size_fits_the_plan", _size_fits_the_plan(listed)),
        _series("total_stated_once", _total_stated_once(listed)),
        _series("unit_is_the_tables", _unit_is_the_tables(rows, frames)),
        read_once(rows, "role", "category", "status", "period_start", "currency"),
    ]


def _series(name: str, verdicts: Iterator[bool | None]) -> pl.Series:
    return pl.Series(name, list(verdicts), dtype=pl.Boolean)


def _counts_once(rows: Sequence[Row]) -> Iterator[bool | None]:
    """Neither an earlier estimate nor a part of a charge that counts itself."""
    by_id = {(row["accession_number"], row["charge_id"]): row for row in rows}
    for row in rows:
        once = row["role"] != "revision_prior"
        above: Row | None = row
        for _ in rows:  # a chain of parents that ran in a circle would be no longer
            above = by_id.get((row["accession_number"], above["parent_charge_id"])) if above else None
            if above is None or above is row:
                break
            once = once and not above["counts_in_sum"]
        yield once if row["counts_in_sum"] else None


def _not_below_its_parts(rows: Sequence[Row]) -> Iterator[bool | None]:
    parts: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["role"] in ("component", "subtotal"):
            parts[row["accession_number"], row["parent_charge_id"], row["currency"]].append(row)
    for row in rows:
        lows = [
            part["amount_low"]
            for part in parts[row["accession_number"], row["charge_id"], row["currency"]]
            if part["status"] == row["status"] and part["amount_low"] is not None
        ]
        high = row["amount_high"]
        yield None if high is None or len(lows) < 2 else sum(lows, Decimal(0)) <= high * ROUNDING


def _not_above_plan_total(rows: Sequence[Row], plans: Mapping[tuple[str, int], Row]) -> Iterator[bool | None]:
    for row in rows:
        plan = plans.get((row["accession_number"], row["plan_ordinal"]))
        size = _size(row)
        if (
            plan is None
            or plan["total_high"] is None
            or size is None
            or plan["currency"] != row["currency"]
            or row["role"] in ("total", "revision_prior")
        ):
            yield None
        else:
            yield size <= plan["total_high"] * ROUNDING


def _size_fits_the_plan(rows: Sequence[Row]) -> Iterator[bool | None]:
    sizes: defaultdict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for row in rows:
        if size := _size(row):
            sizes[row["accession_number"], row["plan_ordinal"], row["currency"]].append(abs(size))
    for row in rows:
        others = list(sizes[row["accession_number"], row["plan_ordinal"], row["currency"]])
        size = _size(row)
        if not size or len(others) < 2:
            yield None
            continue
        others.remove(abs(size))
        yield abs(size) < LARGEST_JUMP * max(others)


def _total_stated_once(rows: Sequence[Row]) -> Iterator[bool | None]:
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        if row["role"] != "total" or row["parent_charge_id"] is not None:
            yield None
            continue
        names = ("accession_number", "plan_ordinal", "currency", "status", "is_pretax", "settlement")
        key = tuple(row[name] for name in names)
        yield key not in seen
        seen.add(key)


def _unit_is_the_tables(rows: pl.DataFrame, frames: Frames) -> Iterator[bool | None]:
    """Charges whose unit is stated apart from them, in one section's tables, all have the same unit."""
    columns = (*SECTION_KEY, "amount_low", "amount_high", "evidence")
    scales: list[tuple[tuple[Any, ...], frozenset[int] | None]] = []
    counted: defaultdict[tuple[Any, ...], Counter[int]] = defaultdict(Counter)
    for (figure, *_), (*key, low, high, evidence) in zip(
        figure_readings(rows, frames), rows.select(columns).iter_rows(), strict=True
    ):
        in_a_table = "\t" in (evidence or "")
        found = scales_of(figure, [bound for bound in (low, high) if bound]) if in_a_table else None
        scales.append((tuple(key), found or None))
        counted[tuple(key)].update(found or ())
    for place, found in scales:
        yield None if found is None else max(counted[place], key=counted[place].__getitem__) in found


def _size(row: Row) -> Decimal | None:
    found: Decimal | None = row["amount_low"] if row["amount_high"] is None else row["amount_high"]
    return found
