"""The headers of candidates that were read, so that no run asks for one twice.

raw/headers/YYYY-MM.json.gz   accession number to header, as received, for all 8-Ks of a month of filing
"""

import gzip
import json
from collections.abc import Mapping

from upath import UPath

from pipeline.edgar.manifest import to_json
from pipeline.errors import StorageError
from pipeline.files import read_bytes, remove_leftovers, write_atomically
from pipeline.locks import only_writer


class HeaderArchive:
    """The headers of a month, under `home`."""

    def __init__(self, home: UPath, month: str) -> None:
        self._path = home / "raw" / "headers" / f"{month}.json.gz"
        self._month = month

    def read(self) -> dict[str, str]:
        """Accession number to header.

        Raises:
            StorageError: the file is damaged.
        """
        data = read_bytes(self._path)
        if data is None:
            return {}
        try:
            headers = json.loads(gzip.decompress(data))
            return {str(accession): str(header) for accession, header in headers.items()}
        except (OSError, EOFError, ValueError, AttributeError) as problem:
            raise StorageError(
                f"{self._path} is damaged ({problem!r}); delete it, and the headers are asked for again."
            ) from problem

    def add(self, headers: Mapping[str, str]) -> None:
        """Keep further headers; what another run added meanwhile stays."""
        if not headers:
            return
        with only_writer(self._path.with_name(f"{self._month}.lock"), f"the headers of {self._month}"):
            remove_leftovers(self._path)
            together = to_json(self.read() | dict(headers))
            write_atomically(self._path, gzip.compress(together, compresslevel=6, mtime=0))
