"""A run that dies while publishing: readers see the old month or the new one, the next run finishes it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from upath import UPath

from pipeline import files
from pipeline.errors import StorageError
from pipeline.tables.registry import MONTHLY_TABLES
from pipeline.warehouse import publish
from pipeline.warehouse.publish import finish_publishing, publish_month
from pipeline.warehouse.published import complete_months, month_state, read_month, read_published
from tests.factories import month_rows, publishable

MONTH = "2008-10"


class KilledError(BaseException):
    """Stands for SIGKILL: nothing of the publishing code catches it."""


STEPS = ("put", "write_atomically", "move", "remove", "remove_folder")


class Steps:
    """Counts what publishing does to files, and dies before one of them."""

    def __init__(self, patched: pytest.MonkeyPatch, dies_before: int | None = None) -> None:
        self.done = 0
        for name in STEPS:
            patched.setattr(publish, name, self._counted(getattr(files, name), dies_before))

    def _counted(self, step: Callable[..., Any], dies_before: int | None) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            if self.done == dies_before:
                raise KilledError
            self.done += 1
            return step(*arguments)

        return counted


def steps_of_a_publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    with monkeypatch.context() as patched:
        home = UPath(tmp_path / "counted")
        publish_month(home, MONTH, publishable(month_rows(1)))
        steps = Steps(patched)
        publish_month(home, MONTH, publishable(month_rows(2)))
        return steps.done


@pytest.mark.parametrize("filings_before", [0, 1])
def test_killed_before_any_step_the_month_is_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filings_before: int
) -> None:
    """Never neither, never a mixture; and who comes next, a run or the database, makes it the new one."""
    steps = steps_of_a_publish(tmp_path, monkeypatch)
    assert steps > 2 * len(MONTHLY_TABLES)
    seen = set()
    for dies_before in range(steps):
        home = UPath(tmp_path / str(dies_before))
        publish_month(home, "2008-09", publishable(month_rows(1)))
        if filings_before:
            publish_month(home, MONTH, publishable(month_rows(filings_before)))
        with monkeypatch.context() as patched:
            Steps(patched, dies_before)
            with pytest.raises(KilledError):
                publish_month(home, MONTH, publishable(month_rows(2)))

        filings = read_published(home, "filings").num_rows - 1
        assert filings in (filings_before, 2)
        assert read_published(home, "charges").num_rows == 4 * (filings + 1)
        assert month_state(home, MONTH) == ("complete" if filings else "absent")
        seen.add(filings)

        finish_publishing(home)
        assert read_published(home, "filings").num_rows - 1 == filings
        publish_month(home, MONTH, publishable(month_rows(2)))
        assert complete_months(home) == ["2008-09", MONTH]
        assert read_published(home, "filings").num_rows == 3
        left = [path for path in (tmp_path / str(dies_before)).rglob(".*") if path.suffix != ".lock"]
        assert left == []
    assert seen == {filings_before, 2}


def test_a_file_that_is_not_the_records_makes_its_month_torn(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    publish_month(home, "2008-09", publishable(month_rows(1)))
    publish_month(home, MONTH, publishable(month_rows(1)))
    path = tmp_path / "warehouse/charges" / f"filed_month={MONTH}" / "part-0.parquet"
    path.write_bytes(path.read_bytes()[:-1])

    assert month_state(home, MONTH) == "torn"
    assert complete_months(home) == ["2008-09"]
    assert read_published(home, "filings").num_rows == 1
    with pytest.raises(StorageError, match="has a file that is not the one published; run"):
        read_month(home, MONTH)

    publish_month(home, MONTH, publishable(month_rows(1)))

    assert month_state(home, MONTH) == "complete"
    assert read_published(home, "charges").num_rows == 8


def test_a_month_of_a_version_with_fewer_tables_stays_readable(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    publish_month(home, MONTH, publishable(month_rows()))
    record = tmp_path / "warehouse/_months" / f"{MONTH}.json"
    found = json.loads(record.read_bytes())
    del found["files"]["mentions"]
    record.write_text(json.dumps(found))
    (tmp_path / "warehouse/mentions" / f"filed_month={MONTH}" / "part-0.parquet").unlink()

    tables = read_month(home, MONTH)

    assert tables["mentions"].num_rows == 0
    assert tables["charges"].num_rows == 8


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
