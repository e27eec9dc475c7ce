"""The benchmark of releases runs, on two months."""

import pytest

from benchmarks.months import FILINGS
from benchmarks.releases import main


def test_two_months(capsys: pytest.CaptureFixture[str]) -> None:
    main(2)
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(f"2 months, {2 * 4 * FILINGS} charges: released in ")
    assert told.endswith(" MB of memory")
