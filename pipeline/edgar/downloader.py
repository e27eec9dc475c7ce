"""sec-edgar-downloader, tamed: its requests through our session, its swallowed errors brought to light.

As it comes (5.1.0) the library asks with no timeout and no second try, counts its rate within one process,
fetches the ticker map each time, prints and forgets what fails, and trusts whatever file is there. Here it
lists and downloads to a temporary folder; what arrives is handed on unjudged, what does not with a reason.
"""

import datetime as dt
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.session import EdgarSession
from pipeline.errors import BlockedError, SourceError

FORM = "8-K"

_patching = threading.Lock()


@dataclass(frozen=True, slots=True)
class Download:
    """What the library brought of one company's filings, by accession number."""

    received: dict[str, bytes]
    problems: dict[str, str]
    """Why a filing is not among the received."""
    blocked: BlockedError | None = None
    """Set where the source refused to go on; what was received before is here all the same."""


def download(session: EdgarSession, filings: Sequence[IndexedFiling]) -> Download:
    """Ask for filings of one company (one CIK), each listed by EDGAR on its filing date."""
    from sec_edgar_downloader import Downloader  # a quarter of a second: only where something is fetched

    wanted = {filing.accession_number for filing in filings}
    first, last = min(f.filed_date for f in filings), max(f.filed_date for f in filings)
    gateway = _Gateway(session, first, last)
    received: dict[str, bytes] = {}
    unlisted = "the company's list of filings does not have it"
    with tempfile.TemporaryDirectory(prefix="exit-charges-") as folder, _gateway_in_place(gateway):
        try:
            Downloader("exit-charges", "unused", folder).get(
                FORM,
                filings[0].cik,
                after=first,
                before=last,
                include_amends=True,
                accession_numbers_to_skip=_AllBut(wanted),
            )
        except SourceError as problem:
            unlisted = f"the company's list of filings could not be had: {problem}"
        except (LookupError, TypeError, ValueError, AttributeError) as problem:
            unlisted = f"the company's list of filings is malformed ({problem!r})"
        for file in Path(folder).rglob("full-submission.txt"):
            received[file.parent.name] = file.read_bytes()
    absent = sorted(wanted - received.keys())
    problems = {accession: gateway.problem_with(accession) or unlisted for accession in absent}
    return Download(received, problems, gateway.blocked)


class _AllBut(set[str]):
    """Contains all accession numbers but those wanted: no other 8-K of the company is downloaded."""

    def __contains__(self, accession_number: object) -> bool:
        return not super().__contains__(accession_number)


@dataclass(frozen=True, slots=True)
class _Answer:
    """As much of a requests.Response as the library uses."""

    content: bytes
    listing: Any = None

    def json(self) -> Any:
        return self.listing


class _Gateway:
    """Stands in for the library's `_call_sec`: it asks by EDGAR's addresses, the session locates them."""

    def __init__(self, session: EdgarSession, first: dt.date, last: dt.date) -> None:
        self._session = session
        self._first = first.isoformat()
        self._last = last.isoformat()
        self._problems: dict[str, SourceError] = {}
        self.blocked: BlockedError | None = None
        """The library goes on to the next filing after any error; a block ends all asking."""

    def call_sec(self, uri: str, user_agent: str, host: str) -> _Answer:
        """GET `uri`; the session declares the user agent, and the host is the source's own."""
        if self.blocked is not None:
            raise self.blocked
        try:
            if uri.endswith(".json"):
                return _Answer(b"", self._with_files_of_the_days(self._session.get_json(uri)))
            return _Answer(self._session.get(uri))
        except BlockedError as problem:
            self.blocked = problem
            raise
        except SourceError as problem:
            self._problems[uri] = problem
            raise

    def problem_with(self, accession_number: str) -> str | None:
        """Why the submission could not be had, None where it was not asked for."""
        name = f"/{accession_number}.txt"
        return next((str(problem) for uri, problem in self._problems.items() if uri.endswith(name)), None)

    def _with_files_of_the_days(self, listing: Any) -> Any:
        """The listing without older files that cannot have the days: the library would read each."""
        try:
            files = listing["filings"]["files"]
            listing["filings"]["files"] = [
                file for file in files if file["filingFrom"] <= self._last and self._first <= file["filingTo"]
            ]
        except (LookupError, TypeError):
            return listing  # an older file itself, or malformed: the library's own reading says so
        return listing


@contextmanager
def _gateway_in_place(gateway: _Gateway) -> Iterator[None]:
    """Put the gateway into the library's modules; they are shared, so one company at a time in a process."""
    from sec_edgar_downloader import _Downloader, _orchestrator, _sec_gateway

    def no_tickers(user_agent: str) -> dict[str, str]:
        return {}

    def silent(*values: object) -> None:
        """Failures are found by what is missing; standard output belongs to the commands."""

    changes: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
        (_sec_gateway, "_call_sec", gateway.call_sec),
        (_Downloader, "get_ticker_to_cik_mapping", no_tickers),
        (_orchestrator, "print", silent),
    )
    missing = object()
    with _patching:
        before = [(module, name, module.__dict__.get(name, missing)) for module, name, _ in changes]
        try:
            for module, name, value in changes:
                setattr(module, name, value)
            yield
        finally:
            for module, name, original in before:
                if original is missing:
                    delattr(module, name)
                else:
                    setattr(module, name, original)
