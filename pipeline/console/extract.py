"""Reading files and showing what was found, in the format asked for."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.console.file_reading import read_path
from pipeline.console.file_record import Record, record_of
from pipeline.console.input_files import find_files
from pipeline.pages.filing_view import FilingView, UnreadFile


def extract_paths(paths: Iterable[Path], form: str, explain: bool) -> int:
    """Print what the files hold; returns 1 where any could not be read, else 0.

    Each file is printed as soon as it is read, but for the page, which begins with what is in it.
    """
    count = unread = 0
    for count, reading in enumerate(_shown(_readings(paths), form, explain), start=1):  # noqa: B007
        if isinstance(reading, UnreadFile):
            unread += 1
            print(f"exit-charges: {reading.source}: {reading.problem}", file=sys.stderr)
    if unread:
        print(f"exit-charges: {unread:,} of {count:,} files could not be read.", file=sys.stderr)
    return 1 if unread else 0


_Reading = FilingView | UnreadFile


def _readings(paths: Iterable[Path]) -> Iterator[_Reading]:
    for found in find_files(paths):
        yield read_path(found) if isinstance(found, Path) else UnreadFile(str(found[0]), str(found[1]))


def _shown(readings: Iterator[_Reading], form: str, explain: bool) -> Iterator[_Reading]:
    """The readings again, each after it was printed."""
    if form == "jsonl":
        for reading in readings:
            print(_json(record_of(reading)))
            yield reading
    elif form == "json":
        opening = "["
        for reading in readings:
            print(opening, _json(record_of(reading)), sep="\n", end="")
            opening = ","
            yield reading
        print("[]" if opening == "[" else "\n]")
    elif form == "html":
        from pipeline.pages.filing_page import filings_page

        read = list(readings)
        print(filings_page(read))
        yield from read
    else:
        from pipeline.console.file_tables import print_file

        for reading in readings:
            print_file(reading, explain)
            yield reading


def _json(record: Record) -> str:
    # Text of a broken file can hold halves of surrogate pairs, which no encoding of the output takes.
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace").decode()
