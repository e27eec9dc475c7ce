"""Building the site: the same data give the same bytes, what is stale goes, others' files stay."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from upath import UPath

from pipeline.errors import StorageError
from pipeline.pages.filing_page import filing_page
from pipeline.pages.filing_view import FilingView
from pipeline.pages.site import build
from pipeline.pages.site.build import build_site
from pipeline.pages.site.place import LIST, put_in_place
from pipeline.warehouse.database import build_database, database_path
from pipeline.warehouse.publish import publish_month
from tests.factories import filing_rows, publishable
from tests.pages.site.published import EVIL, HOSTILE, UNFETCHED


@pytest.fixture
def home(published_home: UPath, tmp_path: Path) -> UPath:
    """A copy that may be changed."""
    shutil.copytree(published_home.path, tmp_path / "home", ignore=shutil.ignore_patterns("site"))
    return UPath(tmp_path / "home")


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in ("href", "src", "action") and value]


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    for page in site.rglob("*.html"):
        parser = _Links()
        parser.feed(page.read_text(encoding="utf-8"))
        for link in parser.links:
            if not link.startswith(("#", "data:", "https://www.sec.gov/")):
                assert (page.parent / link.partition("#")[0]).resolve().is_file(), f"{link} of {page}"


def test_there_is_a_page_for_each_filing_also_where_it_was_not_fetched(site: Path) -> None:
    assert len(list((site / "filings").iterdir())) == 6
    assert "The server answered 404." in (site / "filings" / f"{UNFETCHED}.html").read_text(encoding="utf-8")


def test_pages_have_a_policy_and_no_style_or_script_of_their_own(site: Path) -> None:
    for page in (*site.glob("*.html"), *site.glob("registrants/*.html"), *site.glob("years/*.html")):
        text = page.read_text(encoding="utf-8")
        assert "Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'" in text
        assert "<style" not in text
        assert " style=" not in text
        assert not re.search(r"<script(?! src=)", text)


def test_hostile_words_are_text_everywhere(site: Path) -> None:
    seen = 0
    for page in (*site.rglob("*.html"), site / "search-index.js"):
        text = page.read_text(encoding="utf-8")
        assert "<script>document" not in text, page
        assert "<img" not in text, page
        assert "\u202e" not in text, page
        seen += "cmd|" in text
    assert seen >= 5


def test_nothing_of_the_machine_is_on_it(site: Path, published_home: UPath) -> None:
    for path in site.rglob("*"):
        if path.is_file():
            assert published_home.path.encode() not in path.read_bytes(), path


def test_no_spreadsheet_runs_what_a_csv_holds(site: Path) -> None:
    text = (site / "data" / "filings.csv").read_text(encoding="utf-8")
    assert f"\"'{HOSTILE}" in text
    assert '"=cmd' not in text


def test_the_downloads_hold_what_is_published(site: Path) -> None:
    assert pq.read_metadata(site / "data" / "charges.parquet").num_rows == 16


def test_the_same_data_give_the_same_bytes(home: UPath, tmp_path: Path) -> None:
    build_site(home, UPath(tmp_path / "one"))
    build_site(home, UPath(tmp_path / "two"))
    assert _contents(tmp_path / "one") == _contents(tmp_path / "two")


def test_a_second_build_writes_nothing(home: UPath) -> None:
    first, second = build_site(home), build_site(home)
    assert first.written == first.files
    assert second.written == 0
    assert second.files == first.files


def test_what_is_no_longer_published_goes_and_other_files_stay(home: UPath) -> None:
    site = Path(build_site(home).path.path)
    (site / "robots.txt").write_text("User-agent: *")
    publish_month(home, "2009-01", publishable(filing_rows("0001000009-09-000009", cik="0001000009")))
    build_database(home)
    build_site(home)
    assert not (site / "filings" / f"{EVIL}.html").exists()
    assert (site / "filings" / "0001000009-09-000009.html").is_file()
    assert (site / "robots.txt").read_text() == "User-agent: *"


def test_a_folder_of_somebody_else_is_refused(home: UPath, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("mine")
    with pytest.raises(StorageError, match="give an empty DIRECTORY"):
        build_site(home, UPath(tmp_path / "mine"))
    with pytest.raises(StorageError, match="give an empty DIRECTORY"):
        build_site(home, home)
    assert _contents(tmp_path / "mine") == {"index.html": b"mine"}


def test_a_list_that_names_files_outside_removes_none_of_them(home: UPath, tmp_path: Path) -> None:
    site = Path(build_site(home).path.path)
    (tmp_path / "precious").write_text("mine")
    names = [*json.loads((site / LIST).read_text()), "../../precious", str(tmp_path / "precious")]
    (site / LIST).write_text(json.dumps(names))
    build_site(home)
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_build_that_ends_halfway_leaves_whole_pages_and_the_next_completes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built(words: str, names: list[str]) -> Path:
        folder = tmp_path / words
        folder.mkdir()
        for name in names:
            (folder / name).write_text(f"{words} {name}")
        return folder

    target = UPath(tmp_path / "site")
    put_in_place(built("old", ["a", "b", "gone"]), target, ["a", "b", "gone"])
    moved = Path.replace

    def fails_at_b(self: Path, to: Path) -> Path:
        if self.name == "b":
            raise OSError("no space")
        return moved(self, to)

    monkeypatch.setattr(Path, "replace", fails_at_b)
    with pytest.raises(OSError, match="no space"):
        put_in_place(built("new", ["a", "b", "c"]), target, ["a", "b", "c"])
    left = {name: data.decode() for name, data in _contents(tmp_path / "site").items() if name != LIST}
    assert left == {"a": "new a", "b": "old b", "gone": "old gone"}
    monkeypatch.undo()
    put_in_place(built("newer", ["a", "b", "c"]), target, ["a", "b", "c"])
    assert set(_contents(tmp_path / "site")) == {"a", "b", "c", LIST}


def test_a_killed_build_leaves_the_old_site_and_nothing_that_stays(home: UPath) -> None:
    site = Path(build_site(home).path.path)
    before = _contents(site)
    code = (
        "import time\nfrom upath import UPath\nfrom pipeline.pages.site import build\n"
        f"build.write_downloads = lambda *_: time.sleep(60)\nbuild.build_site(UPath({str(home)!r}))"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    beside = _waited(lambda: next(Path(home.path).glob(".beside-site-*/site/filings/*.html"), None))
    process.kill()
    process.wait()
    assert beside is not None
    assert _contents(site) == before
    build_site(home)
    assert not list(Path(home.path).glob(".beside-site-*"))


def _waited(look: Callable[[], Path | None]) -> Path | None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.02)
    return None


def test_many_filings_are_made_by_several_processes(
    home: UPath, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(build, "_AT_ONCE", 4)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    build_site(home)
    assert _contents(Path(home.path) / "site") == _contents(site)


def test_a_home_without_filings_has_a_site(tmp_path: Path) -> None:
    home = UPath(tmp_path)
    publish_month(home, "2004-08", publishable({name: [] for name in filing_rows()}))
    build_database(home)
    assert build_site(home).filings == 0
    assert "Nothing that is published says it yet." in (tmp_path / "site" / "charts.html").read_text()


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="run `exit-charges materialize` first"):
        build_site(UPath(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_version_is_refused(home: UPath) -> None:
    with duckdb.connect(database_path(home).path) as connection:
        connection.execute("CREATE OR REPLACE MACRO schema_version() AS 'another'")
    with pytest.raises(StorageError, match="another version"):
        build_site(home)
    assert not (home / "site").exists()


def test_a_site_may_lie_on_object_storage(home: UPath, site: Path) -> None:
    target = UPath("memory://bucket/site")
    report = build_site(home, target)
    assert (target / "index.html").read_bytes() == (site / "index.html").read_bytes()
    assert report.address == "memory://bucket/site/index.html"
    assert build_site(home, target).written == 0


def test_a_page_that_cannot_be_drawn_says_so_and_costs_no_other(
    home: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = filing_page

    def fail_once(view: FilingView, overview: str) -> str:
        if view.filing["accession_number"] == UNFETCHED:
            raise ValueError("<b>odd</b>")
        return draw(view, overview)

    monkeypatch.setattr(build, "filing_page", fail_once)
    report = build_site(home)
    assert report.undrawn == {UNFETCHED: "ValueError: <b>odd</b>"}
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (home / "site/filings").iterdir()}
    assert len(pages) == report.filings
    assert "could not be drawn: ValueError: &lt;b&gt;odd" in pages[UNFETCHED]
    assert sum("could not be drawn" in page for page in pages.values()) == 1
