import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.verify import problem_with
from tests.replica.tiny_edgar import submission

REAL_FILINGS = Path(__file__).parents[2] / "../shared/filings/8-K"
FILING = IndexedFiling(
    "0000000901-08-000001",
    "0000000101",
    "EXAMPLE CORP",
    (),
    (),
    "8-K",
    dt.date(2008, 10, 7),
    None,
    ("2.05",),
    None,
    "",
)
WHOLE = submission("0000000901-08-000001", "0000000101", "EXAMPLE CORP", "2008-10-07")
PEM = (
    b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001\n\n%s-----END PRIVACY-ENHANCED MESSAGE-----\n"
)


@pytest.mark.parametrize(
    "data",
    [
        WHOLE,
        WHOLE + b"\r\n\r\n",
        WHOLE.replace(b"\n", b"\r\n"),
        PEM % WHOLE,
        WHOLE.replace(b"SEC-DOCUMENT", b"IMS-DOCUMENT").replace(b"SEC-HEADER", b"IMS-HEADER"),
        WHOLE.replace(b"\t\t\t0000000101", b"\t\t\t101"),
    ],
)
def test_a_whole_submission_in_any_envelope_is_sound(data: bytes) -> None:
    assert problem_with(data, FILING) is None


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!DOCTYPE html><title>Sorry</title>", 'an HTML page titled "Sorry"'),
        (b"\n<HTML></HTML>", "an HTML page instead"),
        (b"hello", "no submission"),
        (WHOLE[:-10], "truncated: no closing </SEC-DOCUMENT>"),
        ((PEM % WHOLE)[:-50], "truncated: no closing -----END PRIVACY-ENHANCED MESSAGE-----"),
        (
            WHOLE.replace(b"ACCESSION NUMBER:\t\t0000000901", b"ACCESSION NUMBER:\t\t0000000902"),
            "another filing",
        ),
        (WHOLE.replace(b"ACCESSION NUMBER:", b"NUMBER:"), "accession number none"),
        (WHOLE.replace(b"KEY:\t\t\t0000000101", b"KEY:\t\t\t0000000102"), "CIK 0000000102, not 0000000101"),
    ],
)
def test_anything_else_is_told(data: bytes, problem: str) -> None:
    assert problem in (problem_with(data, FILING) or "")


def test_a_number_in_the_body_does_not_make_it_the_filing() -> None:
    other = WHOLE.replace(b"ACCESSION NUMBER:\t\t0000000901", b"ACCESSION NUMBER:\t\t0000000902")
    body = b"<TEXT>\nACCESSION NUMBER:\t\t0000000901-08-000001\n"
    assert problem_with(other.replace(b"<TEXT>\n", body), FILING)


@pytest.mark.skipif(not REAL_FILINGS.is_dir(), reason="real submissions are not at hand")
def test_real_submissions_are_sound() -> None:
    judged = 0
    for file in sorted(REAL_FILINGS.glob("*.txt")):
        data = file.read_bytes()
        accession = re.search(r"\d{10}-\d{2}-\d{6}$", file.stem)
        if accession and data.startswith((b"<SEC-", b"<IMS-", b"-----BEGIN")):
            cik = data.partition(b"CENTRAL INDEX KEY:")[2].split()[0].decode().zfill(10)
            assert problem_with(data, replace(FILING, accession_number=accession[0], cik=cik)) is None, (
                file.name
            )
            judged += 1
    assert judged > 40
