"""A run that dies while publishing: readers pass over the month, the next run mends it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from upath import UPath

from pipeline import files
from pipeline.errors import StorageError
from pipeline.tables.registry import MONTHLY_TABLES
from pipeline.warehouse import publish
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.published import complete_months, read_month, read_published
from pipeline.warehouse.records import month_state
from tests.factories import month_rows, publishable

MONTH = "2008-10"


class KilledError(BaseException):
    """Stands for SIGKILL: nothing of the publishing code catches it."""


def dying_after(writes: int) -> Callable[[UPath, bytes], bool]:
    done = 0

    def write(path: UPath, data: bytes) -> bool:
        nonlocal done
        if done == writes:
            raise KilledError
        done += 1
        return files.write_atomically(path, data)

    return write


@pytest.mark.parametrize("writes", range(1, len(MONTHLY_TABLES) + 1))
def test_killed_between_files_a_first_publish_is_torn_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    home = UPath(tmp_path)
    publish_month(home, "2008-09", publishable(month_rows(1)))
    with monkeypatch.context() as patched:
        patched.setattr(publish, "write_atomically", dying_after(writes))
        with pytest.raises(KilledError):
            publish_month(home, MONTH, publishable(month_rows()))

    assert month_state(home, MONTH) == "torn"
    assert complete_months(home) == ["2008-09"]
    assert read_published(home, "filings").num_rows == 1

    publish_month(home, MONTH, publishable(month_rows()))

    assert month_state(home, MONTH) == "complete"
    assert read_published(home, "filings").num_rows == 3


def test_killed_while_replacing_the_mix_of_old_and_new_is_never_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = UPath(tmp_path)
    publish_month(home, MONTH, publishable(month_rows(1)))
    with monkeypatch.context() as patched:
        patched.setattr(publish, "write_atomically", dying_after(3))
        with pytest.raises(KilledError):
            publish_month(home, MONTH, publishable(month_rows(2)))

    assert month_state(home, MONTH) == "torn"
    assert read_published(home, "charges").num_rows == 0
    with pytest.raises(StorageError, match="left torn by a run that did not finish; run"):
        read_month(home, MONTH)

    publish_month(home, MONTH, publishable(month_rows(2)))

    assert read_published(home, "charges").num_rows == 8


def test_what_a_killed_run_left_beside_is_removed(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    left = (
        tmp_path
        / "warehouse/charges"
        / f"filed_month={MONTH}"
        / f"{files.beside_prefix('part-0.parquet')}abc"
    )
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a file")

    publish_month(home, MONTH, publishable(month_rows()))

    assert not left.exists()
    assert month_state(home, MONTH) == "complete"


def test_a_month_never_published_is_absent(tmp_path: Path) -> None:
    assert month_state(UPath(tmp_path), MONTH) == "absent"
    with pytest.raises(StorageError, match="is not published"):
        read_month(UPath(tmp_path), MONTH)


def test_a_record_that_cannot_be_understood_is_a_torn_month(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    publish_month(home, MONTH, publishable(month_rows()))
    (tmp_path / "warehouse/_months" / f"{MONTH}.json").write_text('{"month": "2008')

    assert month_state(home, MONTH) == "torn"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = UPath(tmp_path / "file")
    files.write_atomically(path, b"old")

    def full_disk(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(StorageError, match=r"No space left on device.*free some space"):
        files.write_atomically(path, b"new")

    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"
