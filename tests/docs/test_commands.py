"""Every command that the documentation shows runs, and prints what the documentation says it prints."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from tests.archives.spark_home import spark_environment
from tests.dask_cluster import running_cluster
from tests.s3_server import S3Server

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```sh\n(.*?)^```(?:\s*^```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A command of a page; `output` is the block right behind it."""

    page: str
    environment: tuple[tuple[str, str], ...]
    command: tuple[str, ...]
    output: str | None


def _shown() -> list[Shown]:
    found = []
    for page in PAGES:
        for block, output in _BLOCK.findall(page.read_text(encoding="utf-8")):
            exported: dict[str, str] = {}
            for line in block.replace("\\\n", " ").splitlines():
                words = shlex.split(line, comments=True)
                given = {}
                if words and words[0] == "export":
                    exported.update(
                        (name, value) for name, _, value in (word.partition("=") for word in words[1:])
                    )
                    continue
                while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                    name, value = words.pop(0).split("=", 1)
                    given[name] = value
                if words:
                    environment = tuple({**exported, **given}.items())
                    found.append(Shown(page.name, environment, tuple(words), output or None))
    return found


SHOWN = _shown()
OURS = [shown for shown in SHOWN if shown.command[0].endswith("exit-charges")]
WRITING = ("release", "reconcile", "show", "site", "load-delta")
"""Commands that write into the home."""
_BUCKET = "s3://bucket/"
"""The pages' object storage, for which tests have one of their own."""
DASK = [shown for shown in SHOWN if shown.command[0].endswith("/dask")]
"""Run by `test_workers`."""
MAKE = [shown for shown in SHOWN if shown.command[0] == "make"]


CLUSTER = [shown for shown in SHOWN if shown.command[0] in ("docker", "kubectl")]
"""What needs an engine or a cluster: see `test_cluster_commands`."""


def test_the_documentation_shows_nothing_else() -> None:
    tested = [*OURS, *MAKE, *DASK, *CLUSTER]
    assert [shown for shown in SHOWN if shown not in tested] == []
    known = {"extract", "materialize", "reconcile", "sql", "show", "review", "release", "site"}
    known |= {"load-postgres", "load-delta", "read-archive", "doctor"}
    assert {shown.command[1] for shown in OURS} >= known


@pytest.mark.parametrize("shown", MAKE, ids=lambda shown: " ".join(shown.command))
def test_make_knows_the_target(shown: Shown) -> None:
    planned = subprocess.run(
        [*shown.command, "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert planned.returncode == 0, planned.stderr


@pytest.mark.parametrize("shown", OURS, ids=lambda shown: f"{shown.page}: {' '.join(shown.command[1:])[:40]}")
def test_the_command_runs(
    shown: Shown,
    month_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    writes = shown.command[1] in WRITING or "--reason" in shown.command
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    for name, value in shown.environment:
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(_own_home(month_home, tmp_path) if writes else month_home))
    # What months and sources do is tested elsewhere; here that the command gets as far as running them.
    monkeypatch.setattr("pipeline.console.materialize._run_with_progress", lambda settings, months: [])
    monkeypatch.setattr("pipeline.console.materialize.prepare_source", lambda settings, months: settings)
    monkeypatch.setattr("pipeline.console.doctor.probe_source", lambda source, settings: None)
    command = list(shown.command[1:])
    if any(_BUCKET in word for word in command):
        s3: S3Server = request.getfixturevalue("s3")
        command = [word.replace(_BUCKET, f"s3://{s3.new_bucket()}/") for word in command]
    if any(_is_database(word) for word in (*command, *dict(shown.environment).values())):
        url = request.getfixturevalue("postgres_url")
        command = [url if _is_database(word) else word for word in command]
        for name, value in shown.environment:
            if _is_database(value):
                monkeypatch.setenv(name, url)
        _let_libpq_find(url, monkeypatch)
    if "read-archive" in command:
        command = [str(tmp_path / word) if word == "readings" else word for word in command]
    if "spark" in command:
        _run_on_spark(command, tmp_path)
        return
    if "dask" in command:
        address = request.getfixturevalue("dask_address")
        command = [address if word.startswith("tcp://") else word for word in command]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    if shown.output:
        assert _lines(result.stdout) == _lines(shown.output)


@pytest.fixture(scope="module")
def dask_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler with a worker."""
    with running_cluster(tmp_path_factory.mktemp("dask"), 1, {}) as cluster:
        yield cluster.address


def _run_on_spark(command: list[str], folder: Path) -> None:
    if not (find_spec("pyspark") and shutil.which("java")):
        pytest.skip("Spark or Java is not installed")
    # A cluster of executors is what `tests.archives.test_spark` has; here one thread will do.
    command = ["local[1]" if word.startswith("local-cluster") else word for word in command]
    subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *command],
        cwd=ROOT,
        env=spark_environment(folder / "spark"),
        check=True,
        timeout=200,
    )


def _is_database(word: str) -> bool:
    """The pages' PostgreSQL, for which tests have one of their own."""
    return "db.example.org" in word


def _let_libpq_find(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = urlsplit(url)
    given = (place.hostname, place.port, place.username, unquote(place.password or ""), place.path[1:])
    for name, value in zip(("HOST", "PORT", "USER", "PASSWORD", "DATABASE"), given, strict=True):
        monkeypatch.setenv(f"PG{name}", str(value))


def _own_home(month_home: Path, tmp_path: Path) -> Path:
    """A copy of the published tables, for a command that writes into the home."""
    shutil.copytree(month_home / "warehouse", tmp_path / "warehouse")
    return tmp_path


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines() if line.strip()]
