"""Which workers may execute steps, and when the settings let there be any."""

import builtins
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.dask_step import refuse_other_terms, terms_of
from assets.definitions import build_definitions
from assets.executor import executor_of
from assets.instance import prepare_instance
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings, load_settings
from tests.conftest import settings_for

SCHEDULER = "tcp://127.0.0.1:1"
STORAGE = "postgresql://u:secret@127.0.0.1:1/db"


def _settings(home: Path, **given: str) -> Settings:
    return load_settings({"EXIT_CHARGES_HOME": str(home), **given})


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "tcp://host", "http://host:8786", "tcp://user@host:8786", "tcp://h:8786/x"]
)
def test_an_address_that_cannot_be_meant_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigurationError, match=r"EXIT_CHARGES_DASK is .* tcp://host:port"):
        _settings(tmp_path, EXIT_CHARGES_DASK=address)


def test_without_the_setting_steps_are_executed_in_the_process_of_the_run(tmp_path: Path) -> None:
    assert executor_of(settings_for(tmp_path)) is dg.in_process_executor


def test_workers_need_a_storage_that_they_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings(tmp_path, EXIT_CHARGES_DASK=SCHEDULER)
    needed = "EXIT_CHARGES_DASK needs EXIT_CHARGES_DAGSTER_STORAGE"
    with pytest.raises(ConfigurationError, match=needed):
        executor_of(settings)
    with pytest.raises(ConfigurationError, match=needed):
        prepare_instance(settings)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("EXIT_CHARGES_DASK", SCHEDULER)
    with pytest.raises(ConfigurationError, match=needed):
        build_definitions()


def test_the_jobs_of_the_definitions_are_executed_by_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    monkeypatch.setenv("EXIT_CHARGES_DASK", SCHEDULER)
    monkeypatch.setenv("EXIT_CHARGES_DAGSTER_STORAGE", STORAGE)
    definitions = build_definitions()
    for name in ("month", "reread", "audit", "database", "site"):
        assert definitions.resolve_job_def(name).executor_def.name == "dask"


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str, *args: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "dagster_dask":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return found(name, *args, **more)

    found = builtins.__import__
    monkeypatch.delitem(sys.modules, "assets.dask_executor", raising=False)
    monkeypatch.setattr(builtins, "__import__", lacking)
    settings = _settings(tmp_path, EXIT_CHARGES_DASK=SCHEDULER, EXIT_CHARGES_DAGSTER_STORAGE=STORAGE)
    with pytest.raises(ConfigurationError, match=r"needs dagster_dask, .*exit-charges\[dask,postgres\]"):
        executor_of(settings)


def test_a_worker_of_the_same_settings_home_and_code_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    refuse_other_terms("tcp://worker", 1, terms_of(load_settings()))


def test_a_worker_of_several_threads_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    with pytest.raises(ConfigurationError, match=r"tcp://worker has 4 threads.*--nthreads 1"):
        refuse_other_terms("tcp://worker", 4, terms_of(load_settings()))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("EXIT_CHARGES_SOURCE", "live"),
        ("EXIT_CHARGES_COMPANIES", "888693"),
        ("EXIT_CHARGES_REQUESTS_PER_SECOND", "9"),
    ],
)
def test_a_worker_of_other_settings_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    terms = terms_of(load_settings())
    monkeypatch.setenv(setting, value)
    with pytest.raises(ConfigurationError, match=f"tcp://worker has '{value}' for {setting}"):
        refuse_other_terms("tcp://worker", 1, terms)


def test_a_worker_of_other_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(tmp_path))
    terms = {**terms_of(load_settings()), "the reader version": "of yesterday"}
    with pytest.raises(ConfigurationError, match="the daemon has 'of yesterday'"):
        refuse_other_terms("tcp://worker", 1, terms)


def test_a_worker_that_sees_another_directory_at_the_place_of_the_home_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(home))
    terms = terms_of(load_settings())
    home.rename(tmp_path / "of the daemon")
    with pytest.raises(ConfigurationError, match=r"has another directory at .*home than the daemon"):
        refuse_other_terms("tcp://worker", 1, terms)
    assert not home.exists()


def test_what_travels_to_a_worker_names_no_password(tmp_path: Path) -> None:
    terms = terms_of(_settings(tmp_path, EXIT_CHARGES_DASK=SCHEDULER, EXIT_CHARGES_DAGSTER_STORAGE=STORAGE))
    assert "secret" not in str(terms)
