"""Is this the submission that was asked for, and all of it?"""

import re

from pipeline.edgar.indexed_filing import IndexedFiling

# How a submission opens and closes: today's, early ones wrapped for Privacy-Enhanced Mail, other early ones.
_ENVELOPES = {
    b"<SEC-DOCUMENT>": b"</SEC-DOCUMENT>",
    b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----": b"-----END PRIVACY-ENHANCED MESSAGE-----",
    b"<IMS-DOCUMENT>": b"</IMS-DOCUMENT>",
}
_HEADER_END = re.compile(rb"</(?:SEC|IMS)-HEADER>|<DOCUMENT>")
_ACCESSION_NUMBER = re.compile(rb"^ACCESSION NUMBER:\s*(\S+)", re.MULTILINE)
_CIK = re.compile(rb"^\s*CENTRAL INDEX KEY:\s*(\d+)", re.MULTILINE)
_TITLE = re.compile(rb"<title>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def problem_with(data: bytes, filing: IndexedFiling) -> str | None:
    """Why these bytes are not the filing's whole submission, in a few words; None where they are.

    A length that agrees with the server's proves nothing, since a cut file is served whole: only the closing
    tag says that the submission is complete.
    """
    start = data[:4096].lstrip()
    if not start:
        return "the answer is empty"
    if start[:20].lower().startswith((b"<!doctype html", b"<html")):
        title = _TITLE.search(start)
        named = f' titled "{_text(title[1])}"' if title else ""
        return f"an HTML page{named} instead of the submission"
    closing = next((end for begin, end in _ENVELOPES.items() if start.startswith(begin)), None)
    if closing is None:
        return f"no submission: it starts with {_text(start[:40])!r}"
    if not data[-4096:].rstrip().endswith(closing):
        return f"truncated: no closing {closing.decode()} after {len(data)} bytes"
    return _wrong_filing(data, filing)


def _wrong_filing(data: bytes, filing: IndexedFiling) -> str | None:
    end = _HEADER_END.search(data)
    header = data[: end.start()] if end else data
    accession = _ACCESSION_NUMBER.search(header)
    if accession is None or _text(accession[1]) != filing.accession_number:
        found = _text(accession[1]) if accession else "none"
        return f"another filing: its header gives the accession number {found}"
    ciks = sorted({_text(cik).zfill(10) for cik in _CIK.findall(header)})
    if filing.cik not in ciks:
        return f"another company's filing: its header names CIK {', '.join(ciks) or 'none'}, not {filing.cik}"
    return None


def _text(data: bytes) -> str:
    return " ".join(data.decode("latin-1").split())
