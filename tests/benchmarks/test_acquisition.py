"""Acquisition against an EDGAR with every fault, killed, and from several processes at once."""

from pathlib import Path

from benchmarks.acquisition import backfill_with_faults, busiest_second, kill_backfills, rate_of


def test_with_faults_everything_is_held_and_nothing_else(tmp_path: Path) -> None:
    acquired, replica = backfill_with_faults(tmp_path / "edgar", tmp_path / "home", filings=120)

    assert acquired.wrong == ()
    assert acquired.held == acquired.filings == 120
    assert acquired.retries > 0
    assert sum(replica.met.values()) > 0.15 * len(replica.arrivals)


def test_after_kills_the_archive_is_that_of_a_run_never_killed(tmp_path: Path) -> None:
    killed, same = kill_backfills(tmp_path, filings=48, kills=3)

    assert killed > 0
    assert same == 3


def test_processes_stay_below_the_limit_together_and_use_it(tmp_path: Path) -> None:
    busiest, rate = rate_of(tmp_path, processes=3, filings=72, latency=0.02, limit=30.0)

    assert busiest <= 30
    assert rate > 0.6 * 30


def test_the_busiest_second_is_any_window_of_one_second() -> None:
    assert busiest_second([0.0, 0.5, 0.9, 1.2, 1.4, 5.0]) == 4
    assert busiest_second([0.0, 1.0, 2.0]) == 1
