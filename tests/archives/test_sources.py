"""Which files an archive has, and how they become parts."""

import os
from pathlib import Path

import pytest
from upath import UPath

from pipeline.archives import sources
from pipeline.archives.sources import SourceFile, find_sources, parts_of
from pipeline.errors import ConfigurationError


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_submissions_and_archives_are_found_and_the_rest_is_counted(tmp_path: Path) -> None:
    touch(tmp_path, "b/1.txt", "a/2.nc", "a/3.NC.tar.gz", "a/body.htm", "form.idx", ".git/4.txt", ".5.txt")
    files, left_out = find_sources([UPath(tmp_path)])
    found = [file.path.removeprefix(f"{tmp_path}/") for file in files]
    assert (found, left_out) == (["a/2.nc", "a/3.NC.tar.gz", "b/1.txt"], 2)


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    touch(tmp_path, "body.htm")
    files, left_out = find_sources([UPath(tmp_path / "body.htm")])
    assert ([file.path for file in files], left_out) == ([str(tmp_path / "body.htm")], 0)


def test_places_that_overlap_give_a_file_once(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.txt")
    files, _ = find_sources([UPath(tmp_path), UPath(tmp_path / "a"), UPath(tmp_path / "a/1.txt")])
    assert len(files) == 1


def test_nothing_at_a_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no file at .*nowhere"):
        find_sources([UPath(tmp_path / "nowhere")])


def test_object_storage_gives_addresses() -> None:
    UPath("memory://feed/2024/1.nc").write_bytes(b"x")
    files, _ = find_sources([UPath("memory://feed")])
    assert [UPath(file.path).read_bytes() for file in files] == [b"x"]


def test_submissions_go_together_and_an_archive_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_MOST_FILES", 3)
    monkeypatch.setattr(sources, "_MOST_BYTES", 100)
    files = [
        SourceFile(name, size, "")
        for name, size in [
            ("a.txt", 1),
            ("b.txt", 1),
            ("c.tar.gz", 900),
            ("d.txt", 1),
            ("e.txt", 60),
            ("f.txt", 60),
        ]
    ]
    parts = [[file.path for file in part.files] for part in parts_of(files)]
    assert parts == [["c.tar.gz"], ["a.txt", "b.txt", "d.txt"], ["e.txt"], ["f.txt"]]


def test_a_part_is_another_when_a_file_or_the_code_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "1.txt", "2.txt")

    def ids() -> set[str]:
        return {part.id for part in parts_of(find_sources([UPath(tmp_path)])[0])}

    before = ids()
    assert ids() == before
    os.utime(tmp_path / "1.txt", (1, 1))
    changed = ids()
    assert not changed & before
    monkeypatch.setattr(sources, "reader_version", lambda: "another")
    assert not ids() & changed
