"""The file of reviewed corrections: what people decided on rows, one line a decision, for every run to apply.

    corrections.csv in the home; accession_number, table_name, row_key, figure, decision, checks, observed,
    changes, decided_by, decided_at, reason

`exit-charges review` writes it; it can be kept under version control and edited by hand. Lines are added and
not taken away: the latest line on a row counts.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import read_bytes, remove_leftovers, write_atomically
from pipeline.locks import only_writer
from pipeline.tables import vocabulary
from pipeline.tables.registry import FIGURE_TABLES, TABLES
from pipeline.tables.row_json import as_json, from_json

UNCHANGEABLE = ("accession_number", "ordinal", "evidence", "flags", "reader_version")
"""Columns that say which row it is and where it was read."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A decision on one row."""

    accession_number: str
    table_name: str
    row_key: str
    """The row's key in that table; parts of a compound key parted by |."""
    figure: str
    """The figure's words, for people."""
    decision: str
    checks: tuple[str, ...]
    """Ids of the checks that no longer reject the row."""
    observed: Mapping[str, Any]
    """Column to what stood there, in the form of `as_json`: the decision counts as long as it does."""
    changes: Mapping[str, Any]
    """Column to new value, in the column's type."""
    decided_by: str
    decided_at: dt.datetime
    """Aware."""
    reason: str


COLUMNS = tuple(field.name for field in fields(Correction))


def corrections_path(home: UPath) -> UPath:
    return home / "corrections.csv"


def read_corrections(home: UPath) -> tuple[Correction, ...]:
    """All decisions, in the file's order; none where there is no file.

    Raises:
        StorageError: a line cannot be understood; it is named, and what to do.
    """
    path = corrections_path(home)
    data = read_bytes(path)
    if data is None:
        return ()
    try:
        lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise StorageError(
            f"{path} is no CSV file in UTF-8 ({problem}); mend it or move it away."
        ) from problem
    corrections = []
    for number, line in enumerate(lines, start=1):
        try:
            corrections.append(_from_line(line))
        except (ValueError, KeyError, TypeError) as problem:
            message = f"lacks the column {problem}" if isinstance(problem, KeyError) else str(problem)
            raise StorageError(
                f"{path}: decision {number} ({line.get('row_key') or 'without row_key'}) cannot be applied: "
                f"{message}. Correct or delete the line."
            ) from problem
    return tuple(corrections)


def add_correction(home: UPath, correction: Correction) -> None:
    """Add a line to the file.

    Raises:
        StorageError: the file cannot be written, or holds a line that cannot be understood.
    """
    path = corrections_path(home)
    with only_writer(path.with_name(".corrections.lock"), "corrections.csv"):
        remove_leftovers(path)
        write_atomically(path, _to_csv([*read_corrections(home), correction]))


def _to_csv(corrections: Iterable[Correction]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for correction in corrections:
        writer.writerow(
            {name: getattr(correction, name) for name in COLUMNS}
            | {
                "checks": " ".join(correction.checks),
                "observed": as_json(correction.observed),
                "changes": as_json(correction.changes) if correction.changes else "",
                "decided_at": correction.decided_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
            }
        )
    return text.getvalue().encode()


def _from_line(line: Mapping[str, str]) -> Correction:
    """The line's decision; ValueError says what is wrong with it."""
    for name in ("accession_number", "row_key", "decided_by", "reason"):
        if not (line[name] or "").strip():
            raise ValueError(f"{name} is empty")
    decided_at = dt.datetime.fromisoformat(line["decided_at"])
    return checked(
        Correction(
            accession_number=line["accession_number"],
            table_name=line["table_name"],
            row_key=line["row_key"],
            figure=line["figure"] or "",
            decision=line["decision"],
            checks=tuple((line["checks"] or "").split()),
            observed=_object(line["observed"], "observed"),
            changes=_object(line["changes"], "changes"),
            decided_by=line["decided_by"],
            decided_at=decided_at if decided_at.tzinfo else decided_at.replace(tzinfo=dt.UTC),
            reason=line["reason"],
        )
    )


def _object(text: str | None, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError as problem:
        raise ValueError(f"{name} is no JSON ({problem})") from problem
    if not isinstance(found, dict):
        raise ValueError(f"{name} is no JSON object")
    return found


def checked(correction: Correction) -> Correction:
    """The correction with its changes in the columns' types.

    Raises:
        ValueError: the table, the decision, a check or a change cannot be meant.
    """
    if correction.table_name not in FIGURE_TABLES:
        raise ValueError(f"table_name is one of {', '.join(FIGURE_TABLES)}, not {correction.table_name!r}")
    if correction.decision not in vocabulary.DECISION:
        raise ValueError(f"decision is one of {', '.join(vocabulary.DECISION)}, not {correction.decision!r}")
    if bool(correction.changes) != (correction.decision == "correct"):
        raise ValueError("changes belong to the decision correct, and only to it")
    if correction.decision == "accept" and not correction.checks:
        raise ValueError("accept needs the checks that no longer reject the row")
    table = TABLES[correction.table_name]
    if unknown := correction.observed.keys() - set(table.column_names):
        raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    changes = {}
    for name, value in correction.changes.items():
        if name not in table.column_names:
            raise ValueError(f"{table.name} has no column {name}")
        if name in (*UNCHANGEABLE, *table.key):
            raise ValueError(f"{name} says which row it is and cannot be corrected")
        changes[name] = from_json(table.column(name), _plain(value))
    return Correction(**{name: getattr(correction, name) for name in COLUMNS} | {"changes": changes})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
