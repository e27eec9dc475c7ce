import json
import math
import multiprocessing
import threading
import time
from pathlib import Path

import pytest

from pipeline.edgar.limit import RequestLimiter
from pipeline.edgar.limit_file import LimitFile
from pipeline.errors import ConfigurationError
from tests.edgar.waiting import Waiting


def most_in_a_second(moments: list[float]) -> int:
    """The largest number of moments in any one-second window."""
    return max(sum(start <= moment < start + 1.0 for moment in moments) for start in moments)


@pytest.mark.parametrize("rate", [10.0, 8.0, 2.5, 1.0])
def test_no_second_has_more_requests_than_allowed_and_most_are_used(
    tmp_path: Path, waiting: Waiting, rate: float
) -> None:
    limiter = waiting.limiter(rate, tmp_path)
    moments = []
    for _ in range(100):
        limiter.wait()
        moments.append(waiting.now)
    assert most_in_a_second(moments) <= math.ceil(rate)
    assert 99 / (moments[-1] - moments[0]) > 0.9 * rate


def test_a_slow_rate_spreads_single_requests(tmp_path: Path, waiting: Waiting) -> None:
    limiter = waiting.limiter(0.1, tmp_path)
    limiter.wait()
    started = waiting.now
    limiter.wait()
    assert waiting.now - started >= 10.0


def test_requests_after_a_pause_do_not_come_in_a_burst(tmp_path: Path, waiting: Waiting) -> None:
    limiter = waiting.limiter(10.0, tmp_path)
    limiter.wait()
    waiting.now += 60.0
    moments = []
    for _ in range(20):
        limiter.wait()
        moments.append(waiting.now)
    assert most_in_a_second(moments) <= 10


def take(directory: Path, rate: float, count: int, moments: "multiprocessing.Queue[float]") -> None:
    limiter = RequestLimiter(rate, LimitFile(directory))
    for _ in range(count):
        limiter.wait()
        moments.put(time.monotonic())


def test_processes_share_the_limit(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[float] = context.Queue()
    workers = [context.Process(target=take, args=(tmp_path, 50.0, 25, queue)) for _ in range(3)]
    for worker in workers:
        worker.start()
    moments = [queue.get(timeout=60) for _ in range(75)]
    for worker in workers:
        worker.join(timeout=60)
    assert most_in_a_second(sorted(moments)) <= 50


@pytest.mark.parametrize(
    "left", ["", "{", '{"next_free": null}', '{"next_free": 1e9}', '{"next_free": NaN}', "[]"]
)
def test_a_state_cut_short_or_from_before_a_reboot_costs_one_interval(
    tmp_path: Path, waiting: Waiting, left: str
) -> None:
    (tmp_path / "next_request.json").write_text(left)
    started = waiting.now
    waiting.limiter(10.0, tmp_path).wait()
    assert waiting.now - started == pytest.approx(0.11)


def test_a_directory_that_cannot_be_written_is_a_clear_error(tmp_path: Path, waiting: Waiting) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="request limit"):
        waiting.limiter(10.0, tmp_path / "file" / "below").wait()


def test_the_state_is_never_seen_half_written(tmp_path: Path) -> None:
    """Other processes look without the lock whether a block has begun."""
    limiter = RequestLimiter(5000.0, LimitFile(tmp_path))
    limiter.wait()
    done = threading.Event()

    def write() -> None:
        for _ in range(300):
            limiter.wait()
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        assert json.loads((tmp_path / "next_request.json").read_text())["next_free"] > 0
    writer.join()
