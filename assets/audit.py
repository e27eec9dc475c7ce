"""The audit of a month's index: whether EDGAR's own indexes, filing by filing, know the same filings.

Here belongs what is compared and how it is reported. Asking the indexes does not: see
`pipeline.edgar.discovery`.
"""

from collections.abc import Iterator

import dagster as dg

from assets.edgar import EDGAR_POOL, filing_index
from assets.failures import EDGAR_AGAIN, plain_failures
from assets.partitions import MONTHS
from assets.run_metadata import records
from assets.surroundings import Surroundings
from pipeline.edgar.archive import RawArchive
from pipeline.edgar.discovery.filing_indexes import FILING_INDEXES
from pipeline.edgar.discovery.question import Found, Method, Question
from pipeline.edgar.reconcile import reconcile
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import open_source
from pipeline.months import eastern_today

_SHOWN = 100


@dg.op(
    pool=EDGAR_POOL,
    retry_policy=EDGAR_AGAIN,
    description=(
        "Compares the month's index here with EDGAR's quarterly and daily indexes and the header of each "
        "8-K, which costs a request for each 8-K that was never asked for. What differs is an observation of "
        "edgar/filing_index, and the run fails, so that somebody looks."
    ),
)
def compare_with_the_indexes(
    context: dg.OpExecutionContext, surroundings: Surroundings
) -> Iterator[dg.AssetObservation | dg.Output[None]]:
    month = context.partition_key
    with plain_failures():
        settings = surroundings.settings()
        index = RawArchive(settings.home).month_index(month)
        ours = Method("this home's index", lambda question: Found(index.filings, question.last_day))
        with open_source(settings) as source, EdgarSession(source, settings) as session:
            question = Question(session, month, settings.home, eastern_today(), index.companies)
            found = reconcile(question, ours, FILING_INDEXES)
    # Yielded and not logged: what an op logs is lost when it fails afterwards.
    yield dg.AssetObservation(
        filing_index.key,
        partition=month,
        metadata={
            "differences_from_the_indexes": records(
                ("filing", "company", "field", "here", "indexes"),
                (
                    (one.accession_number, one.company_name, one.field, one.left, one.right)
                    for one in found.differences[:_SHOWN]
                ),
            ),
            "compared_through": found.compared_through.isoformat(),
            "requests": session.requests,
        },
    )
    if found.differences:
        filings = sorted({difference.accession_number for difference in found.differences})
        raise dg.Failure(
            f"{month}: EDGAR's indexes differ in {len(filings)} filings from the index here, the first is "
            f"{filings[0]}; run the month again, and see the observation of edgar/filing_index.",
            allow_retries=False,
        )
    yield dg.Output(None)


@dg.job(
    name="audit",
    partitions_def=MONTHS,
    description="A month's index compared with EDGAR's own indexes, filing by filing.",
)
def audit() -> None:
    compare_with_the_indexes()
