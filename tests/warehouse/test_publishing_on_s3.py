"""Publishing in object storage: whatever it dies of, a reader sees the old month or the new one."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pytest
from upath import UPath

from pipeline.errors import StorageError, UnreachableStorageError
from pipeline.files import remove
from pipeline.listing import names_in
from pipeline.warehouse.database import build_database
from pipeline.warehouse.publish import finish_publishing, publish_month
from pipeline.warehouse.published import complete_months, read_month
from pipeline.warehouse.query import run_query
from pipeline.warehouse.records import lock_path, part_path, record_path
from tests.factories import month_rows, publishable
from tests.s3_server import S3Server

MONTH = "2008-10"
_CHANGING = {"put_object", "delete_object", "delete_objects", "create_multipart_upload"}


class Dying:
    """A client that is gone from one of its changing requests on: that one and all later ones do nothing."""

    def __init__(self, dies_at: int | None) -> None:
        self.asked, self._dies_at = 0, dies_at

    @contextmanager
    def of(self, home: UPath, patched: pytest.MonkeyPatch) -> Iterator[None]:
        storage = type(home.fs)
        call = storage._call_s3

        async def counted(fs: Any, method: str, *settings: Any, **arguments: Any) -> Any:
            if method in _CHANGING:
                if self._dies_at is not None and self.asked >= self._dies_at:
                    raise UnreachableStorageError("The client is gone.")
                self.asked += 1
            return await call(fs, method, *settings, **arguments)

        with patched.context() as during:
            during.setattr(storage, "_call_s3", counted)
            yield


def _content(word: str) -> dict[str, pa.Table]:
    """A month of which two tables say which content it is."""
    rows = month_rows(1)
    rows["filings"][0]["company_name"] = word
    for charge in rows["charges"]:
        charge["period_text"] = word
    return publishable(rows)


def _words(home: UPath) -> set[str | None]:
    tables = read_month(home, MONTH)
    return {
        *tables["filings"]["company_name"].to_pylist(),
        *tables["charges"]["period_text"].to_pylist(),
    }


def test_dead_at_any_request_the_month_is_the_old_one_or_the_new_one(
    s3_home: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = _content("old"), _content("new")
    publish_month(s3_home, MONTH, old)
    alive = Dying(None)
    with alive.of(s3_home, monkeypatch):
        publish_month(s3_home, MONTH, new)
    assert alive.asked == 11
    seen: list[str | None] = []
    for dies_at in range(alive.asked - 1):  # the last gives the lease back, which nobody waits for here
        publish_month(s3_home, MONTH, old)
        with Dying(dies_at).of(s3_home, monkeypatch), pytest.raises(StorageError):
            publish_month(s3_home, MONTH, new)
        remove(lock_path(s3_home, MONTH))  # as when the dead one's lease has run out

        [found] = _words(s3_home)
        seen.append(found)
        finish_publishing(s3_home)
        assert _words(s3_home) == {found}
        publish_month(s3_home, MONTH, new)
        assert complete_months(s3_home) == [MONTH]
        assert _words(s3_home) == {"new"}
        assert names_in(record_path(s3_home, MONTH).parent) == [f".{MONTH}.lock", f"{MONTH}.json"]
    assert seen == ["old"] * 5 + ["new"] * 5


def test_two_processes_publish_a_month_one_after_the_other(s3_home: UPath) -> None:
    publish_month(s3_home, MONTH, publishable(month_rows(3)))
    code = """if True:
        import sys
        from pipeline.settings import place
        from pipeline.warehouse.publish import publish_month
        from tests.factories import month_rows, publishable
        home, filings = place(sys.argv[1], "home"), int(sys.argv[2])
        contents = publishable(month_rows(filings)), publishable(month_rows(3))
        for turn in range(4):
            publish_month(home, "2008-10", contents[turn % 2])"""
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(s3_home), filings]) for filings in ("1", "2")
    ]
    while any(writer.poll() is None for writer in writers):
        tables = read_month(s3_home, MONTH)
        assert tables["charges"].num_rows == 4 * tables["filings"].num_rows
    assert [writer.wait() for writer in writers] == [0, 0]
    assert read_month(s3_home, MONTH)["filings"].num_rows == 3


def test_the_same_rows_again_write_nothing_but_the_lease(s3_home: UPath, s3: S3Server) -> None:
    publish_month(s3_home, MONTH, publishable(month_rows()))
    s3.counted()
    publish_month(s3_home, MONTH, publishable(month_rows()))
    counted = s3.counted()
    assert counted["PUT"] == 2
    assert sum(counted.values()) <= 16


def test_a_damaged_object_is_a_torn_month_and_a_foreign_one_is_refused(s3_home: UPath) -> None:
    publish_month(s3_home, MONTH, publishable(month_rows()))
    part_path(s3_home, "charges", MONTH).write_bytes(b"damaged")
    with pytest.raises(StorageError, match="has a file that is not the one published"):
        read_month(s3_home, MONTH)
    publish_month(s3_home, MONTH, publishable(month_rows()))
    foreign = part_path(s3_home, "charges", MONTH).with_name("part-1.parquet")
    foreign.write_bytes(b"mine")
    with pytest.raises(StorageError, match=r"part-1.parquet is not a file of this warehouse"):
        build_database(s3_home)


def test_the_database_is_built_and_read_there(s3_home: UPath, s3: S3Server) -> None:
    with pytest.raises(StorageError, match="does not exist yet"):
        run_query(s3_home, "SELECT 1")
    publish_month(s3_home, MONTH, publishable(month_rows()))
    build_database(s3_home)
    s3.counted()
    assert run_query(s3_home, "SELECT count(*) FROM charges").rows == ((8,),)
    assert s3.counted() == {"GET": 1}
