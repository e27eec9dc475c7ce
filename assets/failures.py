"""Errors of the domain as failures of a step.

Here belongs which of them are worth another try. How often and when does not: see each asset's retry
policy.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from pipeline.errors import BlockedError, ExitChargesError, SourceError


@contextmanager
def plain_failures() -> Iterator[None]:
    """Turn the project's errors into failures that say one sentence; only a silent source is tried
    again."""
    try:
        yield
    except ExitChargesError as problem:
        worth_another_try = isinstance(problem, SourceError) and not isinstance(problem, BlockedError)
        raise dg.Failure(description=str(problem), allow_retries=worth_another_try) from problem
