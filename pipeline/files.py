"""Writing a file so that a reader sees the old or the new content and never a part, wherever it lies."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fsspec import register_implementation  # type: ignore[import-untyped]
from upath import UPath

from pipeline.errors import StorageError
from pipeline.lease import check_leases

_BESIDE = ".beside-"
"""Of what is being written; readers of Parquet folders pass over names that start with a dot."""

_PIECE = 1 << 20  # bytes of a file held at a time
_OBJECT_STORAGE = ("s3", "s3a")

for _protocol in _OBJECT_STORAGE:
    register_implementation(
        _protocol,
        "pipeline.object_storage.ObjectStorage",
        clobber=True,
        errtxt="it needs s3fs: pip install 'exit-charges[s3]'",
    )


def beside_prefix(target_name: str) -> str:
    """How the names of files and folders start that are being written to become the target."""
    return f"{_BESIDE}{target_name}-"


def local_path(path: UPath) -> Path | None:
    """The path on this machine's disks; None for object storage and the like."""
    return Path(path.path) if path.protocol in ("", "file", "local") else None


def is_object_storage(path: UPath) -> bool:
    """Whether the path is one of S3, where an object can be written on a condition."""
    return path.protocol in _OBJECT_STORAGE


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path | UPath) -> str:
    """The digest of a file's content, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def read_bytes(path: UPath) -> bytes | None:
    """The file's content, or None where there is none.

    Raises:
        StorageError: it exists but cannot be read.
    """
    local = local_path(path)
    try:
        found: bytes = path.fs.cat_file(path.path) if local is None else local.read_bytes()
        return found
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise unreadable(path, problem) from problem


def read_all(paths: Sequence[UPath]) -> list[bytes | None]:
    """The contents of files of one storage, None where there is none; of object storage all at once.

    Raises:
        StorageError: one exists but cannot be read.
    """
    if paths and is_object_storage(paths[0]):
        found: list[bytes | None] = paths[0].fs.read_all([path.path for path in paths])
        return found
    return [read_bytes(path) for path in paths]


def write_atomically(path: UPath, data: bytes) -> bool:
    """Make `data` the content of `path`; a file that holds it already is left alone.

    Returns:
        Whether anything was written.

    Raises:
        StorageError: the place cannot be written to, or is full.
    """
    if read_bytes(path) == data:
        return False
    put(path, data)
    return True


def put(path: UPath, data: bytes) -> None:
    """Write `data`, whatever `path` holds.

    On a disk the data are written beside, synchronised and moved into place; elsewhere the file system's own
    put is used, which on object storage shows the old or the new object.

    Raises:
        StorageError: the place cannot be written to, or is full.
    """
    local = local_path(path)
    try:
        if local is None:
            check_leases()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.fs.pipe_file(path.path, data)
        else:
            local.parent.mkdir(parents=True, exist_ok=True)
            _write_beside_and_move(local, data)
    except OSError as problem:
        raise _unwritable(path, problem) from problem


def upload(source: Path, target: UPath) -> None:
    """Write a file of this machine to where no disk is.

    Raises:
        StorageError: the place cannot be written to.
    """
    check_leases()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.fs.put_file(str(source), target.path)
    except OSError as problem:
        raise _unwritable(target, problem) from problem


def _write_beside_and_move(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=beside_prefix(target.name), dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        move_into_place(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def move_into_place(beside: Path, target: Path) -> None:
    """Rename a finished file over `target`, or a folder to where none is, and make the rename last."""
    os.replace(beside, target)  # noqa: PTH105 - the guarantee that is relied on is os.replace's
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def move(beside: UPath, target: UPath) -> None:
    """Move a finished file over `target`; where there is none beside, it was moved before.

    Elsewhere than on a disk it is copied, and the one beside stays until its folder is removed.

    Raises:
        StorageError: the place cannot be written to.
    """
    local_beside, local_target = local_path(beside), local_path(target)
    if local_beside is None or local_target is None:
        data = read_bytes(beside)
        if data is not None:
            put(target, data)
        return
    try:
        if local_beside.exists():
            local_target.parent.mkdir(parents=True, exist_ok=True)
            move_into_place(local_beside, local_target)
    except OSError as problem:
        raise _unwritable(target, problem) from problem


def remove(path: UPath) -> None:
    """Delete a file; it may be gone already.

    Raises:
        StorageError: it cannot be deleted.
    """
    local = local_path(path)
    try:
        if local is not None:
            local.unlink()
            return
        check_leases()
        path.fs.rm_file(path.path)
    except FileNotFoundError:
        return
    except OSError as problem:
        raise _unwritable(path, problem) from problem


def remove_folder(path: UPath) -> None:
    """Delete a folder with what is in it; it may be gone already.

    Raises:
        StorageError: it cannot be deleted.
    """
    local = local_path(path)
    try:
        if local is not None:
            shutil.rmtree(local)
            return
        check_leases()
        if is_object_storage(path):
            if names := path.fs.find(path.path):
                path.fs.rm(names)
        else:
            path.fs.rm(path.path, recursive=True)
    except FileNotFoundError:
        return
    except OSError as problem:
        raise _unwritable(path, problem) from problem


def unreadable(path: UPath, problem: OSError) -> StorageError:
    """The error of a file or folder that is there and cannot be read."""
    return StorageError(f"{path} cannot be read ({problem}); give this user the right to read it.")


def _unwritable(path: UPath, problem: OSError) -> StorageError:
    return StorageError(
        f"{path} cannot be written ({problem.strerror or problem}); make the folder writable, free some "
        "space, or choose another place (for the home: EXIT_CHARGES_HOME)."
    )


def synchronise(folder: Path) -> None:
    """Make the content of a folder's files, and that they lie in it, survive a loss of power."""
    for path in (*sorted(folder.iterdir()), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_leftovers(target: UPath) -> None:
    """Delete what a killed run left beside its target. Call it only while holding the target's lock."""
    local = local_path(target)
    if local is None:
        return
    for entry in local.parent.glob(f"{beside_prefix(local.name)}*"):
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
