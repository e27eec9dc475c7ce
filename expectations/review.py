"""Applying what people decided on rows, before a month is judged."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from expectations.derivation import as_frame, row_keys
from expectations.rejection import TAKEN_OVER
from pipeline.tables.arrow import rows_to_arrow
from pipeline.tables.model import Check
from pipeline.tables.registry import FIGURE_TABLES, TABLES
from pipeline.tables.row_json import as_json
from pipeline.warehouse.corrections import COLUMNS, Correction

Row = dict[str, Any]
Key = tuple[str, str]
"""Table and row key."""

ACCEPTED, CORRECTED = "accepted_in_review", "corrected_in_review"
"""Flags on rows that are published as somebody decided."""
DROPPED = Check(
    id="dropped_in_review",
    sentence="Nobody decided in a review that the row is no figure of the plan.",
    severity="reject",
    expectation="",
    arguments={},
)


@dataclass(slots=True)
class Reviewed:
    """A month's staged rows with the decisions on them applied."""

    staged: dict[str, pa.Table]
    waived: dict[Key, frozenset[str]] = field(default_factory=dict)
    """The checks that no longer reject a row."""
    dropped: dict[Key, Row] = field(default_factory=dict)
    """Rows taken out, which are none."""
    flags: dict[Key, str] = field(default_factory=dict)
    """The mark of a row that is published as somebody decided."""
    rows: list[Row] = field(default_factory=list)
    """The month's rows of `corrections`."""

    def dropped_keys(self, table_name: str) -> frozenset[str]:
        return frozenset(key for table, key in self.dropped if table == table_name)


def review(staged: Mapping[str, pa.Table], corrections: Sequence[Correction]) -> Reviewed:
    """Apply the decisions on rows of the month's filings; the latest on each row counts."""
    filings = {row["accession_number"]: row for row in staged["filings"].to_pylist()}
    own = [correction for correction in corrections if correction.accession_number in filings]
    reviewed = Reviewed(dict(staged))
    if not own:
        return reviewed
    rows = {name: _by_key(name, staged[name]) for name in FIGURE_TABLES}
    latest = {(correction.table_name, correction.row_key): correction for correction in _in_time(own)}
    for correction in _in_time(own):
        key = (correction.table_name, correction.row_key)
        outcome = _apply(correction, rows, reviewed) if latest[key] is correction else "superseded"
        version = filings[correction.accession_number]["reader_version"]
        reviewed.rows.append(_audit_row(correction, outcome, version))
    for name in {correction.table_name for correction in own} | {"exit_plans"}:
        reviewed.staged[name] = rows_to_arrow(TABLES[name], rows[name].values())
    return reviewed


def _in_time(corrections: Iterable[Correction]) -> list[Correction]:
    return sorted(corrections, key=lambda correction: correction.decided_at)


def _by_key(name: str, table: pa.Table) -> dict[str, Row]:
    keys = row_keys(TABLES[name], as_frame(table)).to_list()
    return dict(zip(keys, table.to_pylist(), strict=True))


def _apply(correction: Correction, rows: Mapping[str, dict[str, Row]], reviewed: Reviewed) -> str:
    row = rows[correction.table_name].get(correction.row_key)
    if row is None:
        return "row_not_found"
    found = json.loads(as_json({name: row[name] for name in correction.observed}))
    if found != dict(correction.observed):
        return "stale"
    key = (correction.table_name, correction.row_key)
    if correction.decision == "drop":
        reviewed.dropped[key] = row
        del rows[correction.table_name][correction.row_key]
        _tell_plan(correction.table_name, row, None, rows)
        return "applied"
    reviewed.waived[key] = frozenset(correction.checks)
    reviewed.flags[key] = CORRECTED if correction.changes else ACCEPTED
    if correction.changes:
        old = dict(row)
        row |= correction.changes
        _tell_plan(correction.table_name, old, row, rows)
    return "applied"


def _tell_plan(table_name: str, old: Row, new: Row | None, rows: Mapping[str, dict[str, Row]]) -> None:
    """Change the plan's columns that only the old row stated, and forget sums that no longer hold."""
    plan = rows["exit_plans"].get(f"{old['accession_number']}|{old.get('plan_ordinal')}")
    if plan is None:
        return
    for table, role, bounds, name in TAKEN_OVER:
        if table != table_name or role not in (None, old.get("role")):
            continue
        columns = (f"{name}_low", f"{name}_high")
        stated = {
            tuple(row[bound] for bound in bounds)
            for row in rows[table].values()
            if row["accession_number"] == old["accession_number"]
            and row["plan_ordinal"] == old["plan_ordinal"]
            and role in (None, row.get("role"))
        }
        known = tuple(plan[column] for column in columns)
        if known == tuple(old[bound] for bound in bounds) and known not in stated:
            plan |= {
                column: new[bound] if new else None for column, bound in zip(columns, bounds, strict=True)
            }
    if table_name == "charges":
        plan |= {"components_low": None, "components_high": None, "reconciliation": "not_comparable"}


def _audit_row(correction: Correction, outcome: str, reader_version: str) -> Row:
    row = {name: getattr(correction, name) for name in COLUMNS}
    return row | {
        "checks": list(correction.checks),
        "observed": as_json(correction.observed),
        "changes": as_json(correction.changes),
        "outcome": outcome,
        "reader_version": reader_version,
    }
