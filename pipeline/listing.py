"""What lies in a folder: with one request where it lies in object storage."""

import os
from pathlib import Path, PurePosixPath

from upath import UPath

from pipeline.files import local_path, unreadable


def names_in(folder: UPath) -> list[str]:
    """The names of what lies in a folder, sorted; none where there is no folder.

    Raises:
        StorageError: it cannot be read.
    """
    local = local_path(folder)
    try:
        if local is not None:
            return sorted(entry.name for entry in local.iterdir())
        return sorted(PurePosixPath(name).name for name in folder.fs.ls(folder.path, detail=False))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as problem:
        raise unreadable(folder, problem) from problem


def files_below(folder: UPath) -> list[tuple[str, ...]]:
    """The files in a folder and in those below, as the parts of their relative paths, sorted.

    Raises:
        StorageError: it cannot be read.
    """
    local = local_path(folder)
    try:
        if local is None:
            names = folder.fs.find(folder.path)
            above = len(PurePosixPath(folder.path).parts)
            return sorted(PurePosixPath(name).parts[above:] for name in names)
        above = len(local.parts)
        walk = os.walk(local, onerror=_raise_unless_gone)
        return sorted((*Path(path).parts[above:], name) for path, _, names in walk for name in names)
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise unreadable(folder, problem) from problem


def _raise_unless_gone(problem: OSError) -> None:
    if not isinstance(problem, FileNotFoundError):
        raise problem
