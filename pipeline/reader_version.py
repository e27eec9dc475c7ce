"""The version of the reading code and its rules, which stands on every row that they made.

It is a digest of the source files that turn bytes into rows: any change to them gives another version, so a
month read by older code can be told and read again, and nobody has to remember to raise a number.
"""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_READING_SOURCES = (
    "edgar/decoding.py",
    "edgar/header.py",
    "edgar/items.py",
    "edgar/submission.py",
    "edgar/unreadable.py",
    "reading",
    "figures",
    "charges",
    "tables",
)


@cache
def reader_version() -> str:
    """Twelve hexadecimal digits, the same on every machine that has the same sources."""
    digest = hashlib.sha256()
    for source in _READING_SOURCES:
        path = _PACKAGE / source
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.relative_to(_PACKAGE).as_posix().encode())
            digest.update(file.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:12]
