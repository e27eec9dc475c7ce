"""Downloading a large file to disk piece by piece, and going on where an earlier download was cut.

Beside the file stands what the source called that state of it (RFC 9110: ETag, Last-Modified), so that the
rest of one state is never joined to the start of another.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import requests

from pipeline.edgar.session import EdgarSession
from pipeline.errors import SourceError, StorageError

PIECE_BYTES = 1 << 20
"""Written at once; what was received of a piece is lost where it is cut."""
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_MOST_STARTS = 3


@dataclass(frozen=True, slots=True)
class FileState:
    """What a source calls a state of a file."""

    etag: str | None
    last_modified: str | None
    bytes: int | None
    """The whole length; None where the source did not say."""


def fetch_large_file(
    session: EdgarSession, address: str, target: Path, known_etag: str | None = None
) -> FileState | None:
    """Bring the file to `target`; None where the source still has the state with the ETag that is known.

    Raises:
        BlockedError, SourceError: the file could not be had whole; the next call goes on from where it was.
        StorageError: the disk is full or the folder not writable.
    """
    part = _Part(target, known_etag)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(_MOST_STARTS):
            outcome = session.ask(
                address, part.take, accepted=(200, 206, 304, 416), streamed=True, headers=part.headers
            )
            if outcome == "unchanged":
                return None
            if outcome == "whole":
                return part.state
    except OSError as problem:
        if isinstance(problem, requests.RequestException):
            raise
        remove_large_file(target)  # a disk that is full is no place for a part of it
        raise StorageError(
            f"{target} cannot be written ({problem.strerror or problem}); free some space or set "
            "EXIT_CHARGES_HOME to another place."
        ) from problem
    named = session.source.describe(address)
    raise SourceError(f"{named} changed or was cut {_MOST_STARTS} times while it was read; run again later.")


def remove_large_file(target: Path) -> None:
    """Remove a downloaded file, or a part of one."""
    target.unlink(missing_ok=True)
    _state_path(target).unlink(missing_ok=True)


class _Part:
    """What is there of the file."""

    def __init__(self, target: Path, known_etag: str | None) -> None:
        self._target = target
        self._known_etag = known_etag
        self.state = _read_state(target)

    def headers(self) -> Mapping[str, str]:
        """Ask for what is lacking, on the condition that the file is still the same."""
        size = self._size()
        validator = _validator(self.state)
        if size and self.state and self.state.bytes == size and validator:
            name = "If-None-Match" if validator == self.state.etag else "If-Modified-Since"
            return {name: validator}
        if size and validator:
            return {"Range": f"bytes={size}-", "If-Range": validator}
        return {"If-None-Match": self._known_etag} if self._known_etag else {}

    def take(self, response: requests.Response) -> str:
        """Write an answer's body; `whole`, `unchanged`, or `again` for a part that has to be given up."""
        size = self._size()
        if response.status_code == 304:
            return "whole" if size and self.state and self.state.bytes == size else "unchanged"
        if response.status_code == 206:
            given = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
            if not given or int(given[1]) != size or not self.state or self.state.bytes != int(given[2]):
                return self._give_up()
            self._write(response, "ab")
        elif response.status_code == 200:
            remove_large_file(self._target)
            length = response.headers.get("Content-Length", "")
            self.state = FileState(
                etag=response.headers.get("ETag"),
                last_modified=response.headers.get("Last-Modified"),
                bytes=int(length) if length.isdigit() else None,
            )
            _state_path(self._target).write_text(json.dumps(asdict(self.state)), encoding="utf-8")
            self._write(response, "wb")
        else:
            return self._give_up()
        return "whole" if self.state.bytes in (None, self._size()) else "again"

    def _write(self, response: requests.Response, mode: str) -> None:
        with self._target.open(mode) as file:
            for piece in response.iter_content(PIECE_BYTES):
                file.write(piece)

    def _give_up(self) -> str:
        remove_large_file(self._target)
        self.state = None
        return "again"

    def _size(self) -> int:
        return self._target.stat().st_size if self._target.exists() else 0


def _validator(state: FileState | None) -> str | None:
    """What proves that a part is of the same state: a weak ETag does not (RFC 9110, 13.1.5)."""
    if state is None:
        return None
    return state.etag if state.etag and not state.etag.startswith("W/") else state.last_modified


def _state_path(target: Path) -> Path:
    return target.with_name(f"{target.name}.state.json")


def _read_state(target: Path) -> FileState | None:
    try:
        return FileState(**json.loads(_state_path(target).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
