"""Which filings a month has, and the filings themselves, as EDGAR sent them.

Here belongs what is asked of EDGAR and kept unchanged. Reading what was kept does not: see `staged`.
"""

import time

import dagster as dg

from assets.failures import EDGAR_AGAIN, plain_failures
from assets.metadata import OWNERS
from assets.partitions import MONTHS
from assets.run_metadata import attempts, edgar_links, effort, reasons
from assets.surroundings import Surroundings
from pipeline.edgar.archive import RawArchive
from pipeline.edgar.discovery import find_filings
from pipeline.edgar.discovery.companies import ciks_of
from pipeline.edgar.fetch import fetch_filings
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import open_source

EDGAR_POOL = "edgar"


@dg.asset(
    key=["edgar", "filing_index"],
    partitions_def=MONTHS,
    group_name="edgar",
    owners=OWNERS,
    kinds={"python", "json"},
    tags={"domain": "edgar", "network": "yes"},
    pool=EDGAR_POOL,
    retry_policy=EDGAR_AGAIN,
    description=(
        "One entry is a Form 8-K or 8-K/A of the month whose items contain 2.05, as EDGAR's full-text "
        "search lists them, or where that fails another of EDGAR's lists: the metadata say which, and why. "
        "A filing that is no longer listed stays."
    ),
)
def filing_index(context: dg.AssetExecutionContext, surroundings: Surroundings) -> dg.MaterializeResult[None]:
    begun, month = time.perf_counter(), context.partition_key
    with plain_failures():
        settings = surroundings.settings()
        with open_source(settings) as source, EdgarSession(source, settings) as session:
            companies = ciks_of(session, settings.companies) or None
            answer = find_filings(session, month, settings.home, companies=companies)
        index = RawArchive(settings.home).write_index(month, answer)
    return dg.MaterializeResult(
        metadata={
            "dagster/partition_row_count": len(index.filings),
            "amendments": sum(filing.form_type == "8-K/A" for filing in index.filings),
            "method": answer.method,
            "tried_before": attempts(answer.attempts),
            "companies": "all" if index.companies is None else ", ".join(sorted(index.companies)),
            "known_through": answer.known_through.isoformat(),
            "no_longer_listed": reasons(
                {
                    accession: f"{gone.method} does not list it since {gone.since}"
                    for accession, gone in index.no_longer_listed.items()
                }
            ),
            "requests": session.requests,
            "source": source.name,
            **effort(begun),
        }
    )


@dg.asset(
    key=["edgar", "raw_filings"],
    deps=[filing_index],
    partitions_def=MONTHS,
    group_name="edgar",
    owners=OWNERS,
    kinds={"python", "sec"},
    tags={"domain": "edgar", "network": "yes"},
    pool=EDGAR_POOL,
    retry_policy=EDGAR_AGAIN,
    description=(
        "One entry is a full submission as EDGAR sent it, verified and kept unchanged under its sha256. A "
        "filing that could not be had does not stop the month: it is in the table `filings` as not_fetched, "
        "with the reason."
    ),
)
def raw_filings(context: dg.AssetExecutionContext, surroundings: Surroundings) -> dg.MaterializeResult[None]:
    begun = time.perf_counter()
    with plain_failures():
        settings = surroundings.settings()
        archive = RawArchive(settings.home)
        filings = archive.index(context.partition_key)
        with open_source(settings) as source:
            outcome = fetch_filings(source, settings, archive, filings)
    return dg.MaterializeResult(
        metadata={
            "dagster/partition_row_count": outcome.held + outcome.fetched,
            "asked_for": len(filings),
            "already_held": outcome.held,
            "fetched": outcome.fetched,
            "failed": len(outcome.failed),
            "failures": reasons(outcome.failed),
            "replaced": reasons(outcome.replaced),
            "on_edgar": edgar_links(
                (filing.accession_number, filing.company_name, filing.source_url) for filing in filings
            ),
            "requests": outcome.requests,
            "source": source.name,
            **effort(begun),
        }
    )
