"""Which failures of a step are worth another try: those of what did not answer."""

import dagster as dg
import pytest

from assets.failures import plain_failures
from pipeline.errors import (
    BlockedError,
    ConditionRefusedError,
    ExitChargesError,
    SourceError,
    StorageError,
    UnreachableStorageError,
)


@pytest.mark.parametrize(
    ("problem", "again"),
    [
        (SourceError("silent"), True),
        (UnreachableStorageError("silent"), True),
        (StorageError("damaged"), False),
        (ConditionRefusedError("changed"), False),
        (BlockedError("blocked"), False),
    ],
)
def test_only_what_did_not_answer_is_tried_again(problem: ExitChargesError, again: bool) -> None:
    with pytest.raises(dg.Failure) as failure, plain_failures():
        raise problem
    assert failure.value.allow_retries == again
    assert failure.value.description == str(problem)
