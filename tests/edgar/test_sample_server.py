import json
from typing import Any

import pytest

from pipeline.edgar.sample_server import SampleArchive, samples_directory
from tests.replica.tiny_edgar import TinyEdgar

ACCESSION = "0000000901-08-000001"
FOLDER = ACCESSION.replace("-", "")


@pytest.fixture
def served(edgar: TinyEdgar) -> SampleArchive:
    return SampleArchive(edgar.root)


def search(served: SampleArchive, query: str) -> dict[str, Any]:
    answer = served.answer(f"/LATEST/search-index?{query}", {})
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.body)["hits"]
    return found


@pytest.mark.parametrize("kept_in_folder", [True, False])
def test_a_submission_stands_beside_its_folder_and_in_it(
    edgar: TinyEdgar, served: SampleArchive, kept_in_folder: bool
) -> None:
    data = edgar.add(ACCESSION, "2008-10-07")
    if kept_in_folder:
        flat = edgar.submission_path(ACCESSION)
        (flat.parent / FOLDER).mkdir(exist_ok=True)
        flat.rename(flat.parent / FOLDER / flat.name)
    for path in (f"data/101/{ACCESSION}.txt", f"data/101/{FOLDER}/{ACCESSION}.txt"):
        answer = served.answer(f"/Archives/edgar/{path}", {})
        assert (answer.status, answer.body) == (200, data)


@pytest.mark.parametrize(
    "target",
    [
        "/Archives/../../secret.txt",
        "/Archives/%2e%2e/%2e%2e/secret.txt",
        "//secret.txt",
        "/LATEST/search-index/2008-10.json",
        "/Archives/edgar/data/101/.hidden",
        "/Archives/edgar/data",
        "/Archives/edgar/data/101/\x00",
        "/secret.txt",
        "/",
    ],
)
def test_nothing_outside_the_trees_is_served(edgar: TinyEdgar, served: SampleArchive, target: str) -> None:
    edgar.add(ACCESSION, "2008-10-07")
    (edgar.root / "secret.txt").write_text("secret")
    (edgar.root.parent / "secret.txt").write_text("secret")
    (edgar.submission_path(ACCESSION).parent / ".hidden").write_text("secret")
    assert served.answer(target, {}).status == 404


def test_the_search_filters_by_day_and_form_and_goes_over_months(
    edgar: TinyEdgar, served: SampleArchive
) -> None:
    edgar.add("0000000901-08-000001", "2008-09-30", exhibits=0)
    edgar.add("0000000901-08-000002", "2008-10-01", exhibits=0, form="8-K/A")
    edgar.add("0000000901-08-000003", "2008-10-02", exhibits=0)
    edgar.add_hit("x:10q.htm", adsh="x", form="10-Q", root_forms=["10-Q"], file_date="2008-10-01", items=[])
    found = search(served, "q=&forms=8-K&dateRange=custom&startdt=2008-09-30&enddt=2008-10-01&from=0")
    assert found["total"] == {"value": 2, "relation": "eq"}
    assert [hit["_source"]["form"] for hit in found["hits"]] == ["8-K", "8-K/A"]


def test_the_search_gives_a_hundred_hits_a_page(edgar: TinyEdgar, served: SampleArchive) -> None:
    edgar.add(ACCESSION, "2008-10-01", exhibits=149)
    days = "forms=8-K&startdt=2008-10-01&enddt=2008-10-31"
    assert [len(search(served, f"{days}&from={start}")["hits"]) for start in (0, 100, 200)] == [100, 50, 0]


def test_beyond_its_cap_the_search_stops_counting(edgar: TinyEdgar, served: SampleArchive) -> None:
    edgar.add(ACCESSION, "2008-10-01", exhibits=19)
    served.search_cap = 20
    assert search(served, "startdt=2008-10-01&enddt=2008-10-31")["total"] == {"value": 20, "relation": "gte"}


@pytest.mark.parametrize("query", ["", "startdt=2008-10-01", "startdt=2008-10-01&enddt=2008-10-31&from=x"])
def test_a_search_without_days_is_a_bad_request(served: SampleArchive, query: str) -> None:
    assert served.answer(f"/LATEST/search-index?{query}", {}).status == 400


def test_the_samples_stand_in_the_repository() -> None:
    assert (samples_directory() / "Archives" / "edgar").is_dir()
