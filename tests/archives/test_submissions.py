"""Submissions out of files, tar files and gzip files; what is damaged is a row."""

import gzip
import io
import random
import tarfile
from pathlib import Path

import pytest

from pipeline.archives import submissions
from pipeline.archives.submissions import submission_batches
from tests.replica.tiny_edgar import submission


def filing(number: int, form: str = "8-K", document: str = "") -> bytes:
    accession = f"0000000001-24-{number:06d}"
    return submission(accession, "0000000001", "SOME CORP", "2024-01-02", form, document=document)


def tagged(number: int, form: str = "8-K") -> bytes:
    """A submission as the daily archives have it."""
    return (
        f"<SUBMISSION>\n<ACCESSION-NUMBER>0000000001-24-{number:06d}\n<TYPE>{form}\n<DOCUMENT>\n<TYPE>{form}\n"
        "<TEXT>\n<p>Item 2.05</p>\n</TEXT>\n</DOCUMENT>\n</SUBMISSION>\n"
    ).encode()


def write_tar(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        folder = tarfile.TarInfo("20240102")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def rows_of(*paths: Path) -> list[dict[str, object]]:
    return [row for batch in submission_batches(map(str, paths)) for row in batch.to_pylist()]


def test_files_are_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(filing(1))
    (tmp_path / "b.nc").write_bytes(tagged(2))
    rows = rows_of(tmp_path / "a.txt", tmp_path / "b.nc")
    assert [(row["source"], row["content"]) for row in rows] == [
        (str(tmp_path / "a.txt"), filing(1)),
        (str(tmp_path / "b.nc"), tagged(2)),
    ]


@pytest.mark.parametrize(
    ("name", "mode"), [("20240102.nc.tar.gz", "w:gz"), ("x.tgz", "w:gz"), ("x.tar", "w")]
)
def test_a_days_archive_gives_its_members(tmp_path: Path, name: str, mode: str) -> None:
    write_tar(tmp_path / name, {"a.nc": tagged(1), "20240102/b.nc": tagged(2)}, mode)
    rows = rows_of(tmp_path / name)
    assert [row["source"] for row in rows] == [f"{tmp_path / name}/{n}" for n in ("a.nc", "20240102/b.nc")]
    assert [row["content"] for row in rows] == [tagged(1), tagged(2)]


def test_an_old_days_archive_has_submissions_one_behind_the_other(tmp_path: Path) -> None:
    path = tmp_path / "20040102.gz"
    path.write_bytes(gzip.compress(b"\n" + tagged(1) + b"\n\n" + tagged(2, "10-Q") + tagged(3)))
    rows = rows_of(path)
    assert [row["source"] for row in rows] == [f"{path}/{n}" for n in (1, 2, 3)]
    assert tagged(3) == rows[2]["content"]


def test_of_another_form_only_the_beginning_is_read(tmp_path: Path) -> None:
    long = filing(1, "10-K", "x" * 1_000_000)
    (tmp_path / "a.txt").write_bytes(long)
    write_tar(tmp_path / "b.tar.gz", {"a.nc": long})
    for row in rows_of(tmp_path / "a.txt", tmp_path / "b.tar.gz"):
        content = row["content"]
        assert isinstance(content, bytes)
        assert len(content) < 100_000
        assert long.startswith(content)


@pytest.mark.parametrize("name", ["20240102.nc.tar.gz", "20040102.gz"])
def test_before_the_damage_everything_is_given(tmp_path: Path, name: str) -> None:
    whole, chance = tmp_path / name, random.Random(7)
    filings = {f"{n}.nc": tagged(n) + chance.randbytes(9_000).hex().encode() + b"\n" for n in range(200)}
    if "tar" in name:
        write_tar(whole, filings)
    else:
        whole.write_bytes(gzip.compress(b"".join(filings.values())))
    whole.write_bytes(whole.read_bytes()[:-200])
    *given, last = rows_of(whole)
    assert len(given) > 150
    assert all(row["content"] for row in given)
    assert (last["source"], last["content"]) == (str(whole), None)
    assert "damaged from here on" in str(last["problem"])


def test_what_is_no_archive_at_all_is_a_row(tmp_path: Path) -> None:
    for name in ("x.tar.gz", "x.gz", "x.tar"):
        (tmp_path / name).write_bytes(b"<html>not found</html>")
        (row,) = rows_of(tmp_path / name)
        assert "damaged" in str(row["problem"])


def test_what_is_gone_or_not_permitted_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (gone,) = rows_of(tmp_path / "gone.txt")
    assert "gone" in str(gone["problem"])
    (tmp_path / "a.txt").write_bytes(filing(1))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("upath.implementations.local.PosixUPath.open", refused)
    (locked,) = rows_of(tmp_path / "a.txt")
    assert "may not read" in str(locked["problem"])


def test_what_is_too_large_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "MOST_BYTES", 100_000)
    (tmp_path / "a.txt").write_bytes(filing(1, document="x" * 100_000))
    (tmp_path / "b.gz").write_bytes(gzip.compress(tagged(1) + tagged(2) + b"x\n" * 60_000 + tagged(3)))
    rows = rows_of(tmp_path / "a.txt", tmp_path / "b.gz")
    assert [row["content"] is None for row in rows] == [True, False, True, False]


def test_batches_stay_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "_BATCH_ROWS", 3)
    monkeypatch.setattr(submissions, "_BATCH_BYTES", 10_000)
    paths = []
    for number in range(7):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_bytes(filing(number, document="x" * (20_000 if number == 4 else 10)))
    sizes = [batch.num_rows for batch in submission_batches(map(str, paths))]
    assert sizes == [3, 2, 2]
