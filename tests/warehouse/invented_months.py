"""Publishing months of invented filings."""

import datetime as dt

from upath import UPath

from pipeline.warehouse.publish import publish_month
from tests.factories import Rows, filing_rows, publishable, together


def publish_filings(home: UPath, months: dict[str, int]) -> UPath:
    """Publish that many invented filings in each month."""
    for month, filings in months.items():
        publish_month(home, month, publishable(_month(month, filings)))
    return home


def _month(month: str, filings: int) -> Rows:
    day = dt.date.fromisoformat(f"{month}-15")
    return together(
        *(
            filing_rows(f"{number:010d}-{day:%y}-{day.month:06d}", cik=f"{number:010d}", filed_date=day)
            for number in range(filings)
        )
    )
