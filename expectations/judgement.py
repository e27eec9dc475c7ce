"""Judging a month: which rows pass, which are rejected, and whether the month may be published at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import pyarrow as pa

from expectations.derivation import DERIVED_COLUMNS, as_frame, judged_frame
from expectations.mentions import TARGET_KEYS
from expectations.model import CheckOutcome, FailingRow, Judgement
from expectations.rejection import mark_plans, observed, rejected_row, unlink
from expectations.review import DROPPED, Reviewed, review
from expectations.run import ROW_KEY, failing_rows
from expectations.structure import (
    count_breaches,
    index_breaches,
    key_breaches,
    schema_breaches,
)
from expectations.suites import checks_of
from pipeline.tables.arrow import arrow_schema, rows_to_arrow
from pipeline.tables.evidence import evidence_of
from pipeline.tables.model import Check
from pipeline.tables.registry import FIGURE_TABLES, TABLES
from pipeline.tables.shared_columns import FLAGS
from pipeline.warehouse.corrections import Correction

_MOST_EXAMPLES = 50
_MOST_KEYS_IN_A_SENTENCE = 3


@dataclass(slots=True)
class _Verdict:
    """What the suites said of one table."""

    passed: pl.DataFrame
    rejected: pl.DataFrame
    rejected_keys: frozenset[str]
    outcomes: list[CheckOutcome]
    rejections: list[dict[str, Any]] = field(default_factory=list)


def judge_month(
    month: str,
    staged: Mapping[str, pa.Table],
    indexed: Collection[str] | None = None,
    corrections: Sequence[Correction] = (),
) -> Judgement:
    """Judge a month's staged rows; a month without rows passes.

    Args:
        month: "YYYY-MM", for messages.
        staged: filings (as the figures' stage left them), sections, and the five tables of figures.
        indexed: the accession numbers that the month's filing index asks for, to prove that none is lost.
        corrections: what people decided on rows; those on other months' filings are passed over.

    Raises:
        ExitChargesError: a check crashed.
    """
    if breaches := schema_breaches(month, staged):
        return Judgement(passed={}, outcomes=(), breaches=tuple(breaches))
    frames = {name: as_frame(staged[name]) for name in DERIVED_COLUMNS}
    if breaches := key_breaches(month, frames):
        return Judgement(passed={}, outcomes=(), breaches=tuple(breaches))

    counts = {name: frame.height for name, frame in frames.items()}
    reviewed = review(staged, corrections)
    dropped = {name: reviewed.dropped_keys(name) for name in TARGET_KEYS}
    if reviewed.rows:
        frames = unlink({name: as_frame(reviewed.staged[name]) for name in DERIVED_COLUMNS}, dropped)

    verdicts: dict[str, _Verdict] = {}
    for name in DERIVED_COLUMNS:
        # Figures are judged against the plans that passed: without its plan no figure is published.
        seen = {**frames, "exit_plans": verdicts["exit_plans"].passed} if "exit_plans" in verdicts else frames
        verdicts[name] = _judge_table(name, seen, reviewed)

    rejections = [rejection for verdict in verdicts.values() for rejection in verdict.rejections]
    rejections += [
        rejected_row(name, DROPPED, {**row, ROW_KEY: key}, TABLES[name].column_names)
        for (name, key), row in reviewed.dropped.items()
    ]
    rejected_rows = rows_to_arrow(TABLES["rejected_rows"], rejections)
    passed = unlink(
        {name: verdict.passed for name, verdict in verdicts.items()},
        {name: verdicts[name].rejected_keys for name in TARGET_KEYS},
    )
    passed["exit_plans"] = mark_plans(passed, {name: verdicts[name].rejected for name in TARGET_KEYS})
    breaches = [] if indexed is None else index_breaches(month, frames, indexed)
    breaches += _broken_filings(month, verdicts)
    breaches += count_breaches(
        month,
        counts,
        {name: frame.height for name, frame in passed.items()},
        as_frame(rejected_rows),
    )
    return Judgement(
        passed={
            **{name: _declared(name, frame, nullable=bool(breaches)) for name, frame in passed.items()},
            "rejected_rows": rejected_rows,
            "corrections": rows_to_arrow(TABLES["corrections"], reviewed.rows),
        },
        outcomes=tuple(outcome for verdict in verdicts.values() for outcome in verdict.outcomes),
        breaches=tuple(breaches),
    )


def _judge_table(name: str, frames: Mapping[str, pl.DataFrame], reviewed: Reviewed) -> _Verdict:
    checks = checks_of(TABLES[name])
    judged = judged_frame(name, frames)
    failed = {
        check_id: [key for key in keys if check_id not in reviewed.waived.get((name, key), ())]
        for check_id, keys in failing_rows(name, judged, checks).items()
    }
    rejecting = [check for check in checks if check.severity == "reject" and name in FIGURE_TABLES]
    rejected_keys = frozenset(key for check in rejecting for key in failed[check.id])
    is_rejected = judged.get_column(ROW_KEY).is_in(sorted(rejected_keys))
    failing = judged.filter(pl.col(ROW_KEY).is_in(sorted({key for keys in failed.values() for key in keys})))
    by_key = {row[ROW_KEY]: row for row in failing.iter_rows(named=True)}
    warning = [check for check in checks if check not in rejecting]
    marked = {check.id: failed[check.id] for check in warning}
    for (table_name, key), flag in reviewed.flags.items():
        if table_name == name:
            marked.setdefault(flag, []).append(key)
    flagged = frames[name].with_columns(_flags(judged, marked))
    return _Verdict(
        passed=flagged.filter(~is_rejected),
        rejected=frames[name].filter(is_rejected),
        rejected_keys=rejected_keys,
        outcomes=[_outcome(name, check, failed[check.id], by_key) for check in checks],
        rejections=[
            rejected_row(name, check, by_key[key], TABLES[name].column_names)
            for check in rejecting
            for key in failed[check.id]
        ],
    )


def _flags(judged: pl.DataFrame, marked: Mapping[str, list[str]]) -> pl.Series:
    """The flags of each row, in the order of `marked`, which has the keys of the rows by flag."""
    by_key: dict[str, list[str]] = {}
    for flag, keys in marked.items():
        for key in keys:
            by_key.setdefault(key, []).append(flag)
    flags = [by_key.get(key, []) for key in judged.get_column(ROW_KEY)]
    return pl.Series(FLAGS.name, flags, dtype=pl.List(pl.String))


def _outcome(
    table_name: str, check: Check, keys: list[str], rows: Mapping[str, Mapping[str, Any]]
) -> CheckOutcome:
    return CheckOutcome(
        table=table_name,
        check_id=check.id,
        sentence=check.sentence,
        severity=check.severity,
        passed=not keys,
        failed_rows=len(keys),
        row_keys=tuple(keys),
        examples=tuple(_failing_row(check, rows[key]) for key in keys[:_MOST_EXAMPLES]),
    )


def _failing_row(check: Check, row: Mapping[str, Any]) -> FailingRow:
    return FailingRow(row[ROW_KEY], row["accession_number"], observed(check, row), evidence_of(row))


def _broken_filings(month: str, verdicts: Mapping[str, _Verdict]) -> list[str]:
    """Filings and sections are no readings of figures: where one breaks a rule, the month is unfit."""
    return [
        f"{month}: {outcome.failed_rows} rows of {name} break a rule: {outcome.sentence} "
        f"({', '.join(outcome.row_keys[:_MOST_KEYS_IN_A_SENTENCE])})"
        for name in DERIVED_COLUMNS
        if name not in FIGURE_TABLES
        for outcome in verdicts[name].outcomes
        if not outcome.passed and outcome.severity == "reject"
    ]


def _declared(name: str, frame: pl.DataFrame, nullable: bool) -> pa.Table:
    """The rows in the declared schema; of a month that is unfit anyway nulls stay where none should be."""
    schema = arrow_schema(TABLES[name])
    if nullable:
        schema = pa.schema([column.with_nullable(True) for column in schema]).with_metadata(schema.metadata)
    return frame.to_arrow().select(TABLES[name].column_names).cast(schema)
