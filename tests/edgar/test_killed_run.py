"""A run that is killed while it writes: the next one completes the archive as if nothing had been."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from upath import UPath

from pipeline.edgar.archive import RawArchive
from pipeline.edgar.discovery import find_filings
from pipeline.edgar.fetch import fetch_filings
from pipeline.edgar.session import EdgarSession
from pipeline.edgar.source import Source
from pipeline.settings import Settings
from tests.replica.tiny_edgar import TinyEdgar


class Killed(BaseException):
    """Stands for a kill: nothing catches it."""


@pytest.fixture
def run(
    edgar: TinyEdgar, source: Source, settings: Settings, new_session: Callable[[], EdgarSession]
) -> Callable[[Path], None]:
    for number in range(1, 4):
        edgar.add(f"0000000901-08-{number:06d}", "2008-10-07")

    def run(home: Path) -> None:
        archive = RawArchive(UPath(home))
        with new_session() as session:
            archive.write_index("2008-10", find_filings(session, "2008-10", settings.home))
            fetch_filings(source, settings, archive, archive.index("2008-10"), session=session)

    return run


def contents(home: Path) -> dict[str, bytes]:
    """Every file but the locks, the manifest without its times."""
    files = {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }
    manifest = json.loads(files["raw/manifest/2008-10.json"])
    for row in manifest["held"].values():
        del row["fetched_at"]
    return files | {"raw/manifest/2008-10.json": json.dumps(manifest).encode()}


def test_killed_at_any_write_the_next_run_completes_the_same_archive(
    run: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = 0

    def count(descriptor: int) -> None:
        nonlocal writes
        writes += 1

    monkeypatch.setattr(os, "fsync", count)
    run(tmp_path / "whole")
    expected, all_writes = contents(tmp_path / "whole"), writes
    assert all_writes == 14  # the index, three submissions and three manifests, each with its folder

    for last in range(1, all_writes + 1):
        left = last

        def kill(descriptor: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed

        home = tmp_path / f"killed at {last}"
        monkeypatch.setattr(os, "fsync", kill)
        with pytest.raises(Killed):
            run(home)
        run(home)
        assert contents(home) == expected
