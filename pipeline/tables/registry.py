"""All tables, in the order in which a reader meets them."""

from pipeline.tables.amendments import AMENDMENTS
from pipeline.tables.charges import CHARGES
from pipeline.tables.corrections import CORRECTIONS
from pipeline.tables.exit_plans import EXIT_PLANS
from pipeline.tables.filings import FILINGS
from pipeline.tables.headcount_figures import HEADCOUNT_FIGURES
from pipeline.tables.mentions import MENTIONS
from pipeline.tables.model import Table
from pipeline.tables.rejected_rows import REJECTED_ROWS
from pipeline.tables.sections import SECTIONS
from pipeline.tables.share_figures import SHARE_FIGURES

TABLES: dict[str, Table] = {
    declared.name: declared
    for declared in (
        FILINGS,
        SECTIONS,
        EXIT_PLANS,
        CHARGES,
        SHARE_FIGURES,
        HEADCOUNT_FIGURES,
        MENTIONS,
        REJECTED_ROWS,
        CORRECTIONS,
        AMENDMENTS,
    )
}
MONTHLY_TABLES = tuple(name for name, declared in TABLES.items() if declared.partitioned)
"""Tables with one file a month of filing."""
FIGURE_TABLES = ("exit_plans", "charges", "share_figures", "headcount_figures", "mentions")
"""Tables whose rows are read from sections, and judged row by row."""
JUDGED_TABLES = ("filings", "sections", *FIGURE_TABLES)
"""Tables that have checks; the others say what became of rows."""


def table(name: str) -> Table:
    """The declaration of the table of that name.

    Raises:
        KeyError: there is no such table; the message lists those that exist.
    """
    try:
        return TABLES[name]
    except KeyError:
        raise KeyError(f"no table {name!r}; there are {', '.join(TABLES)}") from None
