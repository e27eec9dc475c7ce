"""What several packages' tests need: a home in which a sample month was run."""

from pathlib import Path

import pytest

from pipeline.settings import Settings, load_settings

MONTH = "2008-10"
"""The sample month with the seed filing."""


def settings_for(home: Path, source: str = "sample") -> Settings:
    """The settings of a home, whatever the environment says."""
    return load_settings({"EXIT_CHARGES_HOME": str(home), "EXIT_CHARGES_SOURCE": source})


@pytest.fixture(autouse=True)
def _no_settings_from_outside(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Tests see neither the environment's settings nor those of another instance."""
    for name in ("HOME", "SOURCE", "IDENTITY", "REQUESTS_PER_SECOND", "COMPANIES"):
        monkeypatch.delenv(f"EXIT_CHARGES_{name}", raising=False)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    # A block that a test's replica asks for is no matter of the runs on this machine, nor of other tests.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")


@pytest.fixture(scope="session")
def month_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the sample month was run through Dagster, and the database built. For reading only."""
    from assets.month_runs import run_months

    home = tmp_path_factory.mktemp("month-home")
    for outcome in run_months(settings_for(home), [MONTH]):
        assert outcome.problem is None, outcome
    return home
