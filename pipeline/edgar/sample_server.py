"""A loopback server on a directory laid out like EDGAR: the archive in samples/.

`SampleArchive` answers one request at a time as plain values, so a test can wrap it and answer with a fault
instead; `serve` puts anything that answers so behind HTTP.
"""

import json
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from pipeline.errors import ConfigurationError

SEARCH_PAGE = 100
SEARCH_CAP = 10_000
"""The most hits that EDGAR's full-text search counts; beyond it, it says "gte" and this number."""

_TREES = ("Archives", "files", "submissions")
_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_SUBMISSION = re.compile(r"(Archives/edgar/data/\d+)/(?:\d{18}/)?(\d{10}-\d{2}-\d{6}\.txt)")
_TYPES = {".json": "application/json", ".htm": "text/html", ".html": "text/html"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with."""

    status: int
    body: bytes
    content_type: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers; one named here replaces the server's own."""
    pieces: Iterator[bytes] | None = None
    """What is sent in place of the body, piece by piece; the Content-Length stays the body's."""


class Answering(Protocol):
    """Anything that can be served."""

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer a GET of `target` (path and query)."""
        ...


def samples_directory() -> Path:
    """The repository's samples/.

    Raises:
        ConfigurationError: it is not there, as in an installation without the repository.
    """
    directory = Path(__file__).parents[2] / "samples"
    if not (directory / "Archives").is_dir():
        raise ConfigurationError(
            f"The sample archive is missing: {directory} has no Archives/. Work from a checkout of the "
            "repository (pip install -e .), or set EXIT_CHARGES_SOURCE to `live` or a base URL."
        )
    return directory


class SampleArchive:
    """Answers as EDGAR does from a directory: Archives/edgar, files, submissions, LATEST/search-index."""

    def __init__(self, root: Path, search_cap: int = SEARCH_CAP) -> None:
        self.root = root
        self.search_cap = search_cap
        self.search_page = SEARCH_PAGE

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Answer a GET of `target`; 404 for what is not there."""
        parts = urlsplit(target)
        path = parts.path.strip("/")
        if path == "LATEST/search-index":
            return self._search({key: values[0] for key, values in parse_qs(parts.query).items()})
        file = self._file(path)
        if file is None:
            return Answer(404, b"<html><head><title>404 Not Found</title></head></html>", "text/html")
        return Answer(200, file.read_bytes(), _TYPES.get(file.suffix, "text/plain"))

    def _file(self, path: str) -> Path | None:
        names = path.split("/")
        if names[0] not in _TREES or not all(_SAFE_NAME.fullmatch(name) for name in names):
            return None
        candidates = [path]
        if submission := _SUBMISSION.fullmatch(path):
            # EDGAR has a submission both beside the folder of its documents and inside it.
            company, name = submission.groups()
            folder = name.removesuffix(".txt").replace("-", "")
            candidates = [f"{company}/{name}", f"{company}/{folder}/{name}"]
        return next((self.root / c for c in candidates if (self.root / c).is_file()), None)

    def _search(self, query: Mapping[str, str]) -> Answer:
        try:
            start, end = query["startdt"], query["enddt"]
            offset = int(query.get("from", "0"))
        except (KeyError, ValueError) as problem:
            return _json(400, {"message": f"bad request: {problem}"})
        hits = [hit for hit in self._hits_between(start, end) if _has_form(hit, query.get("forms", ""))]
        relation = "eq" if len(hits) < self.search_cap else "gte"
        hits = hits[: self.search_cap]
        found = {
            "total": {"value": len(hits), "relation": relation},
            "hits": hits[offset : offset + self.search_page],
        }
        return _json(200, {"timed_out": False, "hits": found})

    def _hits_between(self, start: str, end: str) -> Iterator[dict[str, Any]]:
        for file in sorted((self.root / "LATEST" / "search-index").glob("*.json")):
            if start[:7] <= file.stem <= end[:7]:
                for hit in json.loads(file.read_bytes())["hits"]["hits"]:
                    if start <= hit["_source"]["file_date"] <= end:
                        yield hit


def _json(status: int, value: object) -> Answer:
    return Answer(status, json.dumps(value).encode(), "application/json")


def _has_form(hit: Mapping[str, Any], forms: str) -> bool:
    source = hit["_source"]
    roots = source.get("root_forms") or [source.get("root_form") or source["form"].removesuffix("/A")]
    return not forms or any(root in forms.split(",") for root in roots)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = (
        True  # the body follows the head at once, not after the client's acknowledgement
    )
    server: "_Server"

    def do_GET(self) -> None:
        answer = self.server.answering.answer(self.path, dict(self.headers))
        self.send_response(answer.status)
        length = str(len(answer.body))
        sent = {"Content-Type": answer.content_type, "Content-Length": length, **answer.headers}
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in answer.pieces or (answer.body,):
            self.wfile.write(piece)
        if sent["Content-Length"] != length or answer.pieces:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal belongs to the pipeline."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answering: Answering) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answering = answering

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is its own affair; anything else is reported."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(answering: Answering) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1 while the context lasts; yields the base URL."""
    server = _Server(answering)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="sample-archive", daemon=True
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
