"""The filings of the small EDGAR that fetching is tried on."""

from collections.abc import Callable

from pipeline.edgar.fetch import FetchOutcome

FIRST = "0000000901-08-000001"
SECOND = "0000000901-08-000002"
OTHER = "0000000902-08-000007"

Fetch = Callable[[], FetchOutcome]
"""Fetches the three filings that are wanted."""
