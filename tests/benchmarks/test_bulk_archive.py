"""The benchmark of the bulk archive works, and what it compares is equal."""

from benchmarks.bulk_archive import measure


def test_a_small_archive() -> None:
    measured = measure(300)
    assert measured.equals_company_lists
    assert measured.equals_what_was_written
    assert measured.filings > 100
    assert measured.memory_peak - measured.memory_before < measured.unpacked_bytes
