"""An S3 of the tests' own: moto on a free port of loopback, in a process that ends with this one.

Here belongs starting it, and counting what is asked of it. What tests ask does not belong here. Requests are
answered one at a time: moto looks at a condition and writes in two steps, between which another request could
come, and S3 does not. Who does not give the server's credentials is refused; moto by itself refuses nobody.
"""

import json
import os
import subprocess
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import requests

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "exit-charges-tests", "AWS_SECRET_ACCESS_KEY": "the-secret-of-tests"}
_COUNTS = "/exit-charges-requests"
_REFUSED = b"<Error><Code>InvalidAccessKeyId</Code><Message>No such key: see the request.</Message></Error>"
_Start = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class S3Server:
    """A running server; whoever gives these credentials may do everything."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What the AWS tools' variables have to be; nothing of this machine's own settings counts."""
        return {
            **CREDENTIALS,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.url,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def be_meant(self, patched: pytest.MonkeyPatch) -> None:
        """Let the AWS tools' variables lead here."""
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patched.delenv(name)
        for name, value in self.environment.items():
            patched.setenv(name, value)

    def new_bucket(self) -> str:
        """The name of an empty bucket."""
        name = f"test-{uuid.uuid4().hex[:12]}"
        requests.put(f"{self.url}/{name}", headers=_SIGNED, timeout=30).raise_for_status()
        return name

    def counted(self) -> Counter[str]:
        """What was asked since it was last counted: PUT, GET, HEAD, LIST, DELETE, to how many times."""
        return Counter(requests.get(f"{self.url}{_COUNTS}", timeout=30).json())


_SIGNED = {
    "Authorization": (
        f"AWS4-HMAC-SHA256 Credential={CREDENTIALS['AWS_ACCESS_KEY_ID']}/20260101/us-east-1/s3/aws4_request, "
        "SignedHeaders=host, Signature=none"
    )
}


@contextmanager
def running_s3() -> Iterator[S3Server]:
    """A server for as long as the context lasts; it ends with this process however that ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.s3_server"],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert url, "the S3 server did not start"
            yield S3Server(url)
        finally:
            process.kill()


class _OneAtATime:
    """The application, with its requests in a row and counted."""

    def __init__(self, application: Callable[[dict[str, Any], _Start], Iterable[bytes]]) -> None:
        self._application = application
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def __call__(self, environment: dict[str, Any], start: _Start) -> Iterable[bytes]:
        with self._lock:
            if environment["PATH_INFO"] == _COUNTS:
                return self._told(start)
            self._counts[_kind(environment)] += 1
            if f"Credential={CREDENTIALS['AWS_ACCESS_KEY_ID']}/" not in environment.get(
                "HTTP_AUTHORIZATION", ""
            ):
                start("403 Forbidden", [("Content-Type", "application/xml")])
                return [b"" if environment["REQUEST_METHOD"] == "HEAD" else _REFUSED]
            return [b"".join(self._application(environment, start))]

    def _told(self, start: _Start) -> Iterable[bytes]:
        counts, self._counts = self._counts, Counter()
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(counts).encode()]


def _kind(environment: dict[str, Any]) -> str:
    query = dict(parse_qsl(environment.get("QUERY_STRING", ""), keep_blank_values=True))
    if "list-type" in query:
        return "LIST"
    return "DELETE" if "delete" in query else str(environment["REQUEST_METHOD"])


def _serve() -> None:
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    class Silent(MotoRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing."""

    application = _OneAtATime(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Silent)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    print(f"http://127.0.0.1:{server.port}", flush=True)
    server.serve_forever()


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    _serve()
