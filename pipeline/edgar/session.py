"""Requests to a source: declared, limited, timed out, tried again, and never led away from the source."""

import datetime as dt
import email.utils
import json
import logging
import random
import re
import time
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlencode, urljoin

import requests

from pipeline.edgar.limit import RequestLimiter
from pipeline.edgar.shared_limit import shared_limiter
from pipeline.edgar.source import SAMPLE, Source, require_identity
from pipeline.errors import BlockedError, NotFoundError, SourceError
from pipeline.settings import Settings

BLOCK_SECONDS = 600.0
"""How long the SEC blocks an address that went over the limit, where its answer does not say."""
MOST_REDIRECTS = 5

_LOG = logging.getLogger(__name__)
_Read = TypeVar("_Read")

_BLOCK_WORDS = (b"Request Rate Threshold Exceeded", b"Undeclared Automated Tool")
_ACCESS_DENIED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<Error>\s*<Code>AccessDenied</Code>")
"""How EDGAR's storage says that there is no such file; a block is a page in HTML."""
_TRANSIENT_STATUS = frozenset({429, 500, 502, 503, 504})
_TRANSIENT_FAULTS = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a request is tried, and how long (in seconds) is waited for an answer and between tries."""

    tries: int = 6
    first_wait: float = 1.0
    longest_wait: float = 60.0
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    blocks: int = 3
    """How many blocks in a row are waited through; 0 for who only wants to know whether EDGAR answers."""

    def wait_before(self, next_try: int, jitter: float) -> float:
        """The wait before try 2, 3, ...: doubling, and by `jitter` (0 to 1) up to half shorter."""
        return min(self.longest_wait, self.first_wait * 2.0 ** (next_try - 2)) * (1 - jitter / 2)


SAMPLE_POLICY = RetryPolicy(tries=2, first_wait=0.0, longest_wait=0.0, blocks=0)
"""The sample archive answers the same each time: waiting for better is in vain."""


class EdgarSession:
    """One connection pool to a source. Everything is asked for by its address on EDGAR.

    All sources but the sample archive are held to the request limit: the archive is served by this very
    process, whereas any other base URL, on loopback too, may lead on to EDGAR.
    """

    def __init__(
        self,
        source: Source,
        settings: Settings,
        *,
        policy: RetryPolicy | None = None,
        limiter: RequestLimiter | None = None,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        if source.is_live:
            require_identity(settings)
        self.source = source
        self.requests = 0
        """How many requests were sent, each try and each redirect counted."""
        self.unanswered = 0
        """How many tries in a row had no answer at all: the network or the source is down."""
        self.retries = 0
        """How many requests were sent again after a fault or a block."""
        self._blocks = 0
        self._policy = policy or (SAMPLE_POLICY if source.name == SAMPLE else RetryPolicy())
        self._limiter = limiter
        if limiter is None and source.name != SAMPLE:
            self._limiter = shared_limiter(settings)
        self._sleep = sleep
        self._jitter = jitter
        self._http = requests.Session()
        self._http.trust_env = not source.is_on_this_machine  # a proxy cannot reach our loopback
        self._http.headers["User-Agent"] = (settings.identity or "exit-charges").encode()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()
        if self._limiter is not None:
            self._limiter.close()

    def get(self, address: str, query: Mapping[str, str] | None = None) -> bytes:
        """The whole body of what stands at an address on EDGAR, tried again after transient faults.

        Raises:
            BlockedError: the source refuses to answer for now.
            NotFoundError: there is no such document.
            SourceError: no sound answer after all tries.
        """
        return self.ask(address, lambda response: response.content, query)

    def ask(
        self,
        address: str,
        read: Callable[[requests.Response], _Read],
        query: Mapping[str, str] | None = None,
        *,
        accepted: Container[int] = (200,),
        streamed: bool = False,
        headers: Callable[[], Mapping[str, str]] = dict,
    ) -> _Read:
        """What `read` makes of a sound answer; transient faults, also those met in reading, are tried again.

        A block stops the requests of all processes for the time that the source states, and then it goes on.

        Args:
            address: an address on EDGAR.
            read: called with an answer of accepted status; it may be called again for another try.
            query: parameters of the request.
            accepted: the statuses of sound answers.
            streamed: leave the body to be read piece by piece, and do not have it compressed on the way.
            headers: further headers, asked for before each try.

        Raises:
            BlockedError, NotFoundError, SourceError: as `get` does.
        """
        address = f"{address}?{urlencode(query)}" if query else address
        named = self.source.describe(address)
        fault = ""
        asked_wait: float | None = None
        attempt = 0
        while attempt < self._policy.tries:
            attempt += 1
            if fault:
                wait = self._policy.wait_before(attempt, self._jitter())
                self._sleep(max(wait, asked_wait or 0.0))
                self.retries += 1
            try:
                with self._send(self.source.locate(address), named, streamed, headers()) as response:
                    self.unanswered = 0
                    asked_wait = _retry_after(response)
                    self._refuse_block(response, asked_wait, named, streamed)
                    self._blocks = 0
                    if response.status_code in accepted:
                        return read(response)
            except _TRANSIENT_FAULTS as problem:
                fault, asked_wait = f"failed with {type(problem).__name__}", None
                self.unanswered += 1
                continue
            except BlockedError as block:
                self._sit_out(block)
                attempt -= 1
                continue
            fault = f"answered with status {response.status_code}"
            if response.status_code == 404:
                raise NotFoundError(f"{named} {fault}: there is nothing.")
            if response.status_code not in _TRANSIENT_STATUS:
                raise SourceError(f"{named} {fault}.")
        raise SourceError(f"{named} {fault}, at the last of {self._policy.tries} tries; run again later.")

    def _sit_out(self, block: BlockedError) -> None:
        """Let no process ask for as long as the source blocks; raise `block` where that was in vain."""
        if self._limiter is None or not block.waiting_helps or self._blocks >= self._policy.blocks:
            raise block
        self._blocks += 1
        self.retries += 1
        _LOG.warning("%s It goes on by itself after that.", block)
        self._limiter.block(block.seconds)

    def get_json(self, address: str, query: Mapping[str, str] | None = None) -> Any:
        """The parsed answer; one that is no JSON is asked for once more.

        Raises:
            BlockedError: the source refuses to answer for now.
            SourceError: no sound answer after all tries.
        """
        fault = ""
        for _ in range(2):
            try:
                return json.loads(self.get(address, query))
            except ValueError as problem:
                fault = str(problem)
        asked = f"{address}?{urlencode(query)}" if query else address
        raise SourceError(f"{self.source.describe(asked)} answered with something that is no JSON ({fault}).")

    def _send(self, url: str, named: str, streamed: bool, headers: Mapping[str, str]) -> requests.Response:
        for _ in range(MOST_REDIRECTS + 1):
            if not self.source.allows(url):
                raise SourceError(f"{named} leads away from the source, to {url}; it was not followed.")
            if self._limiter is not None:
                self._limiter.wait()
            self.requests += 1
            response = self._http.get(
                url,
                timeout=(self._policy.connect_timeout, self._policy.read_timeout),
                allow_redirects=False,
                stream=streamed,
                headers={**headers, "Accept-Encoding": "identity"} if streamed else headers,
            )
            if not response.is_redirect:
                return response
            url = urljoin(url, response.headers["Location"])
        raise SourceError(f"{named} was redirected more than {MOST_REDIRECTS} times.")

    def _refuse_block(
        self, response: requests.Response, asked_wait: float | None, named: str, streamed: bool
    ) -> None:
        """Raise BlockedError for an answer that says "stop": 403, a long wait, or EDGAR's page for it.

        Under status 200 that page is a block only where EDGAR itself sends it: a copy of the archive can hold
        the page in a filing's place, which is then one wrong document and no reason to stop.
        """
        is_page = "html" in response.headers.get("Content-Type", "")
        body = response.content if is_page or not streamed else b""
        if response.status_code == 403 and _ACCESS_DENIED.match(body[:512]):
            raise NotFoundError(f"{named} answered with status 403 and AccessDenied: there is nothing.")
        undeclared = _is_page_with(body, _BLOCK_WORDS[1:])
        rate_exceeded = _is_page_with(body, _BLOCK_WORDS[:1])
        long_wait = asked_wait is not None and asked_wait > self._policy.longest_wait
        refused = (
            response.status_code == 403
            or (response.status_code == 429 and asked_wait is None)
            or (response.status_code in _TRANSIENT_STATUS and long_wait)
        )
        page = (undeclared or rate_exceeded) and (self.source.is_live or response.status_code != 200)
        if page or refused:
            wait = asked_wait if asked_wait is not None else BLOCK_SECONDS
            remedy = "; check that EXIT_CHARGES_IDENTITY is your name and e-mail" if undeclared else ""
            raise BlockedError(
                f"{named} is refused (status {response.status_code}): the source blocks this address. Wait "
                f"{wait / 60:.0f} minutes before asking again; asking sooner prolongs the block{remedy}.",
                seconds=wait,
                waiting_helps=not undeclared,
            )


def _is_page_with(body: bytes, words: tuple[bytes, ...]) -> bool:
    start = body[:4096].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html")) and any(word.lower() in start for word in words)


def _retry_after(response: requests.Response) -> float | None:
    """The wait in seconds that the answer asks for; the header gives seconds or a date (RFC 9110, 10.2.3)."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())
