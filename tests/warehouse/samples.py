"""The sample archive published without Dagster, judging or a network: its filings as they are read."""

from collections import defaultdict

from upath import UPath

from pipeline.charges.filing_rows import Held, read_figures, read_sections
from pipeline.edgar.sample_server import samples_directory
from pipeline.months import month_of
from pipeline.tables.registry import FIGURE_TABLES
from pipeline.warehouse.publish import publish_month
from tests.factories import Rows, publishable


def publish_samples(home: UPath) -> None:
    """Publish every submission of the archive that has a filing date, by month."""
    months: defaultdict[str, Rows] = defaultdict(
        lambda: {name: [] for name in ("filings", "sections", *FIGURE_TABLES)}
    )
    submissions = sorted((samples_directory() / "Archives/edgar/data").glob("*/*.txt"))
    # A submission of several registrants stands under each of them.
    for path in {path.name: path for path in submissions}.values():
        read = read_sections(path.read_bytes(), Held(path.as_uri()))
        if read.filing["filed_date"] is None:
            continue
        filing, understood = read_figures(read.filing, read.sections)
        rows = months[month_of(filing["filed_date"])]
        rows["filings"].append(filing)
        rows["sections"] += read.section_rows
        for name in FIGURE_TABLES:
            rows[name] += getattr(understood, name)
    for month, rows in months.items():
        publish_month(home, month, publishable(rows))
