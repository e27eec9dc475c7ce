"""A backfill of all months since 2004-08 through Dagster's daemon, against an EDGAR on loopback.

`python -m benchmarks.backfill [--filings 8000] [--kills 0] [--months 24] [--workers 2]`; all months take the
better part of an hour, so `make bench` leaves it out. Webserver and daemon are started as `make ui` starts
them, and the backfill is asked for as the UI asks for it. With kills, everything (webserver, daemon, code
server and runs) is killed so often on the way, and started again. With workers, steps are executed by so many
Dask workers, runs are kept in a PostgreSQL, and what is killed is a worker, for which none is started.

The last line has the digest of all published files, so that two backfills can be compared.
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg
import requests
from rich.console import Console

from assets.definitions import defs
from assets.instance import open_instance, prepare_instance
from assets.partitions import MONTHS
from benchmarks.acquisition import busiest_second
from pipeline.settings import Settings, load_settings
from pipeline.warehouse.query import run_query
from pipeline.warehouse.records import recorded_months
from tests.dask_cluster import DaskCluster, running_cluster
from tests.postgres_server import running_server
from tests.replica.replica import running_replica
from tests.replica.tiny_edgar import TinyEdgar

ROOT = Path(__file__).parents[1]
_DOCUMENT = """<p>Item 2.05 Costs Associated with Exit or Disposal Activities.</p>
<p>On {day:%B} {day.day}, {day.year}, {name} committed to a plan to close its plant in Example City. It
expects to record charges of approximately ${total:.1f} million, consisting of ${severance:.1f} million of
severance for about {people} employees and ${lease:.1f} million of lease termination costs, all of which will
be paid in cash. The plan is to be completed by the end of {day.year}.</p>
<p>Item 9.01 Financial Statements and Exhibits.</p>
"""
_LAUNCH = """mutation($parameters: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $parameters) {
    __typename
    ... on LaunchBackfillSuccess { backfillId }
    ... on PythonError { message }
  }
}"""
_STATE = """query($id: String!) {
  partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill { status } }
}"""
_UNDER_WAY = {"REQUESTED", "CANCELING", "COMPLETING"}
_LONGEST_START_SECONDS = 180


@dataclass(slots=True)
class Backfill:
    """How it went."""

    months: int
    filings: int
    seconds: float = 0.0
    seconds_again: float | None = None
    """With nothing new; only after a backfill that was not killed."""
    status: str = ""
    runs: Counter[str] = field(default_factory=Counter)
    """Runs by how they ended."""
    run_seconds: list[float] = field(default_factory=list)
    """Of each run that succeeded, from the start of its process to its end."""
    published: int = 0
    """Months that are complete in the end."""
    read: int = 0
    """Filings in the table `filings` that were read."""
    charges: int = 0
    requests: int = 0
    busiest: int = 0
    """The most requests in any second, as the server saw them come."""
    begun_again: int = 0
    """Steps that a worker began and another had to do."""
    digest: str = ""
    """Of all files of the published months."""


def write_archive(root: Path, months: Sequence[str], filings: int) -> None:
    """An EDGAR with so many filings with Item 2.05, spread evenly over the months."""
    edgar = TinyEdgar(root)
    for number in range(filings):
        day = dt.date.fromisoformat(f"{months[number % len(months)]}-{number // len(months) % 25 + 1:02d}")
        cik = f"{number % 3000 + 1:010d}"
        name = f"EXAMPLE {int(cik)} CORP"
        severance, lease = 1 + number % 37 / 10, 2 + number % 23 / 10
        edgar.add(
            f"{900 + number % 7:010d}-{day:%y}-{number:06d}",
            day.isoformat(),
            cik,
            name,
            document=_DOCUMENT.format(
                day=day,
                name=name,
                severance=severance,
                lease=lease,
                total=severance + lease,
                people=100 + number % 400,
            ),
        )


@contextmanager
def dagster(settings: Settings, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Webserver and daemon of a home, in a session of processes of their own that ends with the context."""
    home = Path(str(settings.home))
    environment = {**os.environ, "DAGSTER_HOME": str(prepare_instance(settings))}
    command = [sys.executable, "-m", "dagster", "dev", "--workspace", "workspace.yaml"]
    with (home / "dagster.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_until_it_answers(process, port)
        yield process
    finally:
        kill_session(process.pid)
        process.wait()


def kill_session(leader: int) -> None:
    """Kill without warning every process of the session; not all that Dagster starts are its children."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(stat[3]) == leader:
                    os.kill(int(folder.name), signal.SIGKILL)
            except OSError:
                continue


@contextmanager
def _workers(folder: Path, number: int, known: Mapping[str, str]) -> Iterator[DaskCluster | None]:
    """So many workers that know their surroundings, and with them the setting of this process; or none."""
    if not number:
        yield None
        return
    with running_server() as server:
        os.environ["EXIT_CHARGES_DAGSTER_STORAGE"] = server.new_database()
        (folder / "workers").mkdir()
        with running_cluster(folder / "workers", number, known) as cluster:
            os.environ["EXIT_CHARGES_DASK"] = cluster.address
            with open_instance(load_settings()):  # makes the tables, before several processes want them
                pass
            yield cluster


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _LONGEST_START_SECONDS
    while True:
        assert process.poll() is None, "Dagster has ended"
        try:
            if requests.get(f"http://127.0.0.1:{port}/server_info", timeout=5).ok:
                return
        except requests.RequestException:
            assert time.monotonic() < deadline, "Dagster does not answer"
        time.sleep(0.5)


def _ask(port: int, query: str, **variables: Any) -> Any:
    answer = requests.post(
        f"http://127.0.0.1:{port}/graphql", json={"query": query, "variables": variables}, timeout=60
    )
    answer.raise_for_status()
    return answer.json()["data"]


def launch(port: int, months: Sequence[str]) -> str:
    """Ask for a backfill of all partitioned assets, as the UI does; returns its id."""
    keys = [spec.key for spec in defs.resolve_all_asset_specs() if spec.partitions_def == MONTHS]
    parameters = {
        "assetSelection": [{"path": list(key.path)} for key in keys],
        "partitionNames": list(months),
        "tags": [],
    }
    answer = _ask(port, _LAUNCH, parameters=parameters)["launchPartitionBackfill"]
    assert answer["__typename"] == "LaunchBackfillSuccess", answer
    return str(answer["backfillId"])


def run(folder: Path, filings: int, kills: int, months: Sequence[str], workers: int = 0) -> Backfill:
    """The backfill, killed so often at even distances; one that was not killed is done again at its end."""
    write_archive(folder / "edgar", months, filings)
    home = folder / "home"
    home.mkdir()
    outcome = Backfill(len(months), filings)
    moments = [len(months) * number // (kills + 1) for number in range(1, kills + 1)]
    with running_replica(folder / "edgar") as replica:
        known = {
            "EXIT_CHARGES_HOME": str(home),
            "EXIT_CHARGES_SOURCE": replica.base_url,
            "EXIT_CHARGES_IDENTITY": "Jane Doe jane.doe@example.org",
            "EXIT_CHARGES_REQUESTS_PER_SECOND": "10",
            "PYTHONWARNINGS": "ignore",
        }
        os.environ.update(known)
        with _workers(folder, workers, known) as cluster:
            settings = load_settings()
            kill = cluster.kill_a_busy_worker if cluster else None
            outcome.seconds, outcome.status = _complete(settings, months, moments, kill)
            outcome.requests, outcome.busiest = len(replica.moments), busiest_second(replica.moments)
            outcome.digest = _digest(home)
            _count(settings, outcome)
            if not kills:
                outcome.seconds_again, status_again = _complete(settings, months, [])
                assert status_again == outcome.status
                assert _digest(home) == outcome.digest
    return outcome


def _complete(
    settings: Settings, months: Sequence[str], moments: Sequence[int], kill: Callable[[], None] | None = None
) -> tuple[float, str]:
    """A backfill, killed at each of these numbers of published months; its seconds and how it ended.

    What is killed is everything of Dagster's, which is started again, or what `kill` kills.
    """
    port, left, backfill_id = _free_port(), list(moments), ""
    while True:
        with dagster(settings, port):
            if not backfill_id:
                begun, backfill_id = time.monotonic(), launch(port, months)
            while True:
                state = _ask(port, _STATE, id=backfill_id)["partitionBackfillOrError"]["status"]
                if state not in _UNDER_WAY:
                    return time.monotonic() - begun, str(state)
                if left and len(recorded_months(settings.home)) >= left[0]:
                    del left[0]
                    if kill is None:
                        break
                    kill()
                time.sleep(1.0)


def _digest(home: Path) -> str:
    warehouse = home / "warehouse"
    files = [*warehouse.glob("*/filed_month=*/part-0.parquet"), *(warehouse / "_months").glob("????-??.json")]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(home)} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return f"{digest.hexdigest()} of {len(files)} files"


def _count(settings: Settings, outcome: Backfill) -> None:
    from assets.month_runs import run_months

    outcome.published = len(recorded_months(settings.home))
    with open_instance(settings) as instance:
        for record in instance.get_run_records():
            outcome.runs[record.dagster_run.status.value] += 1
            if record.dagster_run.status is dg.DagsterRunStatus.SUCCESS:
                assert record.start_time is not None
                assert record.end_time is not None
                outcome.run_seconds.append(record.end_time - record.start_time)
            begun = Counter(
                one.dagster_event.step_key
                for one in instance.all_logs(
                    record.dagster_run.run_id, of_type=dg.DagsterEventType.STEP_WORKER_STARTED
                )
                if one.dagster_event is not None
            )
            outcome.begun_again += sum(number - 1 for number in begun.values())
    assert [one.problem for one in run_months(settings, [])] == [None]
    query = "select count(*), (select count(*) from charges) from filings where read_status = 'read'"
    outcome.read, outcome.charges = run_query(settings.home, query).rows[0]


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def report(console: Console, filings: int, kills: int, months: Sequence[str], workers: int) -> None:
    """Print how it went."""
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), filings, kills, months, workers)
    killed = f"{workers} workers, {kills} of them killed" if workers else f"{kills} times killed"
    console.print(
        f"Backfill of {found.months} months with {found.filings:,} filings, {killed}: "
        f"{found.status} after {found.seconds:,.0f} s, {found.seconds / found.months:.1f} s a month; "
        f"a run took {statistics.median(found.run_seconds):.1f} s (median) from the start of its process"
    )
    if found.seconds_again is not None:
        console.print(
            f"  again with nothing new {found.seconds_again:,.0f} s, "
            f"{found.seconds_again / found.months:.1f} s a month"
        )
    console.print(
        f"  runs: {json.dumps(found.runs)}; {found.published} months published, {found.read:,} filings read, "
        f"{found.charges:,} charges"
    )
    console.print(
        f"  {found.requests:,} requests, {found.requests / found.seconds:.1f} a second, at most "
        f"{found.busiest} in any second; {found.begun_again} steps begun again by another worker"
    )
    console.print(f"  {found.digest}", soft_wrap=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--filings", type=int, default=8000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--months", type=int, help="only so many, the latest")
    parser.add_argument("--workers", type=int, default=0, help="Dask workers; 0: a process for each run")
    given = parser.parse_args()
    all_months = MONTHS.get_partition_keys()
    report(
        Console(), given.filings, given.kills, all_months[-(given.months or len(all_months)) :], given.workers
    )
