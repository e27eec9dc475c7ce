"""Reading files and showing what was found, in the format asked for, each file as soon as it is read."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.console.file_record import Record, record_of, unreadable
from pipeline.console.input_files import find_files


def extract_paths(paths: Iterable[Path], form: str, explain: bool) -> int:
    """Print what the files hold; returns 1 where any could not be read, else 0."""
    count = unread = 0
    for count, record in enumerate(_shown(_records(paths), form, explain), start=1):  # noqa: B007
        if "error" in record:
            unread += 1
            print(f"exit-charges: {record['source']}: {record['error']}", file=sys.stderr)
    if unread:
        print(f"exit-charges: {unread:,} of {count:,} files could not be read.", file=sys.stderr)
    return 1 if unread else 0


def _records(paths: Iterable[Path]) -> Iterator[Record]:
    for found in find_files(paths):
        yield record_of(found) if isinstance(found, Path) else unreadable(*found)


def _shown(records: Iterator[Record], form: str, explain: bool) -> Iterator[Record]:
    """The records again, each after it was printed."""
    if form == "jsonl":
        for record in records:
            print(_json(record))
            yield record
    elif form == "json":
        opening = "["
        for record in records:
            print(opening, _json(record), sep="\n", end="")
            opening = ","
            yield record
        print("[]" if opening == "[" else "\n]")
    elif form == "html":
        from pipeline.console.html_page import HEAD, TAIL, file_section

        print(HEAD)
        for record in records:
            print(file_section(record, explain))
            yield record
        print(TAIL)
    else:
        from pipeline.console.file_tables import print_file

        for record in records:
            print_file(record, explain)
            yield record


def _json(record: Record) -> str:
    # Text of a broken file can hold halves of surrogate pairs, which no encoding of the output takes.
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace").decode()
