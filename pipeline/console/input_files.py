"""The files that paths on the command line stand for, and their bytes."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.edgar.submission import MOST_BYTES
from pipeline.errors import ExitChargesError


class UnreadableFileError(ExitChargesError):
    """A path that cannot be read; the message says why without repeating the path."""


def find_files(paths: Iterable[Path]) -> Iterator[Path | tuple[Path, UnreadableFileError]]:
    """Each path, a folder replaced by all files in and below it; a folder that cannot be listed is a problem.

    Links to folders are not followed below a folder: they may lead in circles.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path | tuple[Path, UnreadableFileError]]:
    problems: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        folders.sort()
        for name in sorted(files):
            yield Path(parent, name)
        while problems:
            problem = problems.pop()
            yield Path(problem.filename), UnreadableFileError(_reason(problem))
    while problems:
        problem = problems.pop()
        yield Path(problem.filename), UnreadableFileError(_reason(problem))


def read_file(path: Path) -> bytes:
    """A regular file's bytes.

    Raises:
        UnreadableFileError: it is missing, no regular file, not permitted or too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFileError("It is neither a file nor a folder.")
        if status.st_size > MOST_BYTES:
            raise UnreadableFileError(f"It has {status.st_size:,} bytes, which no Form 8-K has.")
        return path.read_bytes()
    except (OSError, ValueError) as problem:
        raise UnreadableFileError(_reason(problem)) from problem


def _reason(problem: OSError | ValueError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "There is no such file or folder."
    if isinstance(problem, PermissionError):
        return "This user may not read it."
    return f"It cannot be read: {getattr(problem, 'strerror', None) or problem}."
