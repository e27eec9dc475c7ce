"""HTML tables: grids with figures whole and columns right; layout tables as what they lay out."""

from pipeline.reading.document import read_document
from tests.reading.grids import kinds, rows

COST_TABLE = """
<table><tr><td></td><td></td><td></td><td></td><td></td><td></td><td></td><td></td><td></td></tr>
<tr><td>(in thousands)</td><td>&#160;</td><td colspan="2"><b>Cash</b></td><td></td>
<td>&#160;</td><td colspan="2"><b>Non-cash</b></td><td></td></tr>
<tr bgcolor="#cceeff"><td>Severance</td><td></td><td>$</td><td>8,940</td><td>&#160;</td>
<td></td><td>$</td><td>&#8212;</td><td></td></tr>
<tr><td>Forfeitures</td><td></td><td></td><td>&#8212;</td><td></td>
<td></td><td></td><td>(1,275</td><td>)</td></tr>
<tr bgcolor="#cceeff"><td>Share of total</td><td></td><td></td><td>62</td><td>%</td>
<td></td><td></td><td>38</td><td>%</td></tr></table>
"""


def table(source: str) -> list[list[tuple[int, str]]]:
    return rows(read_document(f"<html><body>{source}</body></html>", is_html=True))


def texts(source: str) -> list[tuple[str, str]]:
    return kinds(read_document(f"<html><body>{source}</body></html>", is_html=True))


def test_parts_of_a_figure_are_one_cell() -> None:
    assert table(COST_TABLE) == [
        [(0, "(in thousands)"), (1, "Cash"), (2, "Non-cash")],
        [(0, "Severance"), (1, "$ 8,940"), (2, "$ —")],
        [(0, "Forfeitures"), (1, "—"), (2, "(1,275)")],
        [(0, "Share of total"), (1, "62%"), (2, "38%")],
    ]


def test_header_rows_are_counted() -> None:
    document = read_document(COST_TABLE, is_html=True)
    (block,) = document.blocks
    assert block.grid is not None
    assert block.grid.header_rows == 1


def test_spans_are_resolved() -> None:
    source = """<table>
    <tr><th rowspan="2">Cost</th><th colspan="2">Second quarter</th></tr><tr><th>Low</th><th>High</th></tr>
    <tr><td>Severance</td><td>$5</td><td>$6</td></tr><tr><td rowspan="2">Leases</td><td>1</td><td>2</td></tr>
    <tr><td>3</td><td>4</td></tr></table>"""
    document = read_document(f"<html>{source}</html>", is_html=True)
    (block,) = document.blocks
    assert block.grid is not None
    assert block.grid.header_rows == 2
    assert [(cell.row, cell.column, cell.end_column) for cell in block.grid.cells] == [
        (0, 0, 1), (0, 1, 3), (1, 1, 2), (1, 2, 3),
        (2, 0, 1), (2, 1, 2), (2, 2, 3), (3, 0, 1), (3, 1, 2), (3, 2, 3), (4, 1, 2), (4, 2, 3),
    ]  # fmt: skip


def test_head_that_stands_off_its_figures() -> None:
    source = (
        "<table><tr><td></td><td>Amount</td><td></td></tr>"
        "<tr><td>Severance</td><td></td><td>5,000</td></tr><tr><td>Leases</td><td></td><td>1,200</td></tr></table>"
    )
    assert table(source)[0] == [(1, "Amount")]
    assert table(source)[1] == [(0, "Severance"), (1, "5,000")]


def test_ranges_footnotes_and_words_in_cells() -> None:
    source = (
        "<table><tr><td>Cost</td><td colspan=3>Estimate</td><td>Nature</td></tr>"
        "<tr><td>Severance</td><td>$</td><td>5 - 10</td><td>(1)</td><td>Cash</td></tr>"
        "<tr><td>Leases</td><td></td><td>2 to 3</td><td></td><td>Non-cash</td></tr></table>"
    )
    assert table(source)[1:] == [
        [(0, "Severance"), (1, "$ 5 - 10 (1)"), (2, "Cash")],
        [(0, "Leases"), (1, "2 to 3"), (2, "Non-cash")],
    ]


def test_row_titles_are_no_column_heads() -> None:
    source = (
        "<table><tr><td></td><td>Low</td><td>High</td></tr><tr><td colspan=3>Cash charges:</td></tr>"
        "<tr><td>Severance</td><td>$1.0</td><td>$2.0</td></tr></table>"
    )
    (block,) = read_document(source, is_html=True).blocks
    assert block.grid is not None
    assert block.grid.header_rows == 1


def test_table_of_words() -> None:
    source = "".join(f"<tr><td>Branch {i}</td><td>into Branch {i + 1}</td></tr>" for i in range(3))
    assert table(f"<table>{source}</table>")[0] == [(0, "Branch 0"), (1, "into Branch 1")]


def test_paragraphs_in_a_table_of_one_cell() -> None:
    assert texts("<table><tr><td><p>One paragraph.</p><p>Another.</p></td></tr></table>") == [
        ("paragraph", "One paragraph."),
        ("paragraph", "Another."),
    ]


def test_signature_block_is_no_grid() -> None:
    source = (
        "<table><tr><td>Date: May 6, 2010</td><td>By:</td><td>/s/ Pat Sample</td></tr>"
        "<tr><td></td><td></td><td>Pat Sample</td></tr></table>"
    )
    assert [kind for kind, _ in texts(source)] == ["paragraph", "paragraph"]


def test_page_laid_out_as_a_table_around_a_cost_table() -> None:
    found = texts(
        f"<table><tr><td><p>The charges are:</p>{COST_TABLE}<p>They may change.</p></td></tr></table>"
    )
    assert [kind for kind, _ in found] == ["paragraph", "table", "paragraph"]


def test_single_row_of_amounts_is_a_grid() -> None:
    source = "<table><tr><td>Total</td><td>$</td><td>1,200</td><td>$</td><td>3,400</td></tr></table>"
    assert table(source) == [[(0, "Total"), (1, "$ 1,200"), (2, "$ 3,400")]]


def test_table_filed_as_one_table_a_row() -> None:
    filed = [("", "Low", "High"), ("Severance", "$5.0", "$6.1"), ("Leases", "1.2", "1.5")]
    html = "".join(
        "<table><tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr></table>\n" for row in filed
    )
    document = read_document(f"<p>The estimates:</p>{html}<p>They may change.</p>", is_html=True)
    assert rows(document) == [
        [(1, "Low"), (2, "High")],
        [(0, "Severance"), (1, "$5.0"), (2, "$6.1")],
        [(0, "Leases"), (1, "1.2"), (2, "1.5")],
    ]
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_bullets_in_tables_of_their_own_stay_list_entries() -> None:
    bullet = "<table><tr><td>&bull;</td><td>{}</td></tr></table>"
    html = bullet.format("$5.0 million") + bullet.format("$6.0 million")
    assert kinds(read_document(html, is_html=True)) == [
        ("list_entry", "\u2022 $5.0 million"), ("list_entry", "\u2022 $6.0 million"),
    ]  # fmt: skip


def test_lines_of_figures_stacked_in_one_row() -> None:
    html = (
        "<table><tr><td>Type</td><td>Amount</td></tr>"
        "<tr><td>Severance<br>Leases<br>Total</td><td>$5<br>6<br>11</td></tr></table><p>After.</p>"
    )
    assert rows(read_document(html, is_html=True)) == [
        [(0, "Type"), (1, "Amount")], [(0, "Severance"), (1, "$5")], [(0, "Leases"), (1, "6")],
        [(0, "Total"), (1, "11")],
    ]  # fmt: skip


def test_linked_footnote_mark_is_no_digit_of_the_figure() -> None:
    html = (
        "<table><tr><td>Severance</td><td>8,940<sup><a href='#1'>1</a></sup></td></tr>"
        "<tr><td>Leases</td><td>610</td></tr></table>"
    )
    assert rows(read_document(html, is_html=True))[0] == [(0, "Severance"), (1, "8,940 1")]
