"""What can go wrong with an answer: each fault turns the answer that was due into the one that is sent."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.edgar.sample_server import Answer

Fault = Callable[[Answer], Answer]


def status(code: int, retry_after: str | None = None) -> Fault:
    """A bare error status."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda due: Answer(code, b"", headers=headers)


def block_page(code: int = 403, words: str = "Request Rate Threshold Exceeded") -> Fault:
    """The page that EDGAR shows an address that it blocks."""
    page = f"<!DOCTYPE html><html><head><title>SEC.gov | {words}</title></head></html>"
    return lambda due: Answer(code, page.encode(), "text/html")


def error_page(due: Answer) -> Answer:
    """A page that says "sorry" with status 200."""
    return Answer(200, b"<html><head><title>Service Unavailable</title></head></html>", "text/html")


def cut(due: Answer) -> Answer:
    """Half of the body, and a Content-Length that agrees with it."""
    return Answer(200, due.body[: len(due.body) // 2], due.content_type)


def short(due: Answer) -> Answer:
    """Half of the body under the full Content-Length, then the connection closes."""
    half = due.body[: len(due.body) // 2]
    headers = {**due.headers, "Content-Length": str(len(due.body))}
    return Answer(due.status, half, due.content_type, headers)


def truncated_gzip(due: Answer) -> Answer:
    """A compressed body that is no gzip to its end."""
    return Answer(200, b"\x1f\x8bnot gzip at all", due.content_type, {"Content-Encoding": "gzip"})


def body(data: bytes) -> Fault:
    """Another body than the one that is due."""
    return lambda due: Answer(200, data, due.content_type)


def redirect(location: str) -> Fault:
    """Sent on to another place."""
    return lambda due: Answer(302, b"", headers={"Location": location})


def reset(due: Answer) -> Answer:
    """The connection ends in the middle of the body."""
    return replace(due, pieces=_then(due.body[: len(due.body) // 2], _hang_up))


def stalled_body(seconds: float) -> Fault:
    """Half of the body, and then nothing for so long."""
    return lambda due: replace(due, pieces=_then(due.body[: len(due.body) // 2], lambda: time.sleep(seconds)))


def _then(body: bytes, what: Callable[[], None]) -> Iterator[bytes]:
    yield body
    what()


def _hang_up() -> None:
    raise ConnectionResetError


def swapped_rows(due: Answer) -> Answer:
    """A page of the search that has one hit twice and another one not at all, as when pages shift."""
    found = json.loads(due.body)
    hits = found["hits"]["hits"]
    if len(hits) > 1:
        hits[-1] = hits[0]
    return replace(due, body=json.dumps(found).encode())


def doubled_row(due: Answer) -> Answer:
    """A page of the search that has one hit twice."""
    found = json.loads(due.body)
    hits = found["hits"]["hits"]
    found["hits"]["hits"] = hits + hits[:1]
    return replace(due, body=json.dumps(found).encode())
