"""The benchmark of judging, publishing and querying runs, on one month."""

import pytest

from benchmarks.months import FILINGS, main


def test_one_month(capsys: pytest.CaptureFixture[str]) -> None:
    main(1)
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(f"1 months, {4 * FILINGS} charges: ")
    assert "queries of the cookbook: the slowest took" in told
