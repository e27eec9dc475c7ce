"""Bytes to text: EDGAR takes ASCII, but files hold UTF-8, cp1252 and latin-1 too, and none says which."""

import codecs

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes) -> str:
    """Decode as UTF-8 where the bytes are UTF-8 (a cut last character aside), else as cp1252; never fails."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.start >= len(data) - 3 and problem.reason == "unexpected end of data":
            return data[: problem.start].decode("utf-8")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
