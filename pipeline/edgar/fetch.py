"""Fetching the filings that the raw archive lacks, so that each ends as held or with a stated reason."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.edgar.archive import RawArchive, damage_of
from pipeline.edgar.downloader import download
from pipeline.edgar.indexed_filing import IndexedFiling
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import SAMPLE, Source
from pipeline.edgar.verify import problem_with
from pipeline.errors import BlockedError, SourceError
from pipeline.settings import Settings

MOST_UNANSWERED = 20
"""Tries in a row with no answer at all, after which the source counts as down and asking ends."""

MOST_WRONG_ANSWERS = 4
"""How often a filing is asked for that is answered with something else; faults on the way count apart."""

OnProgress = Callable[[int, int], None]
"""Called with how many filings are dealt with, and of how many."""


@dataclass(slots=True)
class FetchOutcome:
    """How fetching ended: every filing asked for is counted in `held`, in `fetched` or in `failed`."""

    held: int = 0
    """Already in the archive and verified: they cost no request."""
    fetched: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    """Accession number to the reason."""
    requests: int = 0
    replaced: dict[str, str] = field(default_factory=dict)
    """Accession number to what was wrong with the copy that was held and is fetched again."""
    detours: dict[str, str] = field(default_factory=dict)
    """Accession number to why the downloader did not bring it: fetched by their own address."""


def fetch_filings(
    source: Source,
    settings: Settings,
    archive: RawArchive,
    filings: Sequence[IndexedFiling],
    on_progress: OnProgress | None = None,
    *,
    session: EdgarSession | None = None,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> FetchOutcome:
    """Bring all filings into the archive that are not held and verified.

    A filing is asked for through the downloader and, where that brings nothing or something else, some times
    more by its own address. One that still cannot be had is recorded in the archive with its reason, and the
    next run tries it again. What was fetched before an error is kept.

    Raises:
        BlockedError: the source refuses to answer for now; the remaining filings were not asked for.
        SourceError: the source does not answer at all; likewise.
        StorageError: the archive cannot be read or written.
    """
    outcome = FetchOutcome()
    wanted = _lacking(archive, filings, source, outcome)
    outcome.held = len(filings) - len(wanted)
    done = outcome.held
    tell = on_progress or (lambda done, total: None)
    tell(done, len(filings))
    with nullcontext(session) if session else EdgarSession(source, settings) as session:
        sent_before = session.requests
        for company in _by_company(wanted):
            brought = download(session, company)
            for filing in sorted(company, key=lambda filing: filing.accession_number in brought.problems):
                accession = filing.accession_number
                data, problem = brought.received.get(accession), brought.problems.get(accession)
                problem = problem or problem_with(data or b"", filing)
                if problem and brought.blocked:
                    raise brought.blocked
                if problem:
                    data, problem = _ask_directly(session, filing, data, problem, outcome)
                if problem or data is None:
                    outcome.failed[accession] = problem or "nothing was received"
                    archive.note_failure(filing, outcome.failed[accession], data, now())
                else:
                    archive.store(filing, data, source.name, now())
                    outcome.fetched += 1
                done += 1
                tell(done, len(filings))
            if session.unanswered >= MOST_UNANSWERED:
                raise SourceError(
                    f"{source.name} has not answered {session.unanswered} tries in a row; see that it can be "
                    f"reached, and run again. {len(filings) - done} filings were not asked for."
                )
        outcome.requests = session.requests - sent_before
    return outcome


def _lacking(
    archive: RawArchive, filings: Sequence[IndexedFiling], source: Source, outcome: FetchOutcome
) -> list[IndexedFiling]:
    """The filings to fetch. Samples, some of them reconstructed, do not count as held for another source."""
    entries = archive.entries(filings)
    wanted = []
    for filing in filings:
        accession = filing.accession_number
        entry = entries.get(accession)
        if entry is not None and entry.source == SAMPLE != source.name:
            outcome.replaced[accession] = "it came from the sample archive"
        elif entry is not None and (damage := damage_of(entry)):
            outcome.replaced[accession] = damage
        elif entry is not None:
            continue
        wanted.append(filing)
    return wanted


def _by_company(filings: Sequence[IndexedFiling]) -> Iterator[list[IndexedFiling]]:
    """The filings of each company together, so that its list of filings is asked for once."""

    def key(filing: IndexedFiling) -> tuple[str, str]:
        return filing.cik, filing.accession_number

    for _, company in groupby(sorted(filings, key=key), key=lambda filing: filing.cik):
        yield list(company)


def _ask_directly(
    session: EdgarSession,
    filing: IndexedFiling,
    received: bytes | None,
    problem: str,
    outcome: FetchOutcome,
) -> tuple[bytes | None, str | None]:
    """Ask by the filing's own address: the submission, or what came instead and why it is none."""
    data, again = received, problem
    for _ in range(MOST_WRONG_ANSWERS - 1):
        try:
            data = session.get(filing.source_url)
        except BlockedError:
            raise
        except SourceError as failure:
            return data, str(failure) if data is None else again
        found = problem_with(data, filing)
        if found is None:
            outcome.detours[filing.accession_number] = problem
            return data, None
        again = found
    return data, f"{again} (the last of {MOST_WRONG_ANSWERS} tries)"
