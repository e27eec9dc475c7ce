"""`filings`: every 8-K with Item 2.05 that was asked for, whether or not it could be read."""

from pipeline.tables import vocabulary
from pipeline.tables.model import Column, Table
from pipeline.tables.shared_columns import ACCESSION_NUMBER, FLAGS, READER_VERSION, derived_check

FILINGS = Table(
    name="filings",
    grain="a Form 8-K or 8-K/A that reports Item 2.05",
    description=(
        "Every filing asked for in the month, also those that could not be fetched or read: read_status "
        "says how it ended and read_problem why."
    ),
    key=("accession_number",),
    sources=("edgar/filing_index", "edgar/raw_filings"),
    columns=(
        ACCESSION_NUMBER,
        Column(
            "cik", "text", "The first registrant's Central Index Key, ten digits.", True, pattern=r"\d{10}"
        ),
        Column("company_name", "text", "The registrant's name as EDGAR conformed it.", required=True),
        Column(
            "former_names", "text_list", "Earlier names that the submission's header gives.", required=True
        ),
        Column(
            "tickers",
            "text_list",
            "Ticker symbols that EDGAR's index gives for the registrant.",
            required=True,
        ),
        Column("co_registrants", "registrant_list", "Further registrants: cik and name.", required=True),
        Column("form_type", "text", "8-K or 8-K/A.", required=True, vocabulary=("8-K", "8-K/A")),
        Column("is_amendment", "boolean", "True for 8-K/A.", required=True),
        Column("filed_date", "date", "The day EDGAR counts as the filing date.", required=True),
        Column("accepted_at", "timestamp", "When EDGAR accepted the submission (UTC)."),
        Column("report_date", "date", "Date of the earliest event reported (conformed period of report)."),
        Column("items", "text_list", "Item numbers that the header or the index gives.", required=True),
        Column(
            "body_items", "text_list", "Item numbers found as headings in the main document.", required=True
        ),
        Column("sic_code", "text", "Standard Industrial Classification.", pattern=r"\d{4}"),
        Column("sic_description", "text", "The classification's name."),
        Column("state_of_incorporation", "text", "EDGAR's code of the state or country of incorporation."),
        Column("fiscal_year_end", "text", "Last day of the fiscal year as MMDD.", pattern=r"\d{4}"),
        Column("primary_document", "text", "File name of the main document."),
        Column("source_url", "text", "Where the submission stands on EDGAR.", required=True),
        Column("source_sha256", "text", "Digest of the submission as received.", pattern=r"[0-9a-f]{64}"),
        Column("source_bytes", "integer", "Size of the submission as received."),
        Column("read_status", "text", "How reading it ended.", True, vocabulary.READ_STATUS),
        Column("read_problem", "text", "Why it did not end as `read`, in a sentence."),
        FLAGS,
        READER_VERSION,
    ),
    checks=(
        derived_check(
            "problem_is_stated",
            "A filing that was not read or has no figures says why in read_problem.",
            ("read_problem", "read_status"),
        ),
        derived_check(
            "charges_or_a_reason",
            "A filing counts as read where it has charges, share figures or headcounts, and only there.",
            ("read_status", "read_problem"),
        ),
        derived_check(
            "submission_was_had",
            "The submission could be fetched; read_problem says why not, and the next run asks again.",
            ("read_status", "read_problem"),
            "warn",
        ),
        derived_check(
            "report_not_after_filing",
            "The event reported does not lie after the filing date.",
            ("report_date", "filed_date"),
            "warn",
        ),
    ),
)
