"""Errors of the domain as failures of a step.

Here belongs which of them are worth another try, and how often.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from pipeline.errors import BlockedError, ExitChargesError, SourceError, UnreachableStorageError

EDGAR_AGAIN = dg.RetryPolicy(max_retries=1, delay=30)
"""Each request is tried several times already; a source that is silent for long gets one more look."""
STORAGE_AGAIN = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL)
"""A disk or bucket that did not answer; what the project itself says is wrong stays wrong."""


@contextmanager
def plain_failures() -> Iterator[None]:
    """Turn the project's errors into failures that say one sentence; only a silent source or
    storage is tried again."""
    try:
        yield
    except ExitChargesError as problem:
        silent = isinstance(problem, (SourceError, UnreachableStorageError))
        worth_another_try = silent and not isinstance(problem, BlockedError)
        raise dg.Failure(description=str(problem), allow_retries=worth_another_try) from problem
