"""Running a table's checks with Great Expectations on an Arrow-backed pandas frame.

Great Expectations takes seconds to import, so it is imported where a suite runs and nowhere else.
"""

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import polars as pl

from pipeline.errors import ExitChargesError
from pipeline.tables.model import Check

ROW_KEY = "row_key"
"""The column by which results name a failing row."""


def failing_rows(table_name: str, frame: pl.DataFrame, checks: Sequence[Check]) -> dict[str, list[str]]:
    """Run the checks: all of them in one validation, then those that failed once more for the failing rows.

    Asking for the rows costs Great Expectations more than twice the time of a bare verdict, and most checks
    pass.

    Args:
        table_name: for messages.
        frame: the table's columns, those that `derived` checks name, and ROW_KEY; no two rows of one key.
        checks: the table's checks; each id is in the answer.

    Returns:
        By check id, the keys of the rows that fail it, in the frame's order.

    Raises:
        ExitChargesError: a check crashed; that is an error and never a verdict.
    """
    if frame.is_empty():
        return {check.id: [] for check in checks}
    used = {ROW_KEY, *(name for check in checks for name in _columns_read(check))}
    batch = _batch_definition().get_batch(
        {"dataframe": frame.select(sorted(used)).to_pandas(use_pyarrow_extension_array=True)}
    )
    verdicts = _validate(table_name, batch, checks, {"result_format": "BOOLEAN_ONLY"})
    failed = [check for check in checks if not verdicts[check.id].success]
    by_row = {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW_KEY]}
    rows = _validate(table_name, batch, failed, by_row) if failed else {}
    return {
        check.id: [entry[ROW_KEY] for entry in rows[check.id].result["unexpected_index_list"]]
        if check.id in rows
        else []
        for check in checks
    }


def _validate(
    table_name: str, batch: Any, checks: Sequence[Check], result_format: Mapping[str, Any]
) -> dict[str, Any]:
    """Great Expectations' result of each check, by id."""
    gx = _great_expectations()
    suite = gx.ExpectationSuite(
        name=table_name,
        expectations=[
            _expectation(check.expectation)(**check.arguments, meta={"check": check.id}) for check in checks
        ],
    )
    results = {}
    for result in batch.validate(suite, result_format=result_format).results:
        check_id = result.expectation_config.meta["check"]
        if problem := _crash(result.exception_info):
            raise ExitChargesError(
                f"The check {check_id} of {table_name} crashed and gave no verdict: {problem}. Nothing of "
                "the month is published; correct the check or the table's schema."
            )
        results[check_id] = result
    return results


def _columns_read(check: Check) -> set[str]:
    return {value for name, value in check.arguments.items() if name in ("column", "column_A", "column_B")}


def _crash(exception_info: Mapping[str, Any]) -> str | None:
    """The message of an expectation that raised: flat, or nested by metric."""
    entries = [exception_info] if "raised_exception" in exception_info else exception_info.values()
    for entry in entries:
        if entry["raised_exception"]:
            return str(entry["exception_message"])
    return None


@cache
def _expectation(name: str) -> Any:
    """Great Expectations' class, whose instances compute their configuration once.

    A validation asks each instance for it some seventy times, and computing it takes a third of the whole.
    The instances are made for one validation, and nothing of them is changed after that.
    """
    base = getattr(_great_expectations().expectations, name)
    from great_expectations.compatibility.pydantic import PrivateAttr

    def configuration(self: Any) -> Any:
        if self._configuration is None:
            self._configuration = base.configuration.fget(self)
        return self._configuration

    members = {
        "__module__": __name__,
        "_configuration": PrivateAttr(default=None),
        "configuration": property(configuration),
    }
    return type(base)(f"Remembering{name}", (base,), members)


@cache
def _great_expectations() -> Any:
    with warnings.catch_warnings(), _no_spark():
        # Importing it warns of deprecated modules that its own code uses.
        warnings.simplefilter("ignore", DeprecationWarning)
        import great_expectations as gx
    return gx


@contextmanager
def _no_spark() -> Iterator[None]:
    """Without a Spark that is installed, which Great Expectations would import.

    It is not used here, and importing all of it (pyspark 4.3) warns of pandas and ends a process that has no
    main module yet, such as one that multiprocessing spawns.
    """
    if "pyspark" in sys.modules:
        yield
        return
    sys.modules["pyspark"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["pyspark"]


@cache
def _batch_definition() -> Any:
    gx = _great_expectations()
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False),
        ),
    )
    asset = context.data_sources.add_pandas("staged").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("month")
