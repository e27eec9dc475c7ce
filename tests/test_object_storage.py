"""A home in object storage: what is read is what is there, whole, and what goes wrong is one sentence."""

import pickle
import subprocess
import sys

import pytest
from upath import UPath

from pipeline.errors import ConditionRefusedError, StorageError
from pipeline.files import put, read_bytes, remove, remove_folder, write_atomically
from pipeline.listing import files_below, names_in
from pipeline.settings import place
from tests.s3_server import S3Server


def test_what_another_process_writes_and_deletes_is_seen(s3_home: UPath) -> None:
    put(s3_home / "folder/mine", b"1")
    assert names_in(s3_home / "folder") == ["mine"]
    code = f"""if True:
        from pipeline.files import put, remove
        from pipeline.settings import place
        home = place({str(s3_home)!r}, "home")
        put(home / "folder/theirs", b"2")
        remove(home / "folder/mine")"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert names_in(s3_home / "folder") == ["theirs"]
    assert not (s3_home / "folder/mine").exists()
    assert read_bytes(s3_home / "folder/theirs") == b"2"


def test_a_path_works_in_a_process_that_it_is_sent_to(s3_home: UPath) -> None:
    put(s3_home / "there", b"1")
    code = f"""if True:
        import pickle, pipeline.settings
        path = pickle.loads({pickle.dumps(s3_home)!r}) / "there"
        assert type(path.fs).__name__ == "ObjectStorage", type(path.fs)
        assert path.fs.cat_file(path.path) == b"1" """
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_large_object_is_read_with_one_request_so_that_it_is_of_one_version(
    s3_home: UPath, s3: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """s3fs asks for its size and then for ranges, between which the object can be replaced."""
    path = s3_home / "large"
    put(path, b"x" * 1000)
    monkeypatch.setattr(path.fs, "default_block_size", 100)
    s3.counted()
    assert read_bytes(path) == b"x" * 1000
    assert s3.counted() == {"GET": 1}


def test_requests_that_files_take(s3_home: UPath, s3: S3Server) -> None:
    for name in ("a", "b/c", "b/d"):
        put(s3_home / name, name.encode())
    assert s3.counted()["PUT"] >= 3
    assert names_in(s3_home) == ["a", "b"]
    assert files_below(s3_home) == [("a",), ("b", "c"), ("b", "d")]
    assert s3.counted() == {"LIST": 2}
    assert names_in(s3_home / "nothing") == []
    assert files_below(s3_home / "nothing") == []
    assert read_bytes(s3_home / "nothing") is None
    assert s3.counted() == {"LIST": 2, "GET": 1}
    assert not write_atomically(s3_home / "a", b"a")
    remove(s3_home / "a")
    remove(s3_home / "a")
    remove_folder(s3_home / "b")
    remove_folder(s3_home / "b")
    assert s3.counted() == {"GET": 1, "DELETE": 3, "LIST": 2}
    assert files_below(s3_home) == []


def test_a_write_on_a_condition(s3_home: UPath) -> None:
    storage, path = s3_home.fs, (s3_home / "there").path
    with pytest.raises(ConditionRefusedError):
        storage.write_if(path, b"1", '"d41d8cd98f00b204e9800998ecf8427e"')
    first = storage.write_if(path, b"1", None)
    second = storage.write_if(path, b"2", first)
    assert first != second
    assert storage.read_tagged(path) == (b"2", second)
    for tag in (None, first):
        with pytest.raises(ConditionRefusedError):
            storage.write_if(path, b"3", tag)
    assert storage.read_tagged(path) == (b"2", second)


def test_no_bucket_is_ever_made(s3: S3Server) -> None:
    home = place("s3://nobody-made-this/home", "EXIT_CHARGES_HOME")
    (home / "folder").mkdir(parents=True, exist_ok=True)
    for use in (
        lambda: put(home / "file", b""),
        lambda: read_bytes(home / "file"),
        lambda: names_in(home),
        lambda: (home / "file").exists(),
    ):
        with pytest.raises(StorageError, match="There is no bucket nobody-made-this at http"):
            use()
