"""Parts of a file and unchanged files, as a web server answers for them (RFC 9110, 13 and 14)."""

import hashlib
import re
from collections.abc import Mapping

from pipeline.edgar.sample_server import Answer

_ASKED = re.compile(r"bytes=(\d+)-")


def conditional(due: Answer, headers: Mapping[str, str]) -> Answer:
    """The answer with an ETag, or what the conditions in the request's headers make of it."""
    etag = f'"{hashlib.sha256(due.body).hexdigest()[:16]}"'
    validators = {"ETag": etag, "Last-Modified": "Fri, 02 Jan 2026 08:10:00 GMT", **due.headers}
    if headers.get("If-None-Match") == etag:
        return Answer(304, b"", due.content_type, validators)
    asked = _ASKED.fullmatch(headers.get("Range", ""))
    if asked and headers.get("If-Range", etag) == etag:
        start, length = int(asked[1]), len(due.body)
        if start >= length:
            return Answer(416, b"", due.content_type, {"Content-Range": f"bytes */{length}"})
        span = {"Content-Range": f"bytes {start}-{length - 1}/{length}"}
        return Answer(206, due.body[start:], due.content_type, validators | span)
    return Answer(200, due.body, due.content_type, validators)
