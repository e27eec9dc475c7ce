"""The tests' own PostgreSQL: each database is empty, and no server outlives who started it."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres_server import PostgresServer

_SERVE = """
from tests.postgres_server import running_server
with running_server():
    print("serving", flush=True)
    input()
"""


def test_each_database_is_empty(postgres_server: PostgresServer) -> None:
    first, second = postgres_server.new_database(), postgres_server.new_database()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE one (number int)")
    with psycopg.connect(second) as connection:
        found = connection.execute("SELECT to_regclass('one')").fetchone()
    assert found == (None,)


@pytest.mark.usefixtures("postgres_server")
@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a process that its parent is gone.")
def test_a_server_ends_with_the_process_that_started_it() -> None:
    root = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server runs as another user than root
        environment = {**os.environ, "PYTHONPATH": str(root), "TMPDIR": folder}
        with subprocess.Popen(
            [sys.executable, "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
            env=environment,
        ) as serving:
            assert serving.stdout is not None
            assert serving.stdout.readline() == b"serving\n"
            serving.kill()
        give_up = time.monotonic() + 30
        while list(Path(folder).glob("*/data/postmaster.pid")):
            assert time.monotonic() < give_up, "the server runs on"
            time.sleep(0.05)
