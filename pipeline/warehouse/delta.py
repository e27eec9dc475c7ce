"""The published tables as Delta tables, for engines that read Delta.

Each table of the registry is a Delta table of its name, partitioned by filed_month; `published_months` says
which months they hold. A month is replaced table by table, each in one commit, and `published_months` last:
a load that was killed does such a month again. Readers of one table never see half a month; across tables of
a month that is being replaced they can see two versions for a moment.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError
from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import is_object_storage, local_path
from pipeline.lease import check_leases
from pipeline.locks import only_writer
from pipeline.tables.arrow import arrow_schema, rows_to_arrow
from pipeline.tables.model import Table
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.tables.shared_columns import FILED_MONTH
from pipeline.warehouse.amendments import linking_version
from pipeline.warehouse.month_sync import (
    Months,
    Progress,
    bring_up_to_date,
    linked_amendments,
    refuse_nothing,
)
from pipeline.warehouse.published import WholeMonth

PUBLISHED_MONTHS = "published_months"
_COLOURS = re.compile("\x1b\\[[0-9;]*m")
"""With which deltalake draws its errors."""
_MONTHS_SCHEMA = pa.schema(
    [
        pa.field(FILED_MONTH.name, pa.string(), metadata={"comment": FILED_MONTH.description}),
        pa.field(
            "record_sha256",
            pa.string(),
            metadata={"comment": "Of the record of the month's files that its rows were read from."},
        ),
        pa.field("linked_by", pa.string(), metadata={"comment": "The code that linked the amendments."}),
    ]
)


@dataclass(frozen=True, slots=True)
class DeltaReport:
    """What was done: months by what became of them, rows by table as they are now, schema changes."""

    months: Months
    rows: Mapping[str, int]
    schema_changes: tuple[str, ...]


def write_delta(home: UPath, target: UPath, progress: Progress = lambda month, done, of: None) -> DeltaReport:
    """Make the Delta tables in `target` hold what is published in the home.

    Args:
        home: the home; it is only read.
        target: a folder, made where there is none.
        progress: told of each month, and how many of how many are done.

    Raises:
        StorageError: nothing is published in the home, or the target cannot be written.
    """
    refuse_nothing(home)
    try:
        with only_writer(target.parent / f".{target.name}.lock", "the Delta tables"):
            return _Target(target).brought_up_to_date(home, progress)
    except (DeltaError, OSError) as problem:
        what = " ".join(_COLOURS.sub("", str(problem)).split())
        raise StorageError(
            f"The Delta tables in {target} cannot be written ({what}); see that the place can be reached "
            "and written, and load again: what is done stays."
        ) from problem


class _Target:
    """The folder of Delta tables."""

    def __init__(self, target: UPath) -> None:
        self._target = target
        self._opened: dict[str, DeltaTable] = {}
        """Kept, as opening a table reads its log, commit by commit; nobody else writes meanwhile."""

    def brought_up_to_date(self, home: UPath, progress: Progress) -> DeltaReport:
        changes = self._prepare()
        digests = {month: digest for month, (digest, _) in self._known().items()}
        months = bring_up_to_date(home, digests, self._replace_month, progress)
        if months.removed or any(linked_by != linking_version() for _, linked_by in self._known().values()):
            self._finish(home, months)
        return DeltaReport(months, {name: self._open(name).count() for name in TABLES}, changes)

    def _uri(self, name: str) -> str:
        local = local_path(self._target)
        return str(self._target / name) if local is None else str(local / name)

    def _options(self) -> dict[str, str] | None:
        """What deltalake's own client of S3 has to know."""
        return self._target.fs.aws_settings() if is_object_storage(self._target) else None

    def _open(self, name: str) -> DeltaTable:
        if name not in self._opened:
            self._opened[name] = DeltaTable(self._uri(name), storage_options=self._options())
        return self._opened[name]

    def _prepare(self) -> tuple[str, ...]:
        """Give the tables the columns that are declared; says what was changed.

        Where anything changes, all months count as not loaded from before the change on, so that a load that
        is killed in between does not leave months with the columns of yesterday.
        """
        if not self._exists(PUBLISHED_MONTHS):
            self._write(PUBLISHED_MONTHS, _MONTHS_SCHEMA.empty_table(), mode="overwrite")
        known = self._known()
        changes = {name: change for name in TABLES if (change := self._needed_change(name))}
        if changes and known:
            self._write_months(dict.fromkeys(known, ("", None)))
        for name, (how, _) in changes.items():
            self._write(name, delta_schema(name).empty_table(), **how)
        return tuple(sentence for _, sentence in changes.values()) if known else ()

    def _needed_change(self, name: str) -> tuple[dict[str, str], str] | None:
        """How an empty table has to be written for the table to have its columns, and what that is called."""
        if not self._exists(name):
            return {"mode": "overwrite"}, f"{name} is new."
        wanted = {field.name: field.type for field in delta_schema(name)}
        stored = pa.table(self._open(name).to_pyarrow_dataset().head(0)).schema
        found = {field.name: field.type for field in stored}
        if found == wanted:
            return None
        if found.items() <= wanted.items():
            added = ", ".join(column for column in wanted if column not in found)
            return {"mode": "append", "schema_mode": "merge"}, f"{name} has new columns: {added}."
        how = {"mode": "overwrite", "schema_mode": "overwrite"}
        return how, f"{name} has other columns than before and was made anew."

    def _exists(self, name: str) -> bool:
        return name in self._opened or DeltaTable.is_deltatable(
            self._uri(name), storage_options=self._options()
        )

    def _write(self, name: str, rows: pa.Table, **how: Any) -> None:
        monthly = name in MONTHLY_TABLES
        check_leases()
        write_deltalake(
            self._open(name) if self._exists(name) else self._uri(name),
            rows,
            name=name,
            description=TABLES[name].description if name in TABLES else "Which months the tables hold.",
            partition_by=[FILED_MONTH.name] if monthly else None,
            storage_options=self._options(),
            **how,
        )

    def _known(self) -> dict[str, tuple[str, str | None]]:
        """Month to the digest of its record, and to the code that linked it."""
        rows = pa.table(self._open(PUBLISHED_MONTHS).to_pyarrow_table()).to_pylist()
        return {row[FILED_MONTH.name]: (row["record_sha256"], row["linked_by"]) for row in rows}

    def _replace_month(self, month: str, whole: WholeMonth, digest: str) -> None:
        predicate = f"{FILED_MONTH.name} = '{month}'"
        for name, rows in whole.tables().items():
            self._write(name, _with_month(TABLES[name], rows, month), mode="overwrite", predicate=predicate)
        self._write_months({month: (digest, None)}, predicate=predicate)

    def _finish(self, home: UPath, months: Months) -> None:
        """What is known of all months: those that are gone, and the amendments."""
        for month in months.removed:
            for name in MONTHLY_TABLES:
                self._open(name).delete(f"{FILED_MONTH.name} = '{month}'")
        amendments = TABLES["amendments"]
        rows = rows_to_arrow(amendments, linked_amendments(home, months.there))
        self._write(amendments.name, rows.cast(delta_schema(amendments.name)), mode="overwrite")
        known = self._known()
        self._write_months({month: (known[month][0], linking_version()) for month in sorted(months.there)})

    def _write_months(self, months: Mapping[str, tuple[str, str | None]], **how: str) -> None:
        rows = [
            {FILED_MONTH.name: month, "record_sha256": digest, "linked_by": linked_by}
            for month, (digest, linked_by) in months.items()
        ]
        self._write(
            PUBLISHED_MONTHS, pa.Table.from_pylist(rows, schema=_MONTHS_SCHEMA), mode="overwrite", **how
        )


def delta_schema(name: str) -> pa.Schema:
    """A Delta table's columns: those of the registry, with filed_month where a table is monthly.

    All may be null, since a column that is added later is null in the months before. Descriptions are
    comments, as Delta calls them.
    """
    if name == PUBLISHED_MONTHS:
        return _MONTHS_SCHEMA
    fields = [
        pa.field(field.name, field.type, metadata={"comment": (field.metadata or {})[b"description"]})
        for field in arrow_schema(TABLES[name])
    ]
    if name in MONTHLY_TABLES:
        fields.append(pa.field(FILED_MONTH.name, pa.string(), metadata={"comment": FILED_MONTH.description}))
    return pa.schema(fields)


def _with_month(table: Table, rows: pa.Table, month: str) -> pa.Table:
    """A month's rows with the column that their file has in its path."""
    values: Sequence[str] = [month] * rows.num_rows
    return pa.table(
        [*(rows[name] for name in table.column_names), pa.array(values, pa.string())],
        schema=delta_schema(table.name),
    )
