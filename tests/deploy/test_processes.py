"""What the pods start, started here: the webserver shows the code server's assets, and the daemon has a month
run as a Job, and again when that Job is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests

from assets.postgres_storage import SETTING
from tests.conftest import MONTH
from tests.deploy.cluster import ClusterOfProcesses, running_cluster
from tests.deploy.manifests import FOLDER, container, parsed, pods, written
from tests.deploy.runs import environment_without_settings, instance_outside
from tests.postgres_server import PostgresServer

PATIENCE = 120.0
"""Seconds; all of it takes some forty, on a busy machine far more."""
_SELECTOR = {
    "repositoryLocationName": "exit_charges",
    "repositoryName": "__repository__",
    "pipelineName": "month",
}
_LAUNCH = """mutation ($parameters: ExecutionParams!) {
  launchRun(executionParams: $parameters) { __typename ... on LaunchRunSuccess { run { runId } } } }"""
T = TypeVar("T")


class Deployed:
    """Webserver, daemon and code server as processes, and the cluster in which runs are Jobs."""

    def __init__(self, address: str, cluster: ClusterOfProcesses, home: Path, logs: Path) -> None:
        self.address = address
        self.cluster = cluster
        self.home = home
        self._logs = logs

    def ask(self, query: str, **variables: object) -> Any:
        """The data that the webserver answers a query with."""
        asked = {"query": query, "variables": variables}
        answer = requests.post(f"{self.address}/graphql", json=asked, timeout=60)
        assert answer.ok, answer.text
        assert "errors" not in answer.json(), answer.text
        return answer.json()["data"]

    def wait_for(self, found: Callable[[], T | None]) -> T:
        """What `found` gives once it gives anything."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if (value := found()) is not None:
                return value
            time.sleep(0.3)
        pytest.fail("\n".join(log.read_text()[-3000:] for log in sorted(self._logs.glob("*.log"))))

    def runs(self) -> list[dict[str, Any]]:
        """All runs, the newest first."""
        query = "{ runsOrError { ... on Runs { results { runId status parentRunId } } } }"
        return list(self.ask(query)["runsOrError"]["results"])


@pytest.fixture(scope="module")
def deployed(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """All of it with an empty home and database; the names of services are this machine."""
    folder = tmp_path_factory.mktemp("pods")
    home, dagster_home, logs = (folder / name for name in ("home", "dagster", "logs"))
    for place in (dagster_home, logs):
        place.mkdir()
    ports = {name: _free_port() for name in ("code-server", "webserver")}
    environment = {
        **environment_without_settings(),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DAGSTER_HOME": str(dagster_home),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        SETTING: postgres_server.new_database(),
    }
    settings = {**environment, "EXIT_CHARGES_HOME": str(home), "EXIT_CHARGES_SOURCE": "sample"}
    (folder / "workspace.yaml").write_text(_workspace(ports["code-server"]), encoding="utf-8")
    with running_cluster(settings) as cluster, ExitStack() as started:
        configuration = instance_outside(folder, cluster.server)
        configuration["run_launcher"]["config"]["dagster_home"] = str(dagster_home)
        configuration["run_monitoring"]["poll_interval_seconds"] = 2
        (dagster_home / "dagster.yaml").write_text(written(configuration), encoding="utf-8")
        for name, pod in pods().items():
            arguments = [_here(word, ports.get(name), folder) for word in container(pod)["args"]]
            own = {one["name"]: one["value"] for one in container(pod).get("env", [])}
            given = settings if name == "code-server" else environment
            started.enter_context(_process(arguments, {**given, **own}, logs / f"{name}.log"))
        pods_here = Deployed(f"http://127.0.0.1:{ports['webserver']}", cluster, home, logs)
        pods_here.wait_for(lambda: _answers(pods_here.address))
        yield pods_here


def _workspace(port: int) -> str:
    workspace = parsed((FOLDER / "workspace.yaml").read_text(encoding="utf-8"))
    workspace["load_from"][0]["grpc_server"] |= {"host": "127.0.0.1", "port": port}
    return written(workspace)


def _here(word: str, port: int | None, folder: Path) -> str:
    """An argument of a pod as it is on this machine."""
    if word.startswith("--host="):
        return "--host=127.0.0.1"
    if word.startswith("--port="):
        return f"--port={port}"
    return word.replace("/etc/exit-charges/", f"{folder}/")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def _process(arguments: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            arguments, env=environment, cwd=log.parent, stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield
        finally:
            process.terminate()  # as Kubernetes ends a pod
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _answers(address: str) -> bool | None:
    try:
        return requests.get(f"{address}/server_info", timeout=5).ok or None
    except requests.RequestException:
        return None


def test_the_webserver_lists_the_code_location_and_its_assets(deployed: Deployed) -> None:
    def assets() -> set[str] | None:
        query = "{ assetNodes { assetKey { path } repository { location { name } } } }"
        found = deployed.ask(query)["assetNodes"]
        assert {node["repository"]["location"]["name"] for node in found} <= {"exit_charges"}
        return {"/".join(node["assetKey"]["path"]) for node in found} or None

    keys = deployed.wait_for(assets)
    assert {"edgar/filing_index", "staged/exit_charges", "published/charges", "warehouse/database"} <= keys


def test_a_month_is_run_as_a_job_and_again_when_it_is_killed(deployed: Deployed) -> None:
    tags = [{"key": "dagster/partition", "value": MONTH}]
    parameters = {"selector": _SELECTOR, "executionMetadata": {"tags": tags}}
    launched = deployed.ask(_LAUNCH, parameters=parameters)["launchRun"]
    assert launched["__typename"] == "LaunchRunSuccess", launched
    first = launched["run"]["runId"]

    def has(status: str, parent: str | None = None) -> bool | None:
        return (status, parent) in {(run["status"], run["parentRunId"]) for run in deployed.runs()} or None

    deployed.wait_for(lambda: has("STARTED"))
    deployed.cluster.kill(f"dagster-run-{first}")
    deployed.wait_for(lambda: has("FAILURE"))
    deployed.wait_for(lambda: has("SUCCESS", parent=first))
    assert (deployed.home / "warehouse" / "charges" / f"filed_month={MONTH}" / "part-0.parquet").exists()
    assert len(deployed.cluster.jobs) == 2
    assert deployed.cluster.refused == []
