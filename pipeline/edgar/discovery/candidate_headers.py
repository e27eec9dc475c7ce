"""The header of a filing that an index lists: from its `.hdr.sgml`, else from the head of its submission."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import requests

from pipeline.edgar.decoding import decode
from pipeline.edgar.discovery.header_archive import HeaderArchive
from pipeline.edgar.discovery.question import Question, submission_address
from pipeline.edgar.header import Header, parse_header
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import ARCHIVE_URL
from pipeline.errors import BlockedError, NotFoundError, SourceError

KEPT_AT_ONCE = 200
"""Headers after which what was read is kept, so that a run that is killed loses few."""
MOST_HEADER_BYTES = 1 << 20
"""Of a submission's head; a header names every registrant, of which some filings have hundreds."""

_HEADER_END = re.compile(rb"</(?:SEC|IMS)-HEADER>|<DOCUMENT>")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A filing that an index lists."""

    accession_number: str
    ciks: tuple[str, ...]
    """Of the filers under which it is listed."""


def read_headers(
    question: Question, candidates: Sequence[Candidate]
) -> Iterator[tuple[Candidate, Header | None]]:
    """Each candidate with its header; None where EDGAR has neither header nor submission any more.

    Headers that were read before cost no request, whatever becomes of this run.

    Raises:
        BlockedError, SourceError: a header could not be had, or is none.
        StorageError: the kept headers are damaged or cannot be written.
    """
    archive = HeaderArchive(question.home, question.month)
    kept, new = archive.read(), dict[str, str]()
    try:
        for candidate in candidates:
            text = kept.get(candidate.accession_number)
            if text is None:
                text = _ask(question.session, candidate)
            if text is None:
                yield candidate, None
                continue
            if candidate.accession_number not in kept:
                new[candidate.accession_number] = text
            if len(new) >= KEPT_AT_ONCE:
                archive.add(new)
                kept, new = kept | new, {}
            yield candidate, parse_header(text)
    finally:
        archive.add(new)


def _ask(session: EdgarSession, candidate: Candidate) -> str | None:
    """The candidate's header as received; None where there is nothing of it."""
    accession, cik = candidate.accession_number, candidate.ciks[0]
    folder = f"{ARCHIVE_URL}/data/{int(cik)}/{accession.replace('-', '')}"
    problems = []
    for address, ask in (
        (f"{folder}/{accession}.hdr.sgml", session.get),
        (submission_address(cik, accession), lambda address: _head(session, address)),
    ):
        try:
            text = decode(ask(address)).replace("\r\n", "\n").replace("\r", "\n")
        except NotFoundError:
            continue
        except BlockedError:
            raise
        except SourceError as problem:
            problems.append(str(problem))
            continue
        found = parse_header(text).accession_number
        if found == accession:
            return text
        problems.append(f"{session.source.describe(address)} is no header of {accession}, but of {found}.")
    if problems:
        raise SourceError(f"The header of {accession} could not be had: {' '.join(problems)}")
    return None


def _head(session: EdgarSession, address: str) -> bytes:
    """The submission up to its first document; the rest, often megabytes, is left where it is."""

    def read(response: requests.Response) -> bytes:
        head = bytearray()
        for piece in response.iter_content(8192):
            head += piece
            end = _HEADER_END.search(head)
            if end:
                return bytes(head[: end.start()])
            if len(head) > MOST_HEADER_BYTES:
                break
        return bytes(head)

    return session.ask(address, read, streamed=True)
