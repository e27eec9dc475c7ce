"""What the sensors ask for, at fixed moments, and what a reading anew and an audit do."""

import datetime as dt
import json
import shutil
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import dagster as dg
import pytest

from assets.alerts import SETTING, Failure, tell
from assets.definitions import build_definitions
from assets.sensors import failures_told, new_filing_requests, stale_months
from assets.surroundings import Surroundings
from pipeline.edgar.sample_server import SampleArchive, serve
from pipeline.errors import ConfigurationError
from pipeline.reader_version import reader_version
from pipeline.settings import load_settings
from pipeline.warehouse.published import read_month
from tests.conftest import MONTH, settings_for
from tests.replica.tiny_edgar import TinyEdgar

NOON = dt.datetime(2026, 3, 4, 17, tzinfo=dt.UTC)
"""A Wednesday, noon on the East Coast."""


@pytest.fixture
def read_by_other_code(month_home: Path, tmp_path: Path) -> Path:
    """A home whose month says that another version read it."""
    home = tmp_path / "home"
    shutil.copytree(month_home, home, ignore=shutil.ignore_patterns("dagster"))
    record = home / "warehouse" / "_months" / f"{MONTH}.json"
    record.write_text(record.read_text().replace(reader_version(), "0123456789ab"))
    return home


def test_months_that_other_code_read_are_stale(month_home: Path, read_by_other_code: Path) -> None:
    assert stale_months(settings_for(month_home)) == []
    assert stale_months(settings_for(read_by_other_code)) == [MONTH]


def test_each_stale_month_is_queued_behind_everything_else(read_by_other_code: Path) -> None:
    surroundings = Surroundings(home=str(read_by_other_code), source="sample")
    repository = build_definitions(surroundings).get_repository_def()
    sensor = repository.get_sensor_def("stale_months_reread")
    context = dg.build_sensor_context(repository_def=repository, resources={"surroundings": surroundings})
    requests = sensor.evaluate_tick(context).run_requests or []
    [request] = requests
    assert (request.partition_key, request.run_key) == (MONTH, f"{MONTH} by {reader_version()}")
    assert request.tags["dagster/priority"] == "-10"


def test_reading_anew_asks_nothing_of_edgar_and_leaves_the_month_current(read_by_other_code: Path) -> None:
    # Nothing listens there: whatever were asked would fail.
    surroundings = Surroundings(home=str(read_by_other_code), source="http://127.0.0.1:1")
    with dg.DagsterInstance.ephemeral() as instance:
        result = (
            build_definitions(surroundings)
            .resolve_job_def("reread")
            .execute_in_process(partition_key=MONTH, instance=instance)
        )
    assert result.success
    assert stale_months(settings_for(read_by_other_code)) == []
    assert read_month(settings_for(read_by_other_code).home, MONTH)["charges"].num_rows > 0


@pytest.fixture
def edgar(tmp_path: Path) -> TinyEdgar:
    return TinyEdgar(tmp_path / "edgar")


def _asked_for(base_url: str, home: Path, now: dt.datetime) -> list[str | None]:
    settings = load_settings({}, home=str(home), source=base_url, identity="Jane Doe j@example.org")
    requests = list(new_filing_requests(settings, now))
    return [request.partition_key for request in requests if isinstance(request, dg.RunRequest)]


def test_a_filing_of_today_that_is_not_known_runs_the_month(edgar: TinyEdgar, tmp_path: Path) -> None:
    edgar.add("0000000901-26-000001", "2026-03-03")
    edgar.add("0000000901-26-000002", "2026-03-04", items=("8.01",))
    with serve(SampleArchive(edgar.root)) as base_url:
        assert _asked_for(base_url, tmp_path, NOON) == []
        edgar.add("0000000901-26-000003", "2026-03-04")
        assert _asked_for(base_url, tmp_path, NOON) == ["2026-03"]
        surroundings = Surroundings(home=str(tmp_path), source=base_url)
        with dg.DagsterInstance.ephemeral() as instance:
            index = [dg.AssetKey(["edgar", "filing_index"])]
            built = build_definitions(surroundings).resolve_job_def("month")
            assert built.execute_in_process(
                partition_key="2026-03", instance=instance, asset_selection=index
            ).success
        assert _asked_for(base_url, tmp_path, NOON) == []


@pytest.mark.parametrize(
    "now",
    [
        dt.datetime(2026, 3, 4, 10, 59, tzinfo=dt.UTC),  # 05:59
        dt.datetime(2026, 3, 5, 3, 0, tzinfo=dt.UTC),  # 22:00
        dt.datetime(2026, 3, 7, 17, tzinfo=dt.UTC),  # a Saturday
        dt.datetime(2026, 11, 26, 17, tzinfo=dt.UTC),  # Thanksgiving
    ],
)
def test_nothing_is_asked_while_edgar_is_closed(tmp_path: Path, now: dt.datetime) -> None:
    assert _asked_for("http://127.0.0.1:1", tmp_path, now) == []


def test_the_audit_compares_the_months_index_with_edgars_own(month_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(month_home, home, ignore=shutil.ignore_patterns("dagster"))
    job = build_definitions(Surroundings(home=str(home), source="sample")).resolve_job_def("audit")

    def run() -> dg.ExecuteInProcessResult:
        with dg.DagsterInstance.ephemeral() as instance:
            return job.execute_in_process(partition_key=MONTH, instance=instance, raise_on_error=False)

    assert run().success
    index = home / "raw" / "index" / f"{MONTH}.json"
    content = json.loads(index.read_bytes())
    gone = content["filings"].pop()
    index.write_text(json.dumps(content))
    second = run()
    assert not second.success
    [observation] = [
        event.asset_observation_data.asset_observation
        for event in second.all_events
        if event.event_type is dg.DagsterEventType.ASSET_OBSERVATION
    ]
    assert observation.partition == MONTH
    table = observation.metadata["differences_from_the_indexes"]
    assert isinstance(table, dg.TableMetadataValue)
    assert [(row.data["filing"], row.data["here"], row.data["indexes"]) for row in table.records] == [
        (gone["accession_number"], "no", "yes")
    ]


FAILURE = Failure("month", "2024-01", "some-run", "EDGAR did\nnot answer")


def test_a_failure_is_given_to_a_command(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    script = f"import sys, pathlib; pathlib.Path({str(told)!r}).write_bytes(sys.stdin.buffer.read())"
    assert tell(FAILURE, f'{sys.executable} -c "{script}"')
    found = json.loads(told.read_bytes())
    assert found["text"] == "exit-charges: month 2024-01 failed: EDGAR did not answer"
    assert (found["month"], found["run_id"]) == ("2024-01", "some-run")


def test_a_failure_is_posted_to_a_webhook() -> None:
    received: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.handle_request, daemon=True)
    thread.start()
    assert tell(FAILURE, f"http://127.0.0.1:{server.server_port}/hook")
    thread.join(5)
    server.server_close()
    assert json.loads(received[0])["job"] == "month"


def test_without_a_setting_nobody_is_told() -> None:
    assert not tell(FAILURE, load_settings({}).alert)


def test_the_sensor_tells_what_the_step_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Failure, str | None]] = []
    monkeypatch.setattr("assets.sensors.tell", lambda failure, target: told.append((failure, target)))
    monkeypatch.setenv(SETTING, "https://chat.example.org/hook")
    surroundings = Surroundings(home=str(tmp_path), source="http://127.0.0.1:1")
    with dg.DagsterInstance.ephemeral() as instance:
        result = (
            build_definitions(surroundings)
            .resolve_job_def("audit")
            .execute_in_process(partition_key=MONTH, instance=instance, raise_on_error=False)
        )
        context = dg.build_run_status_sensor_context(
            "failures_told",
            result.get_run_failure_event(),
            instance,
            result.dagster_run,
            resources={"surroundings": surroundings},
        ).for_run_failure()
        failures_told(context)
    [(failure, target)] = told
    assert target == "https://chat.example.org/hook"
    assert (failure.job, failure.month) == ("audit", MONTH)
    assert "nobody asked for the filings of 2008-10 yet" in failure.message


@pytest.mark.parametrize("target", ["false", "no-such-command-at-all", "http://127.0.0.1:1/", '"'])
def test_a_target_that_does_not_take_it_is_one_sentence(target: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{SETTING} is .*set it to a URL or a command"):
        tell(FAILURE, target)
