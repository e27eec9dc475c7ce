"""One writer at a time on object storage: who gets a lease, keeps it, loses it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from upath import UPath

from pipeline import lease
from pipeline.errors import ConditionRefusedError, StorageError, UnreachableStorageError
from pipeline.files import put, read_bytes, remove, remove_folder
from pipeline.locks import only_writer
from tests.s3_server import S3Server


@pytest.fixture
def path(s3_home: UPath) -> UPath:
    return s3_home / ".lock"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 1.0)
    return lease.LEASE_SECONDS


def somebody_else_takes(path: UPath) -> None:
    """Another process takes the lease over, as if this one had not renewed it."""
    for _ in range(100):
        _, tag = path.fs.read_tagged(path.path)
        try:
            path.fs.write_if(path.path, b'{"by": "another", "held": true}', tag)
        except ConditionRefusedError:
            continue
        return


def until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.01)


def test_the_next_waits_until_it_is_given_back_and_not_for_the_lease_to_end(path: UPath) -> None:
    order = []

    def second() -> None:
        with only_writer(path, "the month"):
            order.append("second")

    with only_writer(path, "the month"):
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.3)
        order.append("first")
    waiting.join(20)
    assert order == ["first", "second"]


def test_writers_that_count_on_each_other_lose_no_step(path: UPath, short: float) -> None:
    counter = path.with_name("counter")
    put(counter, b"0")

    def count(_: int) -> None:
        with only_writer(path, "the counter"):
            put(counter, str(int(read_bytes(counter) or b"") + 1).encode())

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, range(12)))
    assert read_bytes(counter) == b"12"


def test_it_is_renewed_for_as_long_as_the_work_takes(path: UPath, short: float) -> None:
    with only_writer(path, "the month"):
        with pytest.raises(StorageError, match="Another run has been writing the month"):
            lease._Lease(path, "the month").acquire(longest_wait=2 * short)
        put(path.with_name("written"), b"")


def test_what_a_dead_process_holds_is_taken_over_after_a_lease(path: UPath, short: float) -> None:
    dead = lease._Lease(path, "the month")
    dead.acquire(1.0)
    dead._ended.set()  # no renewal any more, as after SIGKILL
    begun = time.monotonic()
    with only_writer(path, "the month", 20.0):
        assert time.monotonic() - begun > 0.9 * short
        with pytest.raises(StorageError, match="lost its right to write the month"):
            dead.check()
    assert not dead.release()


def test_who_loses_it_writes_nothing_more_and_says_so(path: UPath, short: float) -> None:
    other = path.with_name("other")
    put(other, b"theirs")

    def write() -> None:
        with only_writer(path, "the month"):
            somebody_else_takes(path)
            until(lambda: lease._held.get()[0]._lost)
            changes: list[Callable[[], None]] = [
                lambda: put(other, b"ours"),
                lambda: remove(other),
                lambda: remove_folder(other),
            ]
            for change in changes:
                with pytest.raises(StorageError, match="lost its right to write the month"):
                    change()

    with pytest.raises(StorageError, match="another run may have begun"):
        write()
    assert read_bytes(other) == b"theirs"
    assert b"another" in path.read_bytes()


def test_who_loses_it_unnoticed_hears_it_at_the_end(path: UPath) -> None:
    with pytest.raises(StorageError, match="lost its right"), only_writer(path, "the month"):
        somebody_else_takes(path)


def test_a_holder_that_cannot_renew_counts_itself_out(
    path: UPath, short: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> str:
        raise UnreachableStorageError("not reached")

    def write() -> None:
        with only_writer(path, "the month"):
            monkeypatch.setattr(path.fs, "write_if", silent)
            time.sleep(1.1 * short)
            with pytest.raises(StorageError, match="lost its right"):
                put(path.with_name("late"), b"")

    with pytest.raises(StorageError, match="lost its right"):
        write()


def test_a_write_that_was_done_unheard_is_not_taken_for_another_writers(
    path: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client asks again where no answer came, and is refused because of what its own first try did."""
    write_if = path.fs.write_if

    def done_and_refused(name: str, data: bytes, tag: str | None) -> str:
        write_if(name, data, tag)
        raise ConditionRefusedError("refused")

    monkeypatch.setattr(path.fs, "write_if", done_and_refused)
    with only_writer(path, "the month", 1.0):
        assert b'"held": true' in path.read_bytes()
    assert b'"held": false' in path.read_bytes()


def test_an_error_of_the_work_gives_the_lease_back(path: UPath) -> None:
    with pytest.raises(ZeroDivisionError), only_writer(path, "the month"):
        raise ZeroDivisionError
    with only_writer(path, "the month", 0.0):
        pass


def test_an_object_that_is_no_lease_is_waited_for_and_replaced(path: UPath, short: float) -> None:
    put(path, b"scribbled")
    with only_writer(path, "the month", 20.0):
        assert b'"held": true' in path.read_bytes()


def test_a_lease_takes_two_requests_where_nobody_else_had_it(path: UPath, s3: S3Server) -> None:
    with only_writer(path, "the month"):
        pass
    s3.counted()
    with only_writer(path, "the month"):
        pass
    assert s3.counted() == {"PUT": 2}
