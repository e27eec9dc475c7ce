"""Rejected rows for people to decide on, and recording what they decided."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from upath import UPath

from pipeline.console.query_result import print_result
from pipeline.errors import ConfigurationError, StorageError
from pipeline.months import first_day
from pipeline.printable import printable
from pipeline.settings import Settings
from pipeline.tables.evidence import evidence_of
from pipeline.tables.registry import FIGURE_TABLES, TABLES
from pipeline.tables.row_json import as_json
from pipeline.warehouse.corrections import Correction, add_correction, checked, read_corrections
from pipeline.warehouse.published import each_complete_month, read_month
from pipeline.warehouse.query import QueryResult
from pipeline.warehouse.staging import read_staged, staged_path

_COLUMNS = (
    "filed_month", "accession_number", "company_name", "table_name", "row_key", "checks", "observed",
    "evidence", "state",
)  # fmt: skip
_READ = ("filings", "rejected_rows", "corrections", *FIGURE_TABLES)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row that can be decided on: rejected, or published and wrong all the same."""

    filed_month: str
    company_name: str
    table_name: str
    row_key: str
    row: Row
    """As JSON has it: money and dates as text."""
    checks: tuple[str, ...]
    """Those that rejected it."""
    observed: Row
    figure: str


def list_rejected(settings: Settings, month: str | None, form: str, with_decided: bool) -> int:
    """Print the rejected rows that nobody has decided on: those published, or of one month as it is staged.

    So a month that is held back because too many rows were rejected can be reviewed. A decision that no
    longer fits the row it was made on is printed too. Returns the exit status.

    Raises:
        StorageError: corrections.csv holds a line that cannot be understood.
    """
    decided = {(line.table_name, line.row_key): line for line in read_corrections(settings.home)}
    rows: list[tuple[str | None, ...]] = []
    for found_month, tables in _months(settings.home, month):
        for row in _rejected(found_month, tables):
            line = decided.get((row.table_name, row.row_key))
            if line is None or with_decided:
                state = "open" if line is None else f"{line.decision} by {line.decided_by}"
                rows.append(_shown(row, state))
        rows += _unfit(found_month, tables)
    types = ("VARCHAR",) * len(_COLUMNS)
    # Evidence is long, and a key is copied: neither is folded into the column of a table.
    print_result(QueryResult(_COLUMNS, types, tuple(rows)), "records" if form == "table" else form)
    return 0


def _months(home: UPath, month: str | None) -> Iterator[tuple[str, dict[str, pa.Table]]]:
    if month is None:
        yield from each_complete_month(home, _READ)
        return
    first_day(month)  # which refuses what is no month
    if staged_path(home, "exit_charges", month, "charges").exists():
        from expectations import judge_month  # imports Great Expectations, which takes seconds

        staged = {**read_staged(home, "sections", month), **read_staged(home, "exit_charges", month)}
        judgement = judge_month(month, staged, corrections=read_corrections(home))
        if not judgement.passed:
            raise StorageError(" ".join(judgement.breaches))
        yield month, judgement.passed
    else:
        yield month, read_month(home, month, _READ)


def decide(
    settings: Settings,
    row_key: str,
    decision: str,
    changes: Sequence[str],
    by: str | None,
    reason: str,
    month: str | None,
) -> int:
    """Record a decision on a row, rejected or published, and say how to apply it.

    Args:
        settings: whose home has the row.
        row_key: the row's key, as `exit-charges review` shows it.
        decision: accept, correct or drop.
        changes: column=value each; for `correct`.
        by: who decides; the identity of the settings where None.
        reason: why.
        month: the row's month of filing; needed where that is held back.

    Raises:
        ConfigurationError: nobody is named, or a change or the decision cannot be meant.
        StorageError: there is no such row, or the file cannot be written.
    """
    decided_by = by or settings.identity
    if not decided_by:
        raise ConfigurationError("Say who decides: --by NAME, or set EXIT_CHARGES_IDENTITY.")
    found = _find(settings.home, row_key, month)
    new = dict(_change(text) for text in changes)
    columns = new if new else found.observed
    try:
        correction = checked(
            Correction(
                accession_number=found.row["accession_number"],
                table_name=found.table_name,
                row_key=found.row_key,
                figure=found.figure,
                decision=decision,
                checks=found.checks if decision == "accept" else (),
                observed={name: found.row[name] for name in columns if name in found.row},
                changes=new,
                decided_by=decided_by,
                decided_at=dt.datetime.now(dt.UTC),
                reason=reason,
            )
        )
    except ValueError as problem:
        raise ConfigurationError(f"{row_key} cannot be decided so: {problem}.") from problem
    add_correction(settings.home, correction)
    print(
        f"Recorded: {decision} {found.table_name} {found.row_key} ({printable(found.figure)}). To apply it, "
        f"run `exit-charges materialize --from {found.filed_month} --to {found.filed_month}`."
    )
    return 0


def _change(text: str) -> tuple[str, Any]:
    name, separator, value = text.partition("=")
    if not separator:
        raise ConfigurationError(f"{text!r} is no change; write column=value, and column= for null.")
    return name.strip(), value.strip() or None


def _find(home: UPath, row_key: str, month: str | None) -> ReviewedRow:
    for found_month, tables in _months(home, month):
        for row in (*_rejected(found_month, tables), *_published(found_month, tables)):
            if row.row_key == row_key:
                return row
    where = f"{month} has no" if month else "No published month has a"
    raise StorageError(
        f"{where} row {row_key!r}; `exit-charges review` lists the rejected ones, and the database has the "
        "keys of the others."
    )


def _rejected(month: str, tables: dict[str, pa.Table]) -> Iterator[ReviewedRow]:
    """The month's rejected rows, one for each row however many checks it failed."""
    names = _names(tables)
    lines: dict[tuple[str, str], list[Row]] = {}
    for line in tables["rejected_rows"].to_pylist():
        lines.setdefault((line["table_name"], line["row_key"]), []).append(line)
    for (table_name, row_key), failed in lines.items():
        row = json.loads(failed[0]["row"])
        observed: Row = {}
        for line in failed:
            observed |= json.loads(line["observed"] or "{}")
        yield ReviewedRow(
            filed_month=month,
            company_name=names.get(row["accession_number"], ""),
            table_name=table_name,
            row_key=row_key,
            row=row,
            checks=tuple(line["expectation"] for line in failed),
            observed=observed,
            figure=_figure(row),
        )


def _published(month: str, tables: dict[str, pa.Table]) -> Iterator[ReviewedRow]:
    names = _names(tables)
    for table_name in FIGURE_TABLES:
        for values in tables[table_name].to_pylist():
            row = json.loads(as_json(values))
            yield ReviewedRow(
                filed_month=month,
                company_name=names.get(row["accession_number"], ""),
                table_name=table_name,
                row_key="|".join(str(values[name]) for name in TABLES[table_name].key),
                row=row,
                checks=(),
                observed={},
                figure=_figure(row),
            )


def _names(tables: dict[str, pa.Table]) -> dict[str, str]:
    filings = tables["filings"].select(["accession_number", "company_name"]).to_pylist()
    return {filing["accession_number"]: filing["company_name"] for filing in filings}


def _figure(row: Row) -> str:
    """The words at the figure's span; of a mention its text, of a plan nothing."""
    if "figure_start" not in row:
        return str(row.get("mention_text") or "")
    start, end = row["figure_start"] or 0, row["figure_end"] or 0
    begin = start - (row["char_start"] or 0)
    evidence = row["evidence"] or ""
    return " ".join(evidence[begin : begin + end - start].split()) if begin >= 0 else ""


def _shown(row: ReviewedRow, state: str) -> tuple[str | None, ...]:
    return (
        row.filed_month,
        row.row["accession_number"],
        row.company_name,
        row.table_name,
        row.row_key,
        ", ".join(row.checks),
        ", ".join(f"{name}: {value}" for name, value in row.observed.items()),
        evidence_of(row.row) or None,
        state,
    )


def _unfit(month: str, tables: dict[str, pa.Table]) -> Iterator[tuple[str | None, ...]]:
    """Decisions that the last run could not apply."""
    names = _names(tables)
    for line in tables["corrections"].to_pylist():
        if line["outcome"] in ("stale", "row_not_found"):
            yield (
                month,
                line["accession_number"],
                names.get(line["accession_number"], ""),
                line["table_name"],
                line["row_key"],
                ", ".join(line["checks"]),
                line["observed"],
                line["figure"],
                f"{line['outcome']}: {line['decision']} by {line['decided_by']}",
            )
