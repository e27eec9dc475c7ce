"""The raw archive: what EDGAR sent, unchanged, with a manifest of what is held and what could not be had.

    raw/index/YYYY-MM.json               the filings that a month has or once had (see month_index)
    raw/filings/YYYY-MM/<accession>.txt  the submissions, as received
    raw/manifest/YYYY-MM.json            their url, sha256, bytes, fetched_at; and why others are not held
    raw/refused/<accession>.txt          what came instead of a submission, for inspection

What finding filings needs to keep lies beside: raw/headers (see discovery.header_archive) and raw/bulk (see
discovery.bulk_table).

A submission is put into place before its row is written, and every file is replaced as a whole: a run killed
at any point leaves nothing half-written, and what has no row is fetched again.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from upath import UPath

from pipeline.edgar.discovery import Discovery
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.manifest import Manifest, months_with_json, to_json
from pipeline.edgar.month_index import MonthIndex, read_index, updated
from pipeline.errors import StorageError
from pipeline.files import put, read_bytes, remove, remove_leftovers, write_atomically
from pipeline.locks import only_writer
from pipeline.months import eastern_today, month_of


@dataclass(frozen=True, slots=True)
class RawEntry:
    """A held submission: its manifest row and where it stands."""

    url: str
    """Its address on EDGAR."""
    source: str
    """Where it came from: `live`, `sample` or a base URL."""
    sha256: str
    bytes: int
    fetched_at: dt.datetime
    """Aware, in UTC."""
    path: UPath


class RawArchive:
    """The raw archive under `home`, a directory or a URL of object storage."""

    def __init__(self, home: UPath) -> None:
        self._raw = home / "raw"
        self._manifest = Manifest(self._raw / "manifest")
        self._month_of: dict[str, str] = {}

    def write_index(self, month: str, answer: Discovery, today: dt.date | None = None) -> MonthIndex:
        """Keep what an answer adds to what is known of a month, and note what it no longer lists.

        The same answer again leaves the file as it is. Returns the index as it now is.

        Raises:
            StorageError: the file is damaged or cannot be written.
        """
        path = self._index_path(month)
        with only_writer(path.with_suffix(".lock"), f"the index of {month}"):
            remove_leftovers(path)
            index = updated(self._read_index(month), month, answer, today or eastern_today())
            write_atomically(path, to_json(index.to_json()))
        return index

    def index(self, month: str) -> list[IndexedFiling]:
        """The filings of a month, by accession number; those that are no longer listed are among them.

        Raises:
            StorageError: the month was not indexed yet, or the file is damaged.
        """
        return list(self.month_index(month).filings)

    def month_index(self, month: str) -> MonthIndex:
        """The filings of a month, and how they are known.

        Raises:
            StorageError: the month was not indexed yet, or the file is damaged.
        """
        index = self._read_index(month)
        if index is None:
            raise StorageError(
                f"{self._index_path(month)} is missing: nobody asked for the filings of {month} yet; index "
                "it first."
            )
        self._remember(index.filings)
        return index

    def indexed_months(self) -> list[str]:
        """The months that have an index."""
        return months_with_json(self._raw / "index")

    def _read_index(self, month: str) -> MonthIndex | None:
        path = self._index_path(month)
        data = read_bytes(path)
        try:
            return None if data is None else read_index(data)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise StorageError(
                f"{path} is damaged ({problem!r}); delete it and run {month} again."
            ) from problem

    def entry(self, accession_number: str) -> RawEntry | None:
        """The manifest's row of a submission, None where it is not held."""
        month, row, _ = self._find(accession_number)
        return None if row is None else self._entry(month, accession_number, row)

    def entries(self, filings: Sequence[IndexedFiling]) -> dict[str, RawEntry]:
        """The rows of those that are held, by accession number; the manifest of a month is read once."""
        self._remember(filings)
        months = {filing.accession_number: month_of(filing.filed_date) for filing in filings}
        manifests = {month: self._manifest.read(month) for month in set(months.values())}
        return {
            number: self._entry(month, number, row)
            for number, month in months.items()
            if (row := manifests[month].held.get(number)) is not None
        }

    def _entry(self, month: str, accession_number: str, row: dict[str, Any]) -> RawEntry:
        try:
            return RawEntry(
                url=row["url"],
                source=row["source"],
                sha256=row["sha256"],
                bytes=row["bytes"],
                fetched_at=dt.datetime.fromisoformat(row["fetched_at"]),
                path=self._filing_path(month, accession_number),
            )
        except (KeyError, TypeError, ValueError) as problem:
            raise StorageError(
                f"The manifest's row of {accession_number} in {month} is damaged ({problem!r}); delete "
                f"{self._raw / 'manifest' / month}.json, and the next run fetches the month anew."
            ) from problem

    def failure(self, accession_number: str) -> str | None:
        """Why a filing could not be had at the last try; None where it is held or was never asked for."""
        _, _, failed = self._find(accession_number)
        return str(failed["reason"]) if failed else None

    def read(self, accession_number: str) -> bytes:
        """A held submission's bytes.

        Raises:
            StorageError: it is not held, or its bytes are not those that were received.
        """
        entry = self.entry(accession_number)
        if entry is None:
            reason = self.failure(accession_number) or "it was not fetched yet"
            raise StorageError(
                f"{accession_number} is not in the raw archive ({reason}); fetch its month again."
            )
        return received(entry)

    def missing(self, filings: Sequence[IndexedFiling]) -> list[IndexedFiling]:
        """Those of `filings` that are not held, or whose file is not as received."""
        entries = self.entries(filings)
        lacking = {
            filing.accession_number
            for filing in filings
            if (entry := entries.get(filing.accession_number)) is None or damage_of(entry)
        }
        return [filing for filing in filings if filing.accession_number in lacking]

    def store(self, filing: IndexedFiling, data: bytes, source: str, fetched_at: dt.datetime) -> None:
        """Keep a verified submission. Its row is written last; `fetched_at` is aware, in UTC."""
        accession, month = filing.accession_number, month_of(filing.filed_date)
        with self._manifest.changing(month) as manifest:
            remove_leftovers(self._filing_path(month, accession))
            put(self._filing_path(month, accession), data)
            manifest.held[accession] = {
                "url": filing.source_url,
                "source": source,
                "sha256": hashlib.sha256(data).hexdigest(),
                "bytes": len(data),
                "fetched_at": fetched_at.isoformat(timespec="seconds"),
            }
            had_failed = manifest.failed.pop(accession, None) is not None
        if had_failed:
            remove(self._refused_path(accession))
        self._remember([filing])

    def note_failure(
        self, filing: IndexedFiling, reason: str, received: bytes | None, tried_at: dt.datetime
    ) -> None:
        """Record why a filing could not be had, and keep what came instead of it, if anything did, beside."""
        accession, month = filing.accession_number, month_of(filing.filed_date)
        with self._manifest.changing(month) as manifest:
            if received is not None:
                write_atomically(self._refused_path(accession), received)
            manifest.held.pop(accession, None)
            manifest.failed[accession] = {
                "reason": reason,
                "tried_at": tried_at.isoformat(timespec="seconds"),
            }
        self._remember([filing])

    def _find(self, accession: str) -> tuple[str, dict[str, Any] | None, dict[str, Any] | None]:
        """The month of a filing, and its row among the held and among the failed."""
        known = self._month_of.get(accession)
        for month in [known] if known else self._manifest.months():
            rows = self._manifest.read(month)
            if known or accession in rows.held or accession in rows.failed:
                self._month_of[accession] = month
                return month, rows.held.get(accession), rows.failed.get(accession)
        return "", None, None

    def _remember(self, filings: Sequence[IndexedFiling]) -> None:
        self._month_of.update((filing.accession_number, month_of(filing.filed_date)) for filing in filings)

    def _index_path(self, month: str) -> UPath:
        return self._raw / "index" / f"{month}.json"

    def _filing_path(self, month: str, accession: str) -> UPath:
        return self._raw / "filings" / month / f"{accession}.txt"

    def _refused_path(self, accession: str) -> UPath:
        return self._raw / "refused" / f"{accession}.txt"


def received(entry: RawEntry) -> bytes:
    """A held submission's bytes.

    Raises:
        StorageError: they are not those that were received.
    """
    data = read_bytes(entry.path)
    problem = _what_is_wrong(entry, data)
    if data is None or problem:
        raise StorageError(f"{entry.path} is not as received ({problem}); fetch its month again.")
    return data


def damage_of(entry: RawEntry) -> str | None:
    """What is wrong with a held submission's file; None where nothing is."""
    return _what_is_wrong(entry, read_bytes(entry.path))


def _what_is_wrong(entry: RawEntry, data: bytes | None) -> str | None:
    if data is None:
        return "the file is missing"
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        return f"its sha256 is not the manifest's; {len(data)} bytes, {entry.bytes} received"
    return None
