"""Reading what was published: complete months only, each file checked against the month's record."""

from collections.abc import Iterator, Sequence

import pyarrow as pa
from upath import UPath

from pipeline.errors import StorageError
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.registry import MONTHLY_TABLES, TABLES
from pipeline.warehouse.files import read_bytes, sha256
from pipeline.warehouse.parquet import from_parquet
from pipeline.warehouse.records import month_record, month_state, recorded_months, warehouse_folder


def complete_months(home: UPath) -> list[str]:
    """The months whose files all have the hashes of their record, sorted."""
    return [month for month in recorded_months(home) if month_state(home, month) == "complete"]


def read_month(home: UPath, month: str, names: Sequence[str] = MONTHLY_TABLES) -> dict[str, pa.Table]:
    """Tables of a complete month, in the declared schemas.

    The bytes that are parsed are those that were checked, so a month that is being replaced is read whole or
    not at all.

    Raises:
        StorageError: the month is absent or torn, or a file has another schema.
    """
    record = month_record(home, month)
    if record is None:
        raise StorageError(
            f"{month} is not published; run `exit-charges materialize --from {month} --to {month}`."
        )
    read = {}
    for name in names:
        file = record.files[name]
        path = warehouse_folder(home) / file.path
        data = read_bytes(path)
        if data is None or sha256(data) != file.sha256:
            raise StorageError(
                f"{path} is not the file that {month} was published with; run `exit-charges materialize "
                f"--from {month} --to {month}` to mend the month."
            )
        read[name] = from_parquet(TABLES[name], data, str(path))
    return read


def read_published(home: UPath, table_name: str) -> pa.Table:
    """One table over all complete months, in the declared schema."""
    parts = [tables[table_name] for _, tables in each_complete_month(home, (table_name,))]
    return pa.concat_tables(parts) if parts else arrow_schema(TABLES[table_name]).empty_table()


def each_complete_month(
    home: UPath, names: Sequence[str] = MONTHLY_TABLES
) -> Iterator[tuple[str, dict[str, pa.Table]]]:
    """(month, its tables) for each complete month in order; a month torn in between is passed over."""
    for month in complete_months(home):
        try:
            tables = read_month(home, month, names)
        except StorageError:
            if month_state(home, month) == "complete":
                raise
            continue
        yield month, tables
