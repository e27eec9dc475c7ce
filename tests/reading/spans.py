"""What holds for the spans of any section."""

from itertools import pairwise

from pipeline.reading.model import Section


def check_spans(section: Section) -> None:
    """Blocks in order and apart; cells inside their row, rows inside their table; every span not empty."""
    at = -1
    for block in section.blocks:
        assert block.start == at + 1
        assert block.start < block.end
        at = block.end
        assert (block.kind == "table") == (block.grid is not None)
        if block.grid is None:
            assert "\n" not in section.text[block.start : block.end]
            continue
        assert section.text[block.start : block.end].count("\n") == len(block.grid.row_spans) - 1
        assert 0 <= block.grid.header_rows <= len(block.grid.row_spans)
        for number, (start, end) in enumerate(block.grid.row_spans):
            cells = block.grid.row(number)
            assert (cells[0].start, cells[-1].end) == (start, end)
            texts = [section.text[cell.start : cell.end] for cell in cells]
            assert "\t".join(texts) == section.text[start:end]
            assert all(cell.column < cell.end_column for cell in cells)
            assert all(a.end_column <= b.column for a, b in pairwise(cells))
            assert all(text == text.strip() and text for text in texts)
    assert at == len(section.text) or not section.blocks
