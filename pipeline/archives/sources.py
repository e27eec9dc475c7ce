"""The files of an archive: submissions, and tar or gzip files of many.

Here belongs which files there are and how they are parted. What is in them does not: see `submissions`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from upath import UPath

from pipeline.errors import ConfigurationError, StorageError
from pipeline.reader_version import reader_version

PACKED = (".tar", ".tar.gz", ".tgz", ".gz")
"""Endings of files of many submissions; such a file is a part of its own."""
_SUBMISSIONS = (".txt", ".nc", *PACKED)
"""What is read of a folder: the documents of a submission, which may lie beside it, are in it already."""
_MOST_FILES = 500
_MOST_BYTES = 64_000_000
"""Of submissions that make a part together."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of an archive. `state` is its size, and its time or tag, by which a change of it is noticed."""

    path: str
    bytes: int
    state: str

    @property
    def is_packed(self) -> bool:
        return self.path.lower().endswith(PACKED)


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are read together into one file of the output."""

    files: tuple[SourceFile, ...]

    @property
    def id(self) -> str:
        """Of the files, their states and the code that reads them: another of them makes another part."""
        digest = hashlib.sha256(reader_version().encode())
        for file in self.files:
            digest.update(f"\0{file.path}\0{file.state}".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()[:16]


def find_sources(places: Iterable[UPath]) -> tuple[list[SourceFile], int]:
    """The files of each place, by path: a file, or those in and below a folder or a prefix of a bucket.

    Returns:
        The files, and how many others a folder holds that are no submissions by their names. Hidden files
        and folders are not counted.

    Raises:
        ConfigurationError: there is nothing at a place.
        StorageError: it cannot be listed.
    """
    found: dict[str, SourceFile] = {}
    others: set[str] = set()
    for place in places:
        try:
            listed = place.fs.find(place.path, detail=True)
        except OSError as problem:
            raise StorageError(f"{place} cannot be listed ({problem}); see that it can be read.") from problem
        if not listed:
            raise ConfigurationError(f"There is no file at {place}; name a file or folder of submissions.")
        prefix = len(place.path.rstrip("/"))
        for path, facts in listed.items():
            if any(name.startswith(".") for name in path[prefix:].split("/")):
                continue
            address = path if place.protocol in ("", "file") else f"{place.protocol}://{path}"
            if len(path) > prefix and not path.lower().endswith(_SUBMISSIONS):
                others.add(address)
                continue
            size = int(facts["size"] or 0)
            state = next((str(facts[key]) for key in ("ETag", "mtime", "LastModified") if key in facts), "")
            found[address] = SourceFile(address, size, f"{size} {state}")
    return sorted(found.values(), key=lambda file: file.path), len(others)


def parts_of(files: Sequence[SourceFile]) -> Iterator[Part]:
    """The files as parts, in order: each packed file by itself, submissions some hundred together."""
    together: list[SourceFile] = []
    size = 0
    for file in files:
        if file.is_packed:
            yield Part((file,))
            continue
        if together and (len(together) == _MOST_FILES or size + file.bytes > _MOST_BYTES):
            yield Part(tuple(together))
            together, size = [], 0
        together.append(file)
        size += file.bytes
    if together:
        yield Part(tuple(together))
