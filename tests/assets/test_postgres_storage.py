"""Dagster's storage in PostgreSQL, by one setting: the same records, for every process, and back again."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster_postgres import PostgresEventLogStorage, PostgresRunStorage, PostgresScheduleStorage

from assets.claims import claim, mend_abandoned_runs
from assets.definitions import defs
from assets.instance import instance_directory, open_instance, prepare_instance
from assets.month_runs import run_months
from assets.postgres_storage import SETTING
from pipeline.errors import ConfigurationError, StorageError
from pipeline.settings import Settings, load_settings
from tests.conftest import MONTH, settings_for
from tests.postgres_server import ESCAPED_PASSWORD, PASSWORD, PostgresServer

FIGURES = dg.AssetKey(["staged", "exit_charges"])


def _settings(home: Path, url: str) -> Settings:
    return load_settings({"EXIT_CHARGES_HOME": str(home), "EXIT_CHARGES_SOURCE": "sample", SETTING: url})


@pytest.fixture(scope="module")
def run_home(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home whose sample month was run with its runs in PostgreSQL."""
    settings = _settings(tmp_path_factory.mktemp("home"), postgres_server.new_database())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, settings.dagster_storage or "")
        assert [outcome.problem for outcome in run_months(settings, [MONTH])] == [None, None]
    return settings


@pytest.fixture
def as_the_ui(run_home: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """The instance as the webserver and the daemon open it: by its directory alone."""
    monkeypatch.setenv(SETTING, run_home.dagster_storage or "")
    with dg.DagsterInstance.from_config(str(instance_directory(run_home))) as instance:
        yield instance


def test_runs_events_and_schedules_are_in_postgresql(as_the_ui: dg.DagsterInstance) -> None:
    assert isinstance(as_the_ui.run_storage, PostgresRunStorage)
    assert isinstance(as_the_ui.event_log_storage, PostgresEventLogStorage)
    assert isinstance(as_the_ui.schedule_storage, PostgresScheduleStorage)


def test_materializations_and_check_results_can_be_read_again(as_the_ui: dg.DagsterInstance) -> None:
    assert as_the_ui.get_runs_count() == 2
    assert as_the_ui.get_materialized_partitions(dg.AssetKey(["published", "charges"])) == {MONTH}
    assert as_the_ui.get_latest_materialization_event(dg.AssetKey(["warehouse", "database"])) is not None
    [record] = as_the_ui.event_log_storage.get_asset_check_execution_history(
        dg.AssetCheckKey(FIGURES, "structure"), limit=5
    )
    assert record.partition == MONTH
    assert record.status.value == "SUCCEEDED"


def test_what_dagster_hands_to_its_processes_names_no_password(
    run_home: Settings, as_the_ui: dg.DagsterInstance
) -> None:
    told = str(as_the_ui.get_ref().to_dict()) + str(as_the_ui.info_dict())
    written = [file.read_bytes() for file in instance_directory(run_home).rglob("*") if file.is_file()]
    for password in (PASSWORD, ESCAPED_PASSWORD):
        assert password not in told
        assert not any(password.encode() in content for content in written)


def test_the_setting_may_stand_in_the_env_file(
    run_home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"{SETTING}={run_home.dagster_storage}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with dg.DagsterInstance.from_config(str(instance_directory(run_home))) as instance:
        assert instance.get_runs_count() == 2


def test_without_the_setting_it_is_sqlite_again(tmp_path: Path, postgres_url: str) -> None:
    directory = prepare_instance(settings_for(tmp_path))
    before = (directory / "dagster.yaml").read_text(encoding="utf-8")
    prepare_instance(_settings(tmp_path, postgres_url))
    assert "assets.postgres_storage" in (directory / "dagster.yaml").read_text(encoding="utf-8")
    with open_instance(settings_for(tmp_path)) as instance:
        assert isinstance(instance.event_log_storage, SqliteEventLogStorage)
    assert (directory / "dagster.yaml").read_text(encoding="utf-8") == before


def test_what_was_changed_in_the_configuration_stays(tmp_path: Path, postgres_url: str) -> None:
    directory = prepare_instance(settings_for(tmp_path))
    own = "telemetry:\n  enabled: false\n# mine\n"
    (directory / "dagster.yaml").write_text(own, encoding="utf-8")
    for settings in (_settings(tmp_path, postgres_url), settings_for(tmp_path)):
        prepare_instance(settings)
        assert "# mine" in (directory / "dagster.yaml").read_text(encoding="utf-8")
    assert (directory / "dagster.yaml").read_text(encoding="utf-8") == own


def test_two_storages_are_refused(tmp_path: Path, postgres_url: str) -> None:
    directory = prepare_instance(settings_for(tmp_path))
    (directory / "dagster.yaml").write_text("storage:\n  sqlite:\n    base_dir: x\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"dagster\.yaml has a storage of its own; take it out"):
        prepare_instance(_settings(tmp_path, postgres_url))


def test_a_process_that_lacks_the_setting_says_so(run_home: Settings) -> None:
    with (
        pytest.raises(ConfigurationError, match=f"{SETTING} is not set"),
        dg.DagsterInstance.from_config(str(instance_directory(run_home))),
    ):
        pass


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((r":\d+/", ":1/"), "refused"),
        ((ESCAPED_PASSWORD, "secret"), "password authentication failed"),
        (("/test_", "/no_such_"), "does not exist"),
    ],
)
def test_a_storage_that_does_not_answer_is_one_sentence(
    tmp_path: Path, postgres_url: str, wrong: tuple[str, str], said: str
) -> None:
    url = re.sub(*wrong, postgres_url)
    with pytest.raises(StorageError) as problem, open_instance(_settings(tmp_path, url)):
        pass
    message = str(problem.value)
    assert SETTING in message
    assert said in message
    assert "\n" not in message
    assert not any(password in message for password in ("secret", PASSWORD, ESCAPED_PASSWORD))
    assert not instance_directory(_settings(tmp_path, url)).exists()


def test_an_instance_mends_its_own_runs_only(tmp_path: Path) -> None:
    """Several hosts may share a storage, each with a directory of its own."""
    job = defs.resolve_job_def("database")
    with dg.DagsterInstance.ephemeral() as instance, claim(tmp_path / "here") as tags:
        run = instance.create_run_for_job(job, tags=tags, status=dg.DagsterRunStatus.STARTED)
        assert mend_abandoned_runs(instance, tmp_path / "there") == []
        assert instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.STARTED  # type: ignore[union-attr]


def test_runs_that_ask_for_a_pool_at_once_do_not_fail(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor those after a change of the default limit, which Dagster itself does not survive on PostgreSQL."""
    settings = _settings(tmp_path, postgres_url)
    monkeypatch.setenv(SETTING, postgres_url)
    with open_instance(settings) as one, open_instance(settings) as other:
        for instance in (one, other):
            assert instance.event_log_storage.initialize_concurrency_limit_to_default("edgar")
    configuration = instance_directory(settings) / "dagster.yaml"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace("default_limit: 4", "default_limit: 6"), encoding="utf-8")
    with open_instance(settings) as changed:
        assert changed.event_log_storage.initialize_concurrency_limit_to_default("edgar")
        assert changed.event_log_storage.get_concurrency_info("edgar").slot_count == 6


def test_making_the_instance_ready_makes_the_tables(tmp_path: Path, postgres_url: str) -> None:
    def make(url: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "assets.instance"],
            env={**os.environ, "EXIT_CHARGES_HOME": str(tmp_path), SETTING: url},
            capture_output=True,
            text=True,
            check=False,
        )

    made = make(postgres_url)
    assert made.returncode == 0, made.stderr
    assert made.stdout.strip() == str(tmp_path / "dagster")
    refused = make("postgresql://u:secret@127.0.0.1:1/db")
    assert refused.returncode == 1
    assert refused.stderr.startswith("exit-charges: The PostgreSQL of EXIT_CHARGES_DAGSTER_STORAGE")
    assert "secret" not in refused.stderr
