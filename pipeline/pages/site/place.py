"""Putting a built site into its folder: file by file, so that no page is ever missing there.

A list in the folder says which files are the site's. Only those are ever removed, and a folder with other
files but without a list is refused: it is somebody else's.
"""

import filecmp
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import local_path, move_into_place, read_bytes, remove, write_atomically

LIST = ".exit-charges-site.json"


def check_folder(folder: UPath) -> None:
    """Raises StorageError where the folder has files that no site of ours put there."""
    if folder.exists() and not folder.is_dir():
        raise StorageError(f"{folder} is a file; give a DIRECTORY for the site.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / LIST).exists():
        raise StorageError(
            f"{folder} holds files that are not this site's; give an empty DIRECTORY, or empty it first."
        )


def put_in_place(built: Path, target: UPath, names: Sequence[str]) -> int:
    """Make the target's files those that were built, and say how many had to be written.

    Files come in the order of `names`, so that what is linked to is there before what links; what is no
    longer part of the site goes last. A run killed in between leaves old and new pages, each whole, and the
    next run completes the work.

    Args:
        built: a folder beside the target, whose files are moved away.
        target: the site's folder.
        names: the paths of all files, relative to both.

    Raises:
        StorageError: the target cannot be written.
    """
    local = local_path(target)
    if local is not None and not local.exists():
        (built / LIST).write_bytes(_listed(names))
        move_into_place(built, local)
        return len(names)
    before = _names_in(target)
    write_atomically(target / LIST, _listed({*before, *names}))
    written = sum(_put(built / name, target / name) for name in names)
    for name in sorted(before - set(names)):
        remove(target / name)
    write_atomically(target / LIST, _listed(names))
    return written


def _put(built: Path, target: UPath) -> bool:
    local = local_path(target)
    if local is None:
        return write_atomically(target, built.read_bytes())
    if local.is_file() and filecmp.cmp(built, local, shallow=False):
        return False
    local.parent.mkdir(parents=True, exist_ok=True)
    built.replace(local)
    return True


def _names_in(folder: UPath) -> set[str]:
    data = read_bytes(folder / LIST)
    try:
        names = {str(name) for name in json.loads(data or b"[]")}
    except ValueError as problem:
        raise StorageError(f"{folder / LIST} is damaged; delete {folder}, and build it anew.") from problem
    # Nothing outside the folder is ever the site's, whatever the list says.
    return {name for name in names if ".." not in Path(name).parts and not Path(name).is_absolute()}


def _listed(names: Iterable[str]) -> bytes:
    return (json.dumps(sorted(names), indent=0) + "\n").encode()
