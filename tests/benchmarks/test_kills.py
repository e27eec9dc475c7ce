"""Killed at random moments while readers read, publishing shows no reader a torn, lost or doubled month."""

from pathlib import Path

from benchmarks.kills import contents, fault_of, kill_publishers


def test_readers_see_whole_months_only(tmp_path: Path) -> None:
    report = kill_publishers(tmp_path, kills=6)

    assert report.seen == ()
    assert report.reads > 6


def test_a_mixture_of_two_contents_is_a_fault() -> None:
    old, new = contents()

    assert fault_of("2008-01", old) is None
    assert fault_of("2008-01", new) is None
    assert fault_of("2008-01", {**old, "charges": new["charges"]}) is not None
    assert fault_of("2008-01", {**old, "mentions": new["mentions"]}) is not None
