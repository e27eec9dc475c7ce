"""Reading a whole archive on an engine, part by part; killed anywhere, the next time goes on."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pyarrow.parquet as pq
from upath import UPath

from pipeline.archives.engines import Engine
from pipeline.archives.parts import DONE, output_path, reader_into, to_batch
from pipeline.archives.sources import find_sources, parts_of
from pipeline.errors import ConfigurationError, StorageError
from pipeline.files import remove, remove_leftovers
from pipeline.locks import only_writer
from pipeline.tables.readings import FAILED

_PART = re.compile(r"part-[0-9a-f]{16}\.parquet")
_MOST_NAMED = 20
"""Failures that a report names; all of them are rows."""

Progress = Callable[[int, int], None]
"""Told how many parts are done, and of how many."""


@dataclass(slots=True)
class ArchiveReport:
    """What the output holds now that the archive is read."""

    files: int
    left_out: int
    """Files of the folders that are no submissions by their names."""
    parts: int
    parts_read: int
    """Of the parts, those that were read this time."""
    submissions: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    """Of those that were read: filings by read_status."""
    charges: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    """Source to problem, of the first ones."""


def read_archive(
    places: Sequence[UPath], output: UPath, engine: Engine, progress: Progress = lambda done, of: None
) -> ArchiveReport:
    """Read the archive's submissions into the output: a Parquet file a part, a submission a row.

    A part that is there was read from the same files by the same code and is left alone; files of other
    parts, which were read from what has changed since, are removed when all parts are there.

    Args:
        places: files, folders, or URLs of object storage.
        output: a folder or URL with nothing else in it.
        engine: what does the work; see `engines`.
        progress: told of parts that are done.

    Raises:
        ConfigurationError: there is nothing at a place, or the output lies in it or is none.
        StorageError: something cannot be listed or written.
        ExitChargesError: the engine failed; what is done stays.
    """
    places, output = [place.resolve() for place in places], output.resolve()  # what `..` means
    for place in places:
        if output == place or place in output.parents:
            raise ConfigurationError(f"The output {output} lies in {place}, which is read; name another.")
    files, left_out = find_sources(places)
    if not files:
        raise ConfigurationError(
            f"None of the {left_out:,} files there is a submission (.txt, .nc) or an archive of them (.tar, "
            ".tar.gz, .tgz, .gz) by its name; name a file to have it read all the same."
        )
    parts = {part.id: part for part in parts_of(files)}
    with only_writer(output.parent / f".{output.name}.lock", f"the readings in {output}"):
        remove_leftovers(output / "part")
        found = _parts_in(output)
        wanted = [part for part_id, part in parts.items() if part_id not in found]
        done = len(parts) - len(wanted)
        progress(done, len(parts))
        if wanted:
            for batch in engine(reader_into(output), [to_batch(part) for part in wanted], DONE):
                done += batch.num_rows
                progress(done, len(parts))
        for part_id in found - parts.keys():
            remove(output_path(output, part_id))
        missing = sum(not output_path(output, part.id).exists() for part in wanted)
        if missing:
            raise StorageError(
                f"{missing} parts were read and are not in {output}; see that the workers write to the same "
                "place that this process sees, and run it again."
            )
    report = ArchiveReport(len(files), left_out, len(parts), len(wanted))
    for part_id in parts:
        _count(output_path(output, part_id), report)
    return report


def _parts_in(output: UPath) -> set[str]:
    try:
        names = [entry.name for entry in output.iterdir()] if output.exists() else []
    except NotADirectoryError as problem:
        raise ConfigurationError(f"The output {output} is a file; name a folder.") from problem
    except OSError as problem:
        raise StorageError(f"{output} cannot be listed ({problem}); see that it can be read.") from problem
    visible = [name for name in names if not name.startswith((".", "_"))]
    if foreign := [name for name in visible if not _PART.fullmatch(name)]:
        raise ConfigurationError(
            f"The output {output} holds {foreign[0]}, which is not of its making; name a folder of its own."
        )
    return {name.removeprefix("part-").removesuffix(".parquet") for name in visible}


def _count(path: UPath, report: ArchiveReport) -> None:
    columns = ["source", "outcome", "problem", "filing.read_status", "charges.list.element.charge_id"]
    with path.open("rb") as file:
        for batch in pq.ParquetFile(file).iter_batches(columns=columns):
            report.submissions += batch.num_rows
            for row in batch.to_pylist():
                report.outcomes[row["outcome"]] += 1
                if row["filing"]:
                    report.statuses[row["filing"]["read_status"]] += 1
                report.charges += len(row["charges"] or ())
                if row["outcome"] == FAILED and len(report.failures) < _MOST_NAMED:
                    report.failures[row["source"]] = row["problem"]
