"""Nothing is silently lost: every figure of an Item 2.05 has its mention, every row its statement.

The tokenizer is that of the checks, which knows nothing of the pipeline's.
"""

from functools import cache
from pathlib import Path

import pytest

from expectations.tokens import unaccounted
from pipeline.charges.filing_rows import Held, SectionRows, read_figures, read_sections
from pipeline.charges.understanding import Understanding
from pipeline.edgar.items import EXIT_ITEM

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples/Archives/edgar/data").glob("*/*.txt"))
BATCHES = [path for path in sorted((ROOT / "tests/accuracy").glob("batch*/*")) if path.suffix != ".json"]
SHARED = [
    *sorted((ROOT / "../shared/gold/dev").glob("*.txt")),
    *sorted((ROOT / "../shared/gold/dev").glob("*.html")),
    *sorted((ROOT / "../shared/seed").glob("*.txt")),
]
TARGETS = {
    "charges": "charge_id",
    "share_figures": "share_figure_id",
    "headcount_figures": "headcount_figure_id",
}
FILES = [pytest.param(path, id=path.stem) for path in (*SAMPLES, *BATCHES, *SHARED)]


@cache
def read(path: Path) -> tuple[SectionRows, Understanding]:
    rows = read_sections(path.read_bytes(), Held(path.name))
    return rows, read_figures(rows.filing, rows.sections)[1]


@pytest.mark.parametrize("path", FILES)
def test_every_token_of_the_item_has_its_mention(path: Path) -> None:
    rows, understanding = read(path)
    lost = []
    for section in rows.sections:
        if section.item != EXIT_ITEM:
            continue
        place = (section.document_sequence, section.section_ordinal)
        spans = [
            (mention["char_start"], mention["char_end"])
            for mention in understanding.mentions
            if (mention["document_sequence"], mention["section_ordinal"]) == place
        ]
        lost += [
            (unit, section.text[max(0, offset - 30) : offset + 30])
            for unit, offset in unaccounted(section.text, spans)
        ]
    assert lost == []


@pytest.mark.parametrize("path", FILES)
def test_every_row_is_stated_by_a_mention(path: Path) -> None:
    _, understanding = read(path)
    stated = {mention["target_id"] for mention in understanding.mentions if mention["relation"] == "states"}
    keys = {row[key] for table, key in TARGETS.items() for row in getattr(understanding, table)}
    assert keys == stated
    assert {mention["target_id"] for mention in understanding.mentions} - {None} == keys


@pytest.mark.parametrize("path", FILES)
def test_every_mention_has_a_target_or_a_kind(path: Path) -> None:
    _, understanding = read(path)
    assert [
        mention
        for mention in understanding.mentions
        if (mention["target_id"] is None) == (mention["kind"] is None)
    ] == []


@pytest.mark.parametrize("path", FILES)
def test_evidence_is_the_text_to_the_letter(path: Path) -> None:
    rows, understanding = read(path)
    texts = {(section.document_sequence, section.section_ordinal): section.text for section in rows.sections}
    for table in TARGETS:
        for row in getattr(understanding, table):
            text = texts[row["document_sequence"], row["section_ordinal"]]
            assert text[row["char_start"] : row["char_end"]] == row["evidence"]
            assert row["char_start"] <= row["figure_start"] < row["figure_end"] <= row["char_end"]


def test_few_mentions_are_unclassified() -> None:
    mentions = [mention for path in SAMPLES for mention in read(path)[1].mentions]
    unclassified = [mention for mention in mentions if mention["kind"] == "unclassified"]
    assert len(unclassified) < 0.05 * len(mentions)


def test_reading_twice_gives_the_same_rows() -> None:
    for path in SAMPLES[:8]:
        rows = read_sections(path.read_bytes(), Held(path.name))
        assert read_figures(rows.filing, rows.sections)[1] == read(path)[1]
