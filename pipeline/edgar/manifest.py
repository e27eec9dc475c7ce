"""The manifest of the raw archive: for each month, which submissions are held and which could not be had."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import put, read_bytes, remove_leftovers
from pipeline.listing import names_in
from pipeline.locks import only_writer

_FILE = re.compile(r"(\d{4}-\d{2})\.json")


@dataclass(slots=True)
class MonthManifest:
    """The rows of a month, by accession number."""

    held: dict[str, dict[str, Any]] = field(default_factory=dict)
    """url, source, sha256, bytes, fetched_at"""
    failed: dict[str, dict[str, Any]] = field(default_factory=dict)
    """reason, tried_at"""

    def to_json(self) -> bytes:
        return to_json({"held": self.held, "failed": self.failed})


class Manifest:
    """The months' manifests in a folder, a JSON file each."""

    def __init__(self, folder: UPath) -> None:
        self._folder = folder

    def months(self) -> list[str]:
        """The months that have a manifest."""
        return months_with_json(self._folder)

    def read(self, month: str) -> MonthManifest:
        """A month's rows; none where nothing was fetched yet.

        Raises:
            StorageError: the file is damaged.
        """
        path = self._path(month)
        data = read_bytes(path)
        if data is None:
            return MonthManifest()
        try:
            rows = json.loads(data)
            return MonthManifest(dict(rows["held"]), dict(rows["failed"]))
        except (ValueError, KeyError, TypeError) as problem:
            raise StorageError(
                f"{path} is damaged ({problem!r}); delete it, and the next run fetches {month} anew."
            ) from problem

    @contextmanager
    def changing(self, month: str) -> Iterator[MonthManifest]:
        """The month's rows to change, written when the context ends well; one process at a time."""
        with only_writer(self._folder / f"{month}.lock", f"the manifest of {month}"):
            remove_leftovers(self._path(month))
            manifest = self.read(month)
            before = manifest.to_json()
            yield manifest
            if manifest.to_json() != before:
                put(self._path(month), manifest.to_json())

    def _path(self, month: str) -> UPath:
        return self._folder / f"{month}.json"


def months_with_json(folder: UPath) -> list[str]:
    """The months that have a file YYYY-MM.json in the folder, sorted."""
    return [found[1] for name in names_in(folder) if (found := _FILE.fullmatch(name))]


def to_json(value: object) -> bytes:
    """The same value always gives the same bytes."""
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
