"""Which filings with Item 2.05 exist, from any of several sources, each complete on its own."""

from pipeline.edgar.discovery.find import Attempt, Discovery, find_filings

__all__ = ["Attempt", "Discovery", "find_filings"]
