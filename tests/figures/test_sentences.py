"""Where sentences end in filings full of abbreviations."""

import pytest

from pipeline.figures.sentences import sentence_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Acme, Inc. (the “Company”) closed a plant. It costs $5.",
            ["Acme, Inc. (the “Company”) closed a plant.", "It costs $5."],
        ),
        (
            "The No. 5 mill of Acme Corp. will close. Jobs go.",
            ["The No. 5 mill of Acme Corp. will close.", "Jobs go."],
        ),
        (
            "A charge of $3.5 million. $2.0 million is cash.",
            ["A charge of $3.5 million.", "$2.0 million is cash."],
        ),
        ("It sells in the U.S. The plan ends.", ["It sells in the U.S.", "The plan ends."]),
        ("Mr. J. Q. Doe left.", ["Mr. J. Q. Doe left."]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences
