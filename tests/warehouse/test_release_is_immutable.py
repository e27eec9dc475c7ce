"""A release is whole or not there, the same every time, and never changed."""

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from upath import UPath

from pipeline import files
from pipeline.errors import ConfigurationError, StorageError
from pipeline.warehouse import release as releases
from pipeline.warehouse import release_pages
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.records import part_path, record_path
from pipeline.warehouse.release import release_date, write_release
from tests.factories import month_rows, publishable
from tests.warehouse.full_disk import largest_file

ROOT = Path(__file__).parents[2]
DATE = dt.date(2026, 1, 31)
NAME = "exit-charges-2026-01-31"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".release.lock")


@pytest.fixture
def home(tmp_path: Path) -> UPath:
    home = UPath(tmp_path / "home")
    publish_month(home, "2008-10", publishable(month_rows(2)))
    publish_month(home, "2008-11", publishable(month_rows(0)))
    return home


def test_the_same_months_and_date_give_the_same_bytes(home: UPath, tmp_path: Path) -> None:
    again = UPath(tmp_path / "another" / "home")
    publish_month(again, "2008-11", publishable(month_rows(0)))
    publish_month(again, "2008-10", publishable(month_rows(2)))

    one, two = (write_release(each, each / "releases", DATE) for each in (home, again))

    assert contents(Path(str(one.path))) == contents(Path(str(two.path)))
    assert one.manifest_sha256 == two.manifest_sha256


def test_made_again_it_is_left_alone(home: UPath, tmp_path: Path) -> None:
    target = tmp_path / NAME
    assert write_release(home, UPath(tmp_path), DATE).is_new
    before = {path: path.stat().st_mtime_ns for path in (target, *target.iterdir())}

    assert not write_release(home, UPath(tmp_path), DATE).is_new
    assert {path: path.stat().st_mtime_ns for path in (target, *target.iterdir())} == before


def test_other_content_of_the_same_date_is_refused(home: UPath, tmp_path: Path) -> None:
    write_release(home, UPath(tmp_path), DATE)
    before = contents(tmp_path / NAME)
    publish_month(home, "2008-12", publishable(month_rows(0)))

    with pytest.raises(StorageError, match=r"differs in .*README\.md.*never changed: give another --date"):
        write_release(home, UPath(tmp_path), DATE)

    assert contents(tmp_path / NAME) == before
    assert write_release(home, UPath(tmp_path), dt.date(2026, 2, 1)).is_new
    assert visible(tmp_path) == [NAME, "exit-charges-2026-02-01", "home"]


@pytest.mark.parametrize("change", ["changed", "missing", "added", "folder"])
def test_a_release_that_was_tampered_with_is_refused(home: UPath, tmp_path: Path, change: str) -> None:
    write_release(home, UPath(tmp_path), DATE)
    if change == "folder":
        (tmp_path / NAME / "notes.txt").mkdir()
    elif change == "missing":
        (tmp_path / NAME / "charges.csv").unlink()
    else:
        (tmp_path / NAME / ("charges.csv" if change == "changed" else "notes.txt")).write_text("mine")

    with pytest.raises(StorageError, match=r"differs in (charges\.csv|notes\.txt);"):
        write_release(home, UPath(tmp_path), DATE)


def test_a_torn_month_is_named_and_nothing_is_released(home: UPath, tmp_path: Path) -> None:
    part_path(home, "charges", "2008-10").write_bytes(b"torn")

    with pytest.raises(StorageError, match=r"2008-10 is torn.*materialize --from 2008-10 --to 2008-10"):
        write_release(home, UPath(tmp_path / "out"), DATE)
    assert visible(tmp_path / "out") == []


def test_a_month_that_died_before_its_first_record_is_torn_too(home: UPath, tmp_path: Path) -> None:
    record_path(home, "2008-11").unlink()

    with pytest.raises(StorageError, match="2008-11 is torn"):
        write_release(home, UPath(tmp_path / "out"), DATE)


def test_without_a_month_there_is_nothing_to_release(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"No month is published in .* run `exit-charges materialize`"):
        write_release(UPath(tmp_path / "home"), UPath(tmp_path / "out"), DATE)
    assert not (tmp_path / "out").exists()


def test_a_date_before_the_last_month_is_refused(home: UPath, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="2008-10-31 lies before 2008-11"):
        write_release(home, UPath(tmp_path), dt.date(2008, 10, 31))


@pytest.mark.parametrize(
    "text", ["2026-02-30", "20260131", "2026-1-31", "today", "", "0000-01-01", "2026-W05-6"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="write it as YYYY-MM-DD"):
        release_date(text)


def test_a_date_is_read() -> None:
    assert release_date("2026-01-31") == DATE


def test_killed_it_leaves_no_half_release_and_the_next_run_cleans_up(home: UPath, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dying = (
        "import datetime as dt, os, signal\n"
        "from upath import UPath\n"
        "from pipeline.warehouse import release\n"
        "release.move_into_place = lambda *paths: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"release.write_release(UPath({str(home)!r}), UPath({str(out)!r}), dt.date(2026, 1, 30))\n"
    )
    ended = subprocess.run([sys.executable, "-c", dying], cwd=ROOT, check=False)

    assert ended.returncode == -signal.SIGKILL
    [left] = visible(out)
    assert left.startswith(files.beside_prefix("exit-charges-2026-01-30"))
    assert write_release(home, UPath(out), DATE).is_new
    assert visible(out) == [NAME]


def test_a_full_disk_is_one_sentence_and_leaves_nothing(home: UPath, tmp_path: Path) -> None:
    with largest_file(20_000), pytest.raises(StorageError, match=r"File too large.*another DIRECTORY"):
        write_release(home, UPath(tmp_path / "out"), DATE)
    assert visible(tmp_path / "out") == []


def test_a_disk_that_is_full_at_the_end_leaves_nothing_either(
    home: UPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(releases, "synchronise", full_disk)
    with pytest.raises(StorageError, match=r"No space left on device.*another DIRECTORY"):
        write_release(home, UPath(tmp_path / "out"), DATE)
    assert visible(tmp_path / "out") == []


def test_a_directory_that_is_a_file_is_one_sentence(home: UPath, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("not a folder")

    with pytest.raises(StorageError, match="another DIRECTORY"):
        write_release(home, UPath(tmp_path / "out"), DATE)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_directory_is_one_sentence(home: UPath, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)

    with pytest.raises(StorageError, match="another DIRECTORY"):
        write_release(home, UPath(tmp_path / "out"), DATE)


def test_without_the_documentation_there_is_no_release(
    home: UPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_pages, "_REPOSITORY", tmp_path)
    with pytest.raises(ConfigurationError, match=r"docs/accuracy\.md, which cannot be read"):
        write_release(home, UPath(tmp_path / "out"), DATE)
    assert visible(tmp_path / "out") == []


def test_a_foreign_file_in_a_tables_folder_is_refused(home: UPath, tmp_path: Path) -> None:
    (tmp_path / "home/warehouse/charges/notes.txt").write_text("mine")

    with pytest.raises(StorageError, match="not a file of this warehouse"):
        write_release(home, UPath(tmp_path / "out"), DATE)


def test_the_home_is_only_read(home: UPath, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in Path(str(home)).rglob("*")}
    write_release(home, UPath(tmp_path), DATE)

    assert {path: path.stat().st_mtime_ns for path in Path(str(home)).rglob("*")} == before


def test_in_another_file_system_an_unfinished_release_is_completed(home: UPath, tmp_path: Path) -> None:
    there = UPath("memory://release/home")
    publish_month(there, "2008-10", publishable(month_rows(2)))
    publish_month(there, "2008-11", publishable(month_rows(0)))
    target = there / "releases" / NAME
    target.mkdir(parents=True)
    (target / "charges.csv").write_bytes(b"half")

    report = write_release(there, there / "releases", DATE)

    here = contents(Path(str(write_release(home, UPath(tmp_path), DATE).path)))
    assert report.is_new
    assert {path.name: path.read_bytes() for path in target.iterdir()} == here
    assert not write_release(there, there / "releases", DATE).is_new
    publish_month(there, "2008-12", publishable(month_rows(0)))
    with pytest.raises(StorageError, match="never changed"):
        write_release(there, there / "releases", DATE)
