"""As much of a Kubernetes cluster as Dagster's launcher sees, on loopback: a Job is a process here.

Here belongs answering the launcher, with no more rights than the role gives, and running what a Job says.
There is no image: the process is of this environment, and what pods have mounted is not.
"""

import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.deploy.manifests import NAMESPACE, Document, check_against_the_schema, container, of_kind

_PATH = re.compile(
    rf"/(?:api/v1|apis/(?P<group>batch)/v1)/namespaces/{NAMESPACE}/(?P<resource>[a-z]+)"
    r"(?:/(?P<name>[^/?]+))?(?:/(?P<part>[a-z]+))?(?:\?.*)?"
)
_VERBS = {"POST": "create", "DELETE": "delete", "GET": "get"}


@dataclass
class ClusterOfProcesses:
    """What was asked, and the processes of Jobs by name."""

    environment: Mapping[str, str]
    """Of every process, under what its Job says."""
    jobs: dict[str, Document] = field(default_factory=dict)
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Requests that the role does not allow, and Jobs that Kubernetes would not take."""
    server: str = ""

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Document]:
        """The status and document for a request."""
        asked = _PATH.fullmatch(path)
        if asked is None or not self._allowed(method, asked):
            self.refused.append(f"{method} {path}")
            return 403, {}
        if method == "POST":
            return self._start(json.loads(body))
        if asked["resource"] != "jobs":
            return 200, {"items": []}  # no pods and no events
        name = asked["name"]
        if name is None:
            return 200, {"items": []}
        if name not in self.jobs:
            return 404, {}
        if method == "DELETE":
            self.kill(name)
            return 200, {}
        return 200, {**self.jobs[name], "status": self._status(name)}

    def _allowed(self, method: str, asked: re.Match[str]) -> bool:
        """Whether a rule of the role has it."""
        verb = "list" if method == "GET" and asked["name"] is None else _VERBS[method]
        resource = asked["resource"] + (f"/{asked['part']}" if asked["part"] else "")
        return any(
            (asked["group"] or "") in rule["apiGroups"]
            and resource in rule["resources"]
            and verb in rule["verbs"]
            for rule in of_kind("Role")["launcher"]["rules"]
        )

    def _start(self, job: Document) -> tuple[int, Document]:
        try:
            check_against_the_schema(job)
        except Exception as problem:  # of the library, which has no common class
            self.refused.append(str(problem))
            return 422, {}
        only = container(job["spec"]["template"]["spec"])
        given = {one["name"]: one["value"] for one in only["env"]}
        name = job["metadata"]["name"]
        self.jobs[name] = job
        self.processes[name] = subprocess.Popen(
            only["args"], env={**given, **self.environment}, start_new_session=True
        )
        return 201, job

    def _status(self, name: str) -> dict[str, int]:
        code = self.processes[name].poll()
        return {"active": 1} if code is None else {"failed": 1} if code else {"succeeded": 1}

    def kill(self, name: str) -> None:
        """End a Job's process and all that it started, as a node that is gone does."""
        process = self.processes[name]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def running_cluster(environment: Mapping[str, str]) -> Iterator[ClusterOfProcesses]:
    """A cluster for as long as the context lasts; its processes end with it."""
    cluster = ClusterOfProcesses(environment)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, document = cluster.answer(self.command, self.path, body)
            data = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = _any  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *arguments: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    cluster.server = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield cluster
    finally:
        server.shutdown()
        server.server_close()
        for name in cluster.processes:
            cluster.kill(name)
