"""Reading a passage as an Item 2.05, for tests."""

from typing import Any

from pipeline.charges.filing_rows import Held, read_figures, read_sections
from pipeline.charges.understanding import Understanding

HEADING = "Item 2.05 Costs Associated with Exit or Disposal Activities."
OPENING = (
    "On May 3, 2012, the Board of Directors of Invented Widgets, Inc. committed to a plan to close its plant."
)


def understand_text(*paragraphs: str, opening: str = OPENING) -> Understanding:
    """The figures of a plain-text Item 2.05 with these paragraphs."""
    text = "\n\n".join(part for part in (HEADING, opening, *paragraphs) if part)
    rows = read_sections(text.encode(), Held("memory"))
    return read_figures(rows.filing, rows.sections)[1]


def understand_table(
    rows: list[list[str]], lead_in: str = "The Company expects the following charges:", after: str = ""
) -> Understanding:
    """The figures of an Item 2.05 with an HTML table and, behind it, the markup `after`."""
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    html = (
        f"<html><body><p><b>{HEADING}</b></p><p>{OPENING}</p><p>{lead_in}</p><table>{cells}</table>{after}"
        "<p>SIGNATURES</p></body></html>"
    )
    read = read_sections(html.encode(), Held("memory"))
    return read_figures(read.filing, read.sections)[1]


def brief(row: dict[str, Any], *columns: str) -> tuple[Any, ...]:
    """Some columns of a row; amounts in thousands as plain integers."""
    return tuple(
        int(row[column] / 1000) if column.startswith("amount") and row[column] is not None else row[column]
        for column in columns
    )
