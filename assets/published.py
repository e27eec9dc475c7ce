"""The published tables of a month: all of them in one go, so that they belong together.

Here belongs that only judged rows are published, and what the UI shows of them. How files get into place
does not: see `pipeline.warehouse`.
"""

import time
from collections.abc import Iterator

import dagster as dg

from assets.failures import STORAGE_AGAIN, plain_failures
from assets.judgement import judge_staged
from assets.metadata import OWNERS, column_lineage, column_schema, description
from assets.partitions import MONTHS
from assets.run_metadata import effort, rejected_examples
from assets.staged import exit_charges
from assets.surroundings import Surroundings
from pipeline.tables import TABLES
from pipeline.tables.registry import MONTHLY_TABLES
from pipeline.warehouse.publish import publish_month

PUBLISHING_POOL = "publishing"


def _spec(table_name: str) -> dg.AssetSpec:
    table = TABLES[table_name]
    return dg.AssetSpec(
        ["published", table_name],
        # The staged sections come before the staged charges; naming them here too makes Dagster refuse a
        # backfill of the whole graph (1.13.27: "Targeted subset must match between every key").
        deps=[exit_charges],
        group_name="published",
        owners=OWNERS,
        kinds={"parquet", "greatexpectations"},
        tags={"domain": "warehouse"},
        description=description(table),
        metadata={"dagster/column_schema": column_schema(table)},
        partitions_def=MONTHS,
    )


@dg.multi_asset(
    name="published",
    specs=[_spec(name) for name in MONTHLY_TABLES],
    pool=PUBLISHING_POOL,
    retry_policy=STORAGE_AGAIN,
)
def published(
    context: dg.AssetExecutionContext, surroundings: Surroundings
) -> Iterator[dg.MaterializeResult[None]]:
    begun = time.perf_counter()
    with plain_failures():
        home = surroundings.settings().home
        judgement = judge_staged(home, context.partition_key)
        if judgement.breaches:
            raise dg.Failure(
                f"{context.partition_key} is not published, the tables keep its last good rows: "
                + " ".join(judgement.breaches),
                allow_retries=False,
            )
        record = publish_month(home, context.partition_key, judgement.passed)
    rejected = judgement.passed["rejected_rows"].to_pylist()
    for name in MONTHLY_TABLES:
        file = record.files[name]
        of_rejected = (
            {"examples": rejected_examples(rejected)} if name == "rejected_rows" and rejected else {}
        )
        yield dg.MaterializeResult(
            asset_key=["published", name],
            metadata={
                "dagster/partition_row_count": file.rows,
                "dagster/column_lineage": column_lineage(TABLES[name]),
                "dagster/uri": str(home / "warehouse" / file.path),
                "bytes": file.bytes,
                "sha256": file.sha256,
                **of_rejected,
                **effort(begun),
            },
            data_version=dg.DataVersion(file.sha256[:12]),
        )
