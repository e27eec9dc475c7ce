"""Where filings come from: EDGAR, the archive in samples/, or a server laid out like EDGAR.

A document is asked for, and recorded, by its address on EDGAR whatever the source; `Source.locate` says where
the source keeps it. So an index or a manifest made from any source names the same addresses.
"""

import ipaddress
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.edgar.sample_server import SampleArchive, samples_directory, serve
from pipeline.errors import ConfigurationError, SourceError
from pipeline.settings import Settings

ARCHIVE_URL = "https://www.sec.gov/Archives/edgar"
FILES_URL = "https://www.sec.gov/files"
SUBMISSIONS_URL = "https://data.sec.gov/submissions"
SEARCH_URL = "https://efts.sec.gov/LATEST/search-index"

LIVE = "live"
SAMPLE = "sample"

_IDENTITY = re.compile(r"\S.* <?[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+>?")


@dataclass(frozen=True, slots=True)
class Source:
    """A place to ask for filings."""

    name: str
    """`live`, `sample` or the base URL; it stands in the manifest and in messages."""
    archive_url: str
    submissions_url: str
    search_url: str
    files_url: str = FILES_URL
    is_live: bool = False

    def locate(self, address: str) -> str:
        """Where this source keeps what stands at an address on EDGAR.

        Raises:
            SourceError: the address is none of EDGAR's archive, submissions data, search or files.
        """
        for ours, here in (
            (ARCHIVE_URL, self.archive_url),
            (SUBMISSIONS_URL, self.submissions_url),
            (SEARCH_URL, self.search_url),
            (FILES_URL, self.files_url),
        ):
            if address == ours or address.startswith((f"{ours}/", f"{ours}?")):
                return here + address.removeprefix(ours)
        raise SourceError(
            f"{address} is no address of EDGAR's archive, submissions, search or files; it was not asked."
        )

    def allows(self, url: str) -> bool:
        """Whether a request or redirect to `url` stays with this source."""
        asked = urlsplit(url)
        if self.is_live:
            return asked.scheme == "https" and _is_sec_host(asked.hostname or "")
        base = urlsplit(self.archive_url)
        return (asked.scheme, asked.netloc) == (base.scheme, base.netloc)

    @property
    def is_on_this_machine(self) -> bool:
        """Whether the source answers on a loopback address."""
        host = urlsplit(self.archive_url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def describe(self, address: str) -> str:
        """An address as messages give it: with the source, where that is not EDGAR itself."""
        return address if self.is_live else f"{address} (from {self.name})"


def source_at(base_url: str, name: str | None = None) -> Source:
    """A server laid out as EDGAR: /Archives/edgar, /submissions, /LATEST/search-index, /files."""
    base = base_url.rstrip("/")
    return Source(
        name=name or base,
        archive_url=f"{base}/Archives/edgar",
        submissions_url=f"{base}/submissions",
        search_url=f"{base}/LATEST/search-index",
        files_url=f"{base}/files",
    )


@contextmanager
def open_source(settings: Settings) -> Iterator[Source]:
    """The source that the settings name; the sample archive is served for as long as the context lasts.

    Raises:
        ConfigurationError: the source is unknown, its samples are missing, or `live` has no identity.
    """
    if settings.source == LIVE:
        require_identity(settings)
        yield Source(LIVE, ARCHIVE_URL, SUBMISSIONS_URL, SEARCH_URL, is_live=True)
    elif settings.source == SAMPLE:
        with serve(SampleArchive(samples_directory())) as base_url:
            yield source_at(base_url, SAMPLE)
    else:
        yield source_at(_checked_base_url(settings.source))


def require_identity(settings: Settings) -> None:
    """Refuse to go on without the identity that the SEC asks of automated tools.

    Raises:
        ConfigurationError: the identity is missing or is no name and e-mail address.
    """
    identity = settings.identity or ""
    if not identity.isprintable() or not _IDENTITY.fullmatch(identity):
        found = f"is {identity!r}" if identity else "is not set"
        raise ConfigurationError(
            f"EXIT_CHARGES_IDENTITY {found}; the SEC asks automated tools to say who they are. Set it to a "
            'name and an e-mail address, such as "Jane Doe jane.doe@example.org". Nothing was requested.'
        )


def _checked_base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigurationError(
            f"EXIT_CHARGES_SOURCE is {value!r}; set it to `live`, `sample` or the base URL (http or https) "
            "of a server laid out like EDGAR."
        )
    if _is_sec_host(parts.hostname):
        raise ConfigurationError(
            f"EXIT_CHARGES_SOURCE is {value!r}, which is EDGAR: set it to `live`, which knows all its hosts."
        )
    return value


def _is_sec_host(host: str) -> bool:
    return host == "sec.gov" or host.endswith(".sec.gov")
