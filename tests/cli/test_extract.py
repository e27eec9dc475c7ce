"""`extract`: the object of a file, its formats, and folders of anything."""

import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.console.extract import extract_paths
from pipeline.tables import TABLES
from tests.cli.conftest import Run

SAMPLES = Path(__file__).parents[2] / "samples/Archives/edgar/data"
SEED = SAMPLES / "888693" / "0000888693-08-000039.txt"
ITEM_KEYS = {"item", "title", "document_type", "document_sequence", "section_ordinal", "incorporates", "text"}
ITEM_KEYS |= {"blocks", "tables"}
KEYS = {"source", "filing", "items", "plans", "plan", "charges", "shares", "headcounts", "mentions", "notes"}


def _object(run: Run, path: Path) -> dict[str, Any]:
    result = run("extract", path, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    [line] = result.stdout.splitlines()
    read: dict[str, Any] = json.loads(line)
    return read


def test_jsonl_has_the_keys_and_columns_of_the_tables(run: Run) -> None:
    read = _object(run, SEED)
    assert read.keys() == KEYS
    assert read["source"] == str(SEED)
    assert read["filing"].keys() == set(TABLES["filings"].column_names) - {"flags"}  # what judging adds
    for key, table in (
        ("plans", "exit_plans"),
        ("charges", "charges"),
        ("shares", "share_figures"),
        ("mentions", "mentions"),
    ):
        assert read[key]
        for row in read[key]:
            assert row.keys() <= set(TABLES[table].column_names)
    assert read["items"][0].keys() == ITEM_KEYS


def test_tables_are_given_cell_by_cell_with_their_place_in_the_text(run: Run) -> None:
    tables = 0
    for path in sorted(SAMPLES.glob("999010*/*.txt")):
        for item in _object(run, path).get("items", ()):
            for table in item["tables"]:
                tables += 1
                for cell in table["cells"]:
                    assert item["text"][cell["start"] : cell["end"]] == cell["text"]
                    assert table["start"] <= cell["start"] < cell["end"] <= table["end"]
    assert tables


def test_amounts_are_numbers_counts_integers_dates_iso(run: Run) -> None:
    read = _object(run, SEED)
    assert [charge["amount_low"] for charge in read["charges"]] == [75_000, 100_000, 75_000]
    assert read["shares"][0]["count_low"] == 1_100_000
    assert isinstance(read["shares"][0]["count_low"], int)
    assert dt.date.fromisoformat(read["plan"]["commitment_date"]) == dt.date(2008, 10, 27)


def test_plan_is_the_first_with_whether_it_could_be_estimated(run: Run) -> None:
    read = _object(run, SEED)
    assert read["plan"] == {**read["plans"][0], "unable_to_estimate": "partial"}


def test_spans_lead_to_the_text(run: Run) -> None:
    read = _object(run, SEED)
    texts = {(item["document_sequence"], item["section_ordinal"]): item["text"] for item in read["items"]}
    for row in (*read["charges"], *read["shares"]):
        text = texts[row["document_sequence"], row["section_ordinal"]]
        assert text[row["char_start"] : row["char_end"]] == row["evidence"]


def test_json_is_a_list_of_the_objects(run: Run) -> None:
    result = run("extract", SEED, SEED, "--format", "json")
    assert json.loads(result.stdout) == [_object(run, SEED)] * 2


def test_json_of_an_empty_folder_is_an_empty_list(run: Run, tmp_path: Path) -> None:
    result = run("extract", tmp_path, "--format", "json")
    assert json.loads(result.stdout) == []
    assert result.exit_code == 0


def test_the_table_shows_figures_and_explain_their_words_and_rules(run: Run) -> None:
    brief, explained = run("extract", SEED).stdout, run("extract", SEED, "--explain").stdout
    assert "about 75,000 USD" in brief
    assert "stock_compensation, component, expected, noncash" in brief
    assert "non-cash charge of approximately" in explained
    rule = _object(run, SEED)["charges"][0]["rule"]
    assert rule in explained
    assert rule not in brief


def test_html_marks_figures_and_escapes_the_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a<b>.txt"
    path.write_text(
        "Item 2.05 Costs Associated with Exit or Disposal Activities\n\n"
        "The Company, A&B <script>alert(1)</script>, expects severance charges of approximately $5 million "
        "under the plan.\n",
        encoding="utf-8",
    )
    page = run("extract", path, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert '<a class="mark charges" href="#figure-1"' in page
    assert "<script>alert" not in page
    assert "a&lt;b&gt;.txt" in page
    assert "no check has judged them" in page
    assert not re.findall(r'(?:src|href)="(?!#)', page)


def test_html_of_several_files_is_one_page_with_all_of_them(run: Run, rubbish: Path) -> None:
    page = run("extract", SEED, rubbish, "--format", "html").stdout
    assert page.count("<!doctype html>") == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert f"{rubbish / 'random.bin'}: " in page


def test_the_table_marks_figures_in_the_text_and_says_what_it_leaves_out(run: Run) -> None:
    brief, explained = run("extract", SEED).stdout, run("extract", SEED, "--explain").stdout
    assert r"approximately \$75,000[1]. As strategic options" in brief
    assert "[3 paragraphs left out; --explain shows all]" in brief
    assert "forward-looking" not in brief
    assert "forward-looking" in explained
    assert "left out" not in explained


def test_a_narrow_terminal_shows_figures_below_each_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    output = run("extract", SEED).stdout
    assert "4 charge: about 75,000 USD (in sum)" in output
    assert "stock_compensation, component," in output


@pytest.fixture
def rubbish(tmp_path: Path) -> Path:
    """A folder with anything in it, and the seed among it."""
    folder = tmp_path / "rubbish"
    (folder / "deeper").mkdir(parents=True)
    (folder / "empty.txt").touch()
    (folder / "random.bin").write_bytes(bytes(range(256)) * 64)
    (folder / "cut.txt").write_bytes(SEED.read_bytes()[:900])
    (folder / "page.html").write_text("<html><body><div><div>404", encoding="utf-8")
    (folder / "nested.htm").write_text("<div>" * 20_000, encoding="utf-8")
    (folder / "halves.txt").write_bytes(b"Item 2.05 severance of $5 million \xed\xa0\x80\xff\xfe \x1b[31m")
    (folder / "deeper" / "good.txt").write_bytes(SEED.read_bytes())
    (folder / "dangling").symlink_to("nowhere")
    (folder / "deeper" / "circle").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "html"])
def test_a_folder_of_rubbish_names_what_cannot_be_read_and_reads_the_rest(
    run: Run, rubbish: Path, form: str
) -> None:
    result = run("extract", rubbish, "--format", form)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    for name in ("empty.txt", "random.bin", "dangling", "pipe"):
        assert f"{rubbish / name}: " in result.stderr
    assert "severance" in result.stdout
    assert "\x1b" not in result.stdout


def test_an_unreadable_file_gives_an_object_with_its_error(run: Run, rubbish: Path) -> None:
    result = run("extract", rubbish / "pipe", rubbish / "deeper", "--format", "jsonl")
    unread, good = (json.loads(line) for line in result.stdout.splitlines())
    assert unread == {"source": str(rubbish / "pipe"), "error": "It is neither a file nor a folder."}
    assert len(good["charges"]) == 3


def test_a_missing_path_is_named(run: Run, tmp_path: Path) -> None:
    result = run("extract", tmp_path / "nothing", SEED)
    assert result.exit_code == 1
    assert "There is no such file or folder." in result.stderr
    assert "about 75,000 USD" in result.stdout


def test_a_fault_of_the_program_is_named_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("pipeline.console.file_reading.read_submission", fail)
    assert extract_paths([SEED, SEED], "jsonl", explain=False) == 1
    assert "too deep" in capsys.readouterr().err


def test_every_sample_is_read_without_a_fault(run: Run) -> None:
    lines = run("extract", SAMPLES, "--format", "jsonl").stdout.splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) > 30
    assert not [record for record in records if "fault of this program" in record.get("error", "")]


SHARED = Path(__file__).parents[2] / "../shared/filings/8-K"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of real filings is not here")
def test_every_real_filing_is_read(run: Run) -> None:
    result = run("extract", SHARED, "--format", "jsonl")
    assert result.exit_code == 0, result.stderr
    assert len(result.stdout.splitlines()) == sum(path.is_file() for path in SHARED.rglob("*"))
