"""The benchmark of loading into PostgreSQL runs, on two months."""

import pytest

from benchmarks.months import FILINGS
from benchmarks.postgres_load import main


@pytest.mark.usefixtures("postgres_server")
def test_two_months(capsys: pytest.CaptureFixture[str]) -> None:
    main(2)
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(f"2 months, {2 * 4 * FILINGS} charges, ")
    assert "Without news: 2 months looked at" in told
    assert "With 1 month anew" in told
    assert "plans: " in told
