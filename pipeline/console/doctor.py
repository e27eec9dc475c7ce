"""What is configured, reachable and healthy."""

import platform
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.console.plain import output_console
from pipeline.console.source_probe import probe_source
from pipeline.edgar.archive import RawArchive
from pipeline.edgar.source import open_source
from pipeline.errors import ExitChargesError, StorageError
from pipeline.files import is_object_storage, local_path, put, remove
from pipeline.lease import refuses_a_second
from pipeline.printable import printable
from pipeline.reader_version import reader_version
from pipeline.settings import Settings
from pipeline.warehouse.corrections import corrections_path, read_corrections
from pipeline.warehouse.database import database_path
from pipeline.warehouse.published import month_state
from pipeline.warehouse.query import is_current, open_database
from pipeline.warehouse.records import check_no_foreign_files, known_months, month_record

_STYLES = {"ok": "green", "note": "yellow", "wrong": "bold red"}
_SHOWN_VERSIONS = ("dagster", "great-expectations", "polars", "pyarrow", "duckdb", "sec-edgar-downloader")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `note` is worth knowing, `wrong` has to be mended."""

    subject: str
    state: Literal["ok", "note", "wrong"]
    detail: str


def examine(settings: Settings) -> int:
    """Print all findings; returns 1 where something is wrong, else 0."""
    findings = [finding for look in _LOOKS for finding in _look(look, settings)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    for finding in findings:
        table.add_row(
            finding.subject,
            Text(finding.state, style=_STYLES[finding.state]),
            Text(printable(finding.detail)),
        )
    output_console().print(table)
    return 1 if any(finding.state == "wrong" for finding in findings) else 0


def _look(look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    """What `look` finds; an error of the project is a finding too."""
    try:
        yield from look(settings)
    except ExitChargesError as problem:
        yield Finding(look.__name__.strip("_").replace("_", " "), "wrong", str(problem))


def _versions(settings: Settings) -> Iterator[Finding]:
    packages = ", ".join(f"{name} {version(name)}" for name in _SHOWN_VERSIONS)
    yield Finding("versions", "ok", f"Python {platform.python_version()}, {packages}")
    yield Finding("reader version", "ok", reader_version())


def _settings(settings: Settings) -> Iterator[Finding]:
    identity = settings.identity or "not set (only live needs it)"
    yield Finding("EXIT_CHARGES_HOME", "ok", str(settings.home))
    yield Finding("EXIT_CHARGES_SOURCE", "ok", settings.source)
    yield Finding("EXIT_CHARGES_IDENTITY", "ok", identity)
    yield Finding("EXIT_CHARGES_REQUESTS_PER_SECOND", "ok", f"{settings.requests_per_second:g}")
    if settings.companies:
        yield Finding("EXIT_CHARGES_COMPANIES", "note", f"runs ask for {', '.join(settings.companies)} only")


def _home(settings: Settings) -> Iterator[Finding]:
    """Whether a file can be written, leaving nothing behind, and whether writers can be kept apart."""
    try:
        local = local_path(settings.home)
        if local is None:
            beside = settings.home / f".doctor-{uuid.uuid4().hex}"
            put(beside, b"")
            keeps_apart = is_object_storage(beside) and refuses_a_second(beside)
            remove(beside)
        else:
            existing = next(folder for folder in (local, *local.parents) if folder.exists())
            with tempfile.TemporaryFile(dir=existing):
                pass
    except OSError as problem:
        raise StorageError(
            f"{settings.home} cannot be written ({problem}); make it writable or set "
            "EXIT_CHARGES_HOME to another place."
        ) from problem
    yield Finding("home", "ok", "can be written")
    if local is None and not keeps_apart:
        yield Finding(
            "home",
            "note",
            "has no conditional writes, which keep writers apart: let one run at a time write to it",
        )


def _source(settings: Settings) -> Iterator[Finding]:
    with open_source(settings) as source:
        without_search = probe_source(source, settings)
        if without_search:
            yield Finding("source", "note", f"{source.name} answers, but not its search: {without_search}")
        else:
            yield Finding("source", "ok", f"{source.name} answers")


def _months(settings: Settings) -> Iterator[Finding]:
    check_no_foreign_files(settings.home)
    states = {month: month_state(settings.home, month) for month in known_months(settings.home)}
    complete = [month for month, state in states.items() if state == "complete"]
    for month in states.keys() - set(complete):
        yield Finding(
            "months", "wrong", f"{month} is torn; run `exit-charges materialize --from {month}` to mend it"
        )
    if not complete:
        yield Finding("months", "note", "none is published yet; begin with `exit-charges materialize`")
        return
    yield Finding("months", "ok", f"{len(complete)} complete, {complete[0]} to {complete[-1]}")
    stale = [month for month in complete if not _is_current(settings, month)]
    if stale:
        yield Finding(
            "months", "note", f"{len(stale)} read by another reader version, the first is {stale[0]}"
        )


def _indexes(settings: Settings) -> Iterator[Finding]:
    archive = RawArchive(settings.home)
    narrowed = [month for month in archive.indexed_months() if archive.month_index(month).companies]
    if narrowed:
        yield Finding(
            "indexes",
            "note",
            f"of some companies only, not of the whole market: {len(narrowed)}, the first is {narrowed[0]}",
        )


def _is_current(settings: Settings, month: str) -> bool:
    record = month_record(settings.home, month)
    return record is not None and set(record.reader_versions) <= {reader_version()}


def _corrections(settings: Settings) -> Iterator[Finding]:
    """Decisions of reviews; a line that cannot be understood keeps every month from being published."""
    decisions = read_corrections(settings.home)
    if decisions:
        yield Finding(
            "corrections", "ok", f"{len(decisions):,} decisions in {corrections_path(settings.home)}"
        )


def _database(settings: Settings) -> Iterator[Finding]:
    path = database_path(settings.home)
    if not path.exists():
        yield Finding("database", "note", "not built yet; `exit-charges materialize` builds it")
        return
    with open_database(settings.home) as connection:
        current = is_current(connection)
    yield Finding("database", "ok", f"{path} ({path.stat().st_size:,} bytes)")
    if not current:
        yield Finding(
            "database", "note", "built by another version; the next `exit-charges materialize` builds it anew"
        )


def _dagster(settings: Settings) -> Iterator[Finding]:
    from assets.health import instance_health, storage_health

    yield Finding("Dagster's storage", "ok", storage_health(settings))
    health = instance_health(settings)
    if health is None:
        yield Finding("Dagster", "note", "no instance yet; the first run makes it")
        return
    directory, runs, unfinished = health
    yield Finding("Dagster", "ok", f"{directory}: {runs:,} runs")
    if unfinished:
        yield Finding("Dagster", "note", f"{unfinished:,} runs are queued or under way")


def _dask(settings: Settings) -> Iterator[Finding]:
    if settings.dask is None:
        return
    from assets.health import workers_health

    workers = workers_health(settings)
    if not workers:
        yield Finding("Dask", "note", f"{settings.dask} answers, and has no worker: runs wait for one")
        return
    yield Finding("Dask", "ok", f"{settings.dask} answers; workers: {len(workers)}")
    for address in sorted(address for address, threads in workers.items() if threads != 1):
        yield Finding("Dask", "wrong", f"{address} has several threads; start it with --nthreads 1")


_LOOKS = (_versions, _settings, _home, _source, _indexes, _months, _corrections, _database, _dagster, _dask)
