"""A text without a full stop, or with thousands of figures in a paragraph, takes time by its length only."""

import gc
import time

import pytest

from pipeline.charges.filing_rows import Held, read_figures, read_sections
from tests.charges.reading_text import HEADING, OPENING

SIZES = (6_000, 24_000)


@pytest.mark.parametrize(
    "piece",
    [
        "12,345 ",
        "severance of $2.1 million, ",
        "including $3 million of severance, ",
        "(of which $3 million ",
        "between $2 and $3 million and ",
        "$1 million to ",
        "120 employees and ",
        "12,000 shares of common stock vest and ",
        "by March 31, 2012 and ",
        "the company expects to incur charges and costs ",
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    """Four times the text takes about four times as long; a quadratic step would take sixteen times."""

    def grows_linearly() -> bool:
        short, long = (_seconds(piece * (size // len(piece))) for size in SIZES)
        return long < 8 * short + 0.1

    assert any(grows_linearly() for _ in range(4))  # other processes may hold a measurement up


def _seconds(paragraph: str) -> float:
    rows = read_sections(f"{HEADING}\n\n{OPENING}\n\n{paragraph}".encode(), Held("memory"))
    gc.disable()  # its passes go over everything that other tests have left
    try:
        begun = time.process_time()
        read_figures(rows.filing, rows.sections)
        return time.process_time() - begun
    finally:
        gc.enable()
