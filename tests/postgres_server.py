"""A PostgreSQL of the tests' own: in a temporary directory, on a free port of loopback, gone when they end.

Here belongs starting and stopping it, for tests and benchmarks. What they ask of it does not belong here.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

USER = "exit_charges"
PASSWORD = "p@ss/word:1"
"""With characters that have to be escaped in a URL."""
ESCAPED_PASSWORD = "p%40ss%2Fword%3A1"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_connections": "40",
}
_LONGEST_START_SECONDS = 60.0
_TRIES = 3
"""Between choosing a free port and taking it, somebody else can take it."""


class NoServerError(Exception):
    """There is no PostgreSQL here that could be started; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server, whose one user may do everything."""

    port: int
    process: int

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}:{ESCAPED_PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A server for as long as the context lasts; it ends with this process however that ends.

    Raises:
        NoServerError: PostgreSQL is not installed, or nobody is there as whom it could run.
    """
    programs, run_as = _programs(), _run_as()
    with tempfile.TemporaryDirectory(prefix="exit-charges-postgres-") as folder:
        home, password = Path(folder), Path(folder) / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        for path in (home, password):
            _hand_over(path)
        create = [
            *(*run_as, str(programs / "initdb"), "--pgdata", str(home / "data"), "--username", USER),
            *("--pwfile", str(password), "--auth", "scram-sha-256", "--encoding", "UTF8"),
            *("--locale", "C.UTF-8", "--no-sync"),
        ]
        subprocess.run(create, check=True, capture_output=True, cwd=folder)
        for attempt in range(1, _TRIES + 1):
            port = _free_port()
            process = _start(programs, run_as, home, port)
            if _is_ready(process, home):
                break
            if attempt == _TRIES:
                raise NoServerError(f"PostgreSQL does not start: {(home / 'log').read_text()[-1000:]}")
        try:
            yield PostgresServer(port, process.pid)
        finally:
            process.send_signal(signal.SIGINT)  # ends at once, whoever is connected
            process.wait(60)


def _programs() -> Path:
    """The newest PostgreSQL of Debian's places, else the one on the path."""
    versions = [
        folder.parent for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()
    ]
    if versions:
        return max(versions, key=lambda version: float(version.name)) / "bin"
    found = shutil.which("initdb")
    if found is None:
        raise NoServerError("There is no PostgreSQL on this machine: apt install postgresql")
    return Path(found).parent


def _run_as() -> list[str]:
    """What a command has to begin with: not as root, which PostgreSQL refuses, and ending when we end."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig", "INT"] if setpriv else []
    if setpriv is None:
        raise NoServerError("PostgreSQL does not run as root, and there is no setpriv to run it as another.")
    user = _other_user()
    ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return [setpriv, *ids, "--pdeathsig", "INT"]


def _other_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody.")


def _hand_over(path: Path) -> None:
    if os.geteuid() == 0:
        user = _other_user()
        os.chown(path, user.pw_uid, user.pw_gid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(programs: Path, run_as: list[str], home: Path, port: int) -> "subprocess.Popen[bytes]":
    settings = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(home)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [*run_as, str(programs / "postgres"), "-D", str(home / "data"), *options]
    with (home / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=home)


def _is_ready(process: "subprocess.Popen[bytes]", home: Path) -> bool:
    """Waits for the last line of the server's own file; False where it ended instead."""
    told = home / "data" / "postmaster.pid"
    give_up = time.monotonic() + _LONGEST_START_SECONDS
    while process.poll() is None and time.monotonic() < give_up:
        if told.exists() and told.read_text(encoding="utf-8").rstrip().endswith("ready"):
            return True
        time.sleep(0.05)
    process.kill()
    process.wait()
    return False
