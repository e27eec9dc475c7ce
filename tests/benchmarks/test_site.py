"""The benchmark of the site runs, on one month."""

import shutil

import pytest

from benchmarks.site import FILINGS, main


@pytest.mark.skipif(shutil.which("chromium") is None, reason="There is no Chromium: apt install chromium")
def test_one_month(capsys: pytest.CaptureFixture[str]) -> None:
    main(1, None)
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(f"{FILINGS} filings: built in ")
    assert " 0 of them written" in told
    assert "The list opens in " in told
    assert told.endswith(" ms")
