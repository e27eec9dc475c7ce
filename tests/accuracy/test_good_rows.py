"""What is read of the labelled texts passes the checks: those reject what is misread, not what is unusual."""

from collections import Counter

from benchmarks.corpora import labelled_batches
from benchmarks.good_rows import staged_rows
from expectations import judge_month
from tests.factories import arrow_tables, together


def test_of_good_rows_hardly_one_is_rejected() -> None:
    texts = [labelled for batch in labelled_batches().values() for labelled in batch]
    rows = together(*(staged_rows(number, labelled) for number, labelled in enumerate(texts)))
    judgement = judge_month("2020-01", arrow_tables(rows))
    assert judgement.breaches == ()
    rejected = Counter(judgement.passed["rejected_rows"].column("table_name").to_pylist())
    assert {table for table, count in rejected.items() if count > 0.005 * len(rows[str(table)])} == set()


def test_hardly_a_mention_has_no_kind_that_a_rule_names() -> None:
    texts = [labelled for batch in labelled_batches().values() for labelled in batch]
    mentions = [
        mention for number, text in enumerate(texts) for mention in staged_rows(number, text)["mentions"]
    ]
    unclassified = sum(mention["kind"] == "unclassified" for mention in mentions)
    assert unclassified < 0.05 * len(mentions)
