"""The benchmark of damaged rows counts what the checks notice."""

import pytest

from benchmarks.corpora import labelled_batches
from benchmarks.good_rows import staged_rows
from benchmarks.mutations import MUTATIONS, caught, main
from expectations import Judgement, judge_month
from tests.factories import Rows, arrow_tables, together


@pytest.fixture(scope="module")
def good() -> tuple[Rows, Judgement]:
    texts = labelled_batches()["batch10"]
    rows = together(*(staged_rows(number, labelled) for number, labelled in enumerate(texts)))
    return rows, judge_month("2020-01", arrow_tables(rows))


@pytest.mark.parametrize(
    "kind",
    [
        "charge: thousands read as millions",
        "charge: evidence cut",
        "charge: parent that is not there",
        "share: count times 1000",
        "people: count times 10",
        "mention: neither target nor kind",
    ],
)
def test_the_damage_is_noticed(good: tuple[Rows, Judgement], kind: str) -> None:
    rows, seen = good
    found, of = caught(rows, MUTATIONS[kind], seen)
    assert found == of > 0


def test_there_are_many_kinds() -> None:
    assert len(MUTATIONS) >= 30


def test_the_report_counts_each_kind_and_all(capsys: pytest.CaptureFixture[str]) -> None:
    kind = "people: more than all"
    main(labelled_batches()["batch12"][:4], {kind: MUTATIONS[kind]})
    told = capsys.readouterr().out
    assert kind in told
    assert "100.0%" in told
