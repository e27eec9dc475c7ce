"""One function from record batch to record batch: the rows of `extract`, and nothing that raises."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.archives.record_batches import read_batch, read_batches
from pipeline.charges.filing_rows import read_submission
from pipeline.tables.readings import OUTCOMES, READINGS, SUBMISSIONS
from tests.archives.comparison import as_extract_says, what_extract_says
from tests.replica.tiny_edgar import submission

SAMPLES = Path(__file__).parents[2] / "samples/Archives/edgar/data"
REAL = Path(__file__).parents[3] / "shared/filings/8-K"
ITEM = "<p>Item 2.05 Costs Associated with Exit or Disposal Activities</p>"


def batch_of(*contents: bytes | None) -> pa.RecordBatch:
    rows = [{"source": f"submission {n}", "content": content} for n, content in enumerate(contents)]
    return pa.RecordBatch.from_pylist(rows, schema=SUBMISSIONS)


def files_batch(paths: list[Path]) -> pa.RecordBatch:
    rows = [{"source": str(path), "content": path.read_bytes()} for path in paths]
    return pa.RecordBatch.from_pylist(rows, schema=SUBMISSIONS)


def ten_k() -> bytes:
    return submission("0000000001-24-000001", "0000000001", "SOME CORP", "2024-01-02", form="10-K")


def test_the_samples_give_the_rows_of_extract() -> None:
    paths = sorted(SAMPLES.glob("*/*.txt"))
    readings = read_batch(files_batch(paths))
    assert readings.schema.equals(READINGS)
    assert [as_extract_says(row) for row in readings.to_pylist()] == [
        what_extract_says(path) for path in paths
    ]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real filings are not beside the project")
def test_real_filings_give_the_rows_of_extract() -> None:
    paths = sorted(REAL.iterdir())[::5]
    readings = read_batch(files_batch(paths)).to_pylist()
    assert [as_extract_says(row) for row in readings] == [what_extract_says(path) for path in paths]


def test_another_form_is_passed_over_by_its_header() -> None:
    (row,) = read_batch(batch_of(ten_k()[:600])).to_pylist()
    assert (row["outcome"], row["form_type"], row["filing"]) == ("passed_over", "10-K", None)


def test_what_cannot_be_read_is_a_row_that_says_why() -> None:
    rows: list[dict[str, Any]] = [
        {"source": "empty", "content": b""},
        {"source": "pdf", "content": b"%PDF-1.7"},
        {"source": "gone", "content": None, "problem": "The file was listed and is gone."},
        {"source": "null", "content": None},
    ]
    readings = read_batch(pa.RecordBatch.from_pylist(rows, schema=SUBMISSIONS)).to_pylist()
    assert [(row["source"], row["outcome"]) for row in readings] == [(r["source"], "failed") for r in rows]
    assert "empty file" in readings[0]["problem"]
    assert "PDF" in readings[1]["problem"]
    assert readings[2]["problem"] == "The file was listed and is gone."
    assert "null" in readings[3]["problem"]


def test_a_fault_of_the_program_is_a_row_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.archives import record_batches

    real = read_submission

    def faulty(data: bytes, source: str) -> object:
        if source == "submission 1":
            raise RecursionError("too deep")
        return real(data, source)

    monkeypatch.setattr(record_batches, "read_submission", faulty)
    first, second, third = read_batch(batch_of(*[ITEM.encode()] * 3)).to_pylist()
    assert (first["outcome"], third["outcome"]) == ("read", "read")
    assert "fault of this program" in second["problem"]


def test_a_value_that_fits_no_column_takes_no_other_row_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.archives import record_batches

    real = record_batches._read

    def oversized(source: str, content: bytes) -> dict[str, object]:
        row = real(source, content)
        if source == "submission 0":
            row["filing"]["source_bytes"] = 1 << 70
        return row

    monkeypatch.setattr(record_batches, "_read", oversized)
    first, second = read_batch(batch_of(ITEM.encode(), ITEM.encode())).to_pylist()
    assert first["outcome"] == "failed"
    assert "fits no column" in first["problem"]
    assert second["outcome"] == "read"


def test_batches_map_to_batches_and_an_empty_one_to_an_empty_one() -> None:
    batches = list(read_batches([batch_of(), batch_of(ten_k(), b"")]))
    assert [batch.num_rows for batch in batches] == [0, 2]
    assert all(batch.schema.equals(READINGS) for batch in batches)


def test_the_problem_column_may_be_missing_and_further_ones_are_passed_over() -> None:
    given_batch = pa.RecordBatch.from_pydict({"length": [4], "content": [b"abcd"], "source": ["x"]})
    assert read_batch(given_batch).to_pylist()[0]["outcome"] == "read"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.binary(max_size=400)), max_size=4))
def test_whatever_the_bytes_every_submission_is_a_row(contents: list[bytes | None]) -> None:
    framed = [content and b"<DOCUMENT><TYPE>8-K<TEXT>" + ITEM.encode() + content for content in contents]
    readings = read_batch(batch_of(*contents, *framed))
    assert readings.num_rows == len(contents) * 2
    assert set(readings.column("outcome").to_pylist()) <= set(OUTCOMES)
