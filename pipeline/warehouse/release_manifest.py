"""What a release consists of: the manifest, and the hashes as `sha256sum` checks them."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from upath import UPath

from pipeline.files import sha256_of
from pipeline.warehouse.release_tables import Contents

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file as the manifest has it; `rows` is null for a page."""

    bytes: int
    sha256: str
    rows: int | None


def write_manifest(
    folder: Path, date: dt.date, months: Sequence[str], contents: Contents
) -> dict[str, ReleasedFile]:
    """Write `manifest.json` of the files in `folder`, and `SHA256SUMS` of those and of the manifest.

    Returns:
        The files by name, sorted, without the two.
    """
    files = {
        path.name: ReleasedFile(path.stat().st_size, sha256_of(path), contents.rows.get(path.stem))
        for path in sorted(folder.iterdir())
    }
    manifest = {
        "date": date.isoformat(),
        "files": {name: asdict(file) for name, file in files.items()},
        "months": list(months),
        "name": folder.name,
        "reader_versions": list(contents.reader_versions),
    }
    written = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(written, encoding="utf-8")
    sums = "".join(f"{sha256}  {name}\n" for name, sha256 in hashes(folder).items())
    (folder / SUMS).write_text(sums, encoding="utf-8")
    return files


def hashes(folder: Path | UPath) -> dict[str, str]:
    """SHA-256 by name of what lies in a folder, sorted; names that start with a dot are passed over.

    A folder in it, which a release has none of, has no hash.
    """
    found = sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=str)
    return {path.name: sha256_of(path) if path.is_file() else "" for path in found}
