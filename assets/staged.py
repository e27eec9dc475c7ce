"""A month's filings as rows: sections first, then the figures that they state.

Here belongs which rows are staged from what. Judging them does not (see `checks`), nor publishing (see
`published`).
"""

import time
from collections import Counter, defaultdict
from typing import Any

import dagster as dg

from assets.edgar import raw_filings
from assets.failures import STORAGE_AGAIN, plain_failures
from assets.metadata import OWNERS, column_schema
from assets.partitions import MONTHS
from assets.run_metadata import charges_by_category, charges_chart, effort, row_counts
from assets.surroundings import Surroundings
from pipeline.charges.filing_rows import Held, SectionRows, read_figures, read_sections
from pipeline.edgar.archive import RawArchive, RawEntry, received
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.reader_version import reader_version
from pipeline.reading.layout import section_from_row
from pipeline.reading.model import Section
from pipeline.tables import TABLES
from pipeline.tables.registry import FIGURE_TABLES
from pipeline.warehouse.staging import read_staged, write_staged


@dg.asset(
    key=["staged", "sections"],
    deps=[raw_filings],
    partitions_def=MONTHS,
    group_name="staged",
    owners=OWNERS,
    kinds={"python", "parquet"},
    tags={"domain": "reading"},
    code_version=reader_version(),
    retry_policy=STORAGE_AGAIN,
    description=(
        "One row is an item of a filing's main document or one of its exhibits, as normalised text with its "
        "layout. With them the staged rows of `filings`: every filing of the month, also those "
        "that could not be read."
    ),
    metadata={"dagster/column_schema": column_schema(TABLES["sections"])},
)
def sections(context: dg.AssetExecutionContext, surroundings: Surroundings) -> dg.MaterializeResult[None]:
    begun, month = time.perf_counter(), context.partition_key
    with plain_failures():
        home = surroundings.settings().home
        archive = RawArchive(home)
        index = archive.index(month)
        entries = archive.entries(index)
        read = [_read(archive, indexed, entries.get(indexed.accession_number)) for indexed in index]
        filings = [filing.filing for filing in read]
        rows = [row for filing in read for row in filing.section_rows]
        write_staged(home, "sections", month, {"filings": filings, "sections": rows})
    return dg.MaterializeResult(
        metadata={
            "dagster/partition_row_count": len(rows),
            "filings": len(filings),
            "reader_version": reader_version(),
            **effort(begun),
        }
    )


def _read(archive: RawArchive, indexed: IndexedFiling, entry: RawEntry | None) -> SectionRows:
    """A filing as read, or as what it is without having been had."""
    if entry is None:
        problem = (
            archive.failure(indexed.accession_number) or "It was not asked for yet; fetch its month again."
        )
        return read_sections(None, Held(indexed.source_url), indexed, problem)
    return read_sections(received(entry), Held(entry.url, entry.sha256, entry.bytes), indexed)


@dg.asset(
    key=["staged", "exit_charges"],
    deps=[sections],
    partitions_def=MONTHS,
    group_name="staged",
    owners=OWNERS,
    kinds={"python", "parquet"},
    tags={"domain": "charges"},
    code_version=reader_version(),
    retry_policy=STORAGE_AGAIN,
    description=(
        "What the month's sections state, before it is judged: exit plans, charges, share figures, headcount "
        "figures and every mention of money, shares, people or a percentage. The column schema shown is that "
        "of charges; the other tables have those of their published namesakes."
    ),
    metadata={"dagster/column_schema": column_schema(TABLES["charges"])},
)
def exit_charges(context: dg.AssetExecutionContext, surroundings: Surroundings) -> dg.MaterializeResult[None]:
    begun, month = time.perf_counter(), context.partition_key
    staged: dict[str, list[dict[str, Any]]] = {name: [] for name in ("filings", *FIGURE_TABLES)}
    with plain_failures():
        home = surroundings.settings().home
        read = read_staged(home, "sections", month)
        sections_of: defaultdict[str, list[Section]] = defaultdict(list)
        for row in read["sections"].to_pylist():
            sections_of[row["accession_number"]].append(section_from_row(row))
        for row in read["filings"].to_pylist():
            filing, understood = read_figures(row, sections_of[row["accession_number"]])
            staged["filings"].append(filing)
            for name in FIGURE_TABLES:
                staged[name] += getattr(understood, name)
        write_staged(home, "exit_charges", month, staged)
    statuses = Counter(str(filing["read_status"]) for filing in staged["filings"])
    return dg.MaterializeResult(
        metadata={
            "dagster/partition_row_count": sum(len(staged[name]) for name in FIGURE_TABLES),
            "rows": row_counts({name: len(rows) for name, rows in staged.items()}),
            "filings_by_read_status": dict(statuses),
            "charges_by_category": charges_by_category(staged["charges"]),
            **({"charges_drawn": charges_chart(staged["charges"])} if staged["charges"] else {}),
            "reader_version": reader_version(),
            **effort(begun),
        }
    )
