"""The checks of the staged rows.

Here belongs how a verdict is reported: each check that a table declares under its own name, those that its
columns imply (given, in the vocabulary, of its form) together as `<table>__columns`. What is checked does
not: see `pipeline.tables` and `expectations`.
"""

import warnings
from collections.abc import Iterator, Sequence

import dagster as dg

from assets.failures import STORAGE_AGAIN, plain_failures
from assets.judgement import judge_staged
from assets.partitions import MONTHS
from assets.run_metadata import records
from assets.staged import exit_charges
from assets.surroundings import Surroundings
from expectations import CheckOutcome
from pipeline.tables import TABLES
from pipeline.tables.model import Table
from pipeline.tables.registry import JUDGED_TABLES

STRUCTURE = "structure"
COLUMNS = "columns"
JUDGED = [TABLES[name] for name in JUDGED_TABLES]


def check_name(table_name: str, check_id: str) -> str:
    """Dagster's name of a table's check."""
    return f"{table_name}__{check_id}"


def _specs() -> Iterator[dg.AssetCheckSpec]:
    yield dg.AssetCheckSpec(
        STRUCTURE,
        asset=exit_charges,
        partitions_def=MONTHS,
        blocking=True,
        description=(
            "The tables have their columns and unique keys, the counts add up, and not too many rows were "
            "rejected. A month that fails is not published: the tables keep its last good rows."
        ),
    )
    for table in JUDGED:
        yield _spec(table, COLUMNS, "required columns are given, values are of their vocabulary and form.")
        for check in table.checks:
            yield _spec(table, check.id, check.sentence)


def _spec(table: Table, check_id: str, sentence: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        check_name(table.name, check_id),
        asset=exit_charges,
        partitions_def=MONTHS,
        description=f"{table.name}: {sentence}",
    )


with warnings.catch_warnings():
    # A check's partitions are marked as a preview; without them a result does not say its month.
    warnings.simplefilter("ignore", dg.PreviewWarning)
    SPECS = list(_specs())


@dg.multi_asset_check(name="checks", specs=SPECS, retry_policy=STORAGE_AGAIN)
def checks(
    context: dg.AssetCheckExecutionContext, surroundings: Surroundings
) -> Iterator[dg.AssetCheckResult]:
    with plain_failures():
        judgement = judge_staged(surroundings.settings().home, context.partition_key)
    yield dg.AssetCheckResult(
        check_name=STRUCTURE,
        passed=not judgement.breaches,
        severity=dg.AssetCheckSeverity.ERROR,
        description=" ".join(judgement.breaches) or None,
        metadata={"breaches": list(judgement.breaches)},
    )
    for table in JUDGED:
        outcomes = [outcome for outcome in judgement.outcomes if outcome.table == table.name]
        declared = {check.id for check in table.checks}
        implied = [outcome for outcome in outcomes if outcome.check_id not in declared]
        yield _result(table.name, COLUMNS, implied)
        for check in table.checks:
            yield _result(
                table.name, check.id, [outcome for outcome in outcomes if outcome.check_id == check.id]
            )


def _result(table_name: str, check_id: str, outcomes: Sequence[CheckOutcome]) -> dg.AssetCheckResult:
    """A row that fails is rejected or flagged and the month goes on, so that a failure is a warning.

    Where a breach kept the rows from being judged there is no outcome, and the check has not passed.
    """
    failed = [outcome for outcome in outcomes if not outcome.passed]
    metadata: dict[str, dg.RawMetadataValue] = {"failed_rows": sum(outcome.failed_rows for outcome in failed)}
    if failed:
        metadata["rows"] = records(
            ("filing", "evidence", "observed", "row_key", "check", "severity"),
            (
                (
                    *(row.accession_number, row.evidence, row.observed, row.row_key),
                    *(outcome.check_id, outcome.severity),
                )
                for outcome in failed
                for row in outcome.examples
            ),
        )
    return dg.AssetCheckResult(
        check_name=check_name(table_name, check_id),
        passed=bool(outcomes) and not failed,
        severity=dg.AssetCheckSeverity.WARN,
        description=(
            " ".join(f"{outcome.failed_rows} rows fail: {outcome.sentence}" for outcome in failed)
            or (None if outcomes else "The rows could not be judged: see the check `structure`.")
        ),
        metadata=metadata,
    )
