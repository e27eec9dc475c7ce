"""The benchmark of judging and publishing runs, on one month."""

import pytest

from benchmarks.months import FILINGS, main


def test_one_month(capsys: pytest.CaptureFixture[str]) -> None:
    main(1)
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(f"1 months, {4 * FILINGS} charges: judged in ")
    assert told.endswith(" MB")
