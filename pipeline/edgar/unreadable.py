"""What can arrive in place of a filing: error pages, binaries, nothing."""

import re

from pipeline.errors import UnreadableSubmissionError

_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x7fELF", "a program"),
)
_ERROR_PAGES = (
    (re.compile(rb"Request Rate Threshold Exceeded", re.I), "EDGAR's page for too many requests"),
    (re.compile(rb"Undeclared Automated Tool", re.I), "EDGAR's page for requests without an identity"),
    (
        re.compile(rb"<Code>\s{0,9}(?:NoSuchKey|AccessDenied)\b", re.I),
        "the archive's answer for a missing file",
    ),
    (
        re.compile(
            rb"<title>[^<]{0,80}?(?:\b[45]0\d\b|not found|access denied|forbidden|error)[^<]{0,80}</", re.I
        ),
        "a web server's error page",
    ),
)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|title|body|h1|error|\?xml)\b|<code>", re.I)
"""An error page is marked up; a text that quotes the words of one is not."""
_SEARCHED = 20_000
_LONGEST_ERROR_PAGE = 60_000
_CONTROL = bytes(range(9)) + bytes(range(14, 32)) + b"\x7f"
_REMEDY = "Fetch the filing again, or give the submission's .txt, its HTML document or plain text."


def refuse_unreadable(data: bytes) -> None:
    """Refuse what holds no filing.

    Raises:
        UnreadableSubmissionError: with a sentence that says what the bytes are.
    """
    found = _what_it_is(data)
    if found:
        raise UnreadableSubmissionError(f"This is {found}, not a filing. {_REMEDY}")


def _what_it_is(data: bytes) -> str | None:
    start = data[:_SEARCHED]
    if not start.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return "an empty file"
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            return name
    if start[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        control = len(start) - len(start.translate(None, _CONTROL))
        if control > len(start) // 50 + 2:
            return "binary data"
    if len(data) <= _LONGEST_ERROR_PAGE and b"<DOCUMENT>" not in data and _MARKUP.search(start):
        for pattern, name in _ERROR_PAGES:
            if pattern.search(start):
                return name
    return None
