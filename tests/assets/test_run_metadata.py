"""What the UI shows of a run."""

import base64
import json
import re
import time
from decimal import Decimal

import dagster as dg

from assets.run_metadata import charges_by_category, charges_chart, edgar_links, effort, rejected_examples
from tests.factories import charges


def _rows(table: dg.TableMetadataValue) -> list[tuple[object, ...]]:
    return [tuple(record.data.values()) for record in table.records]


def test_charges_by_category_count_each_dollar_once_the_largest_first() -> None:
    rows = [*charges(), {**charges()[1], "currency": "CAD", "amount_high": None, "amount_low": Decimal(7)}]
    assert _rows(charges_by_category(rows)) == [
        ("CAD", "severance", "1", "7"),
        ("USD", "severance", "1", "6,000,000"),
        ("USD", "contract_termination", "1", "3,500,000"),
    ]


def test_charges_are_drawn_in_each_currency_as_pictures_of_their_own() -> None:
    drawn = charges_chart([*charges(), {**charges()[1], "currency": "CAD"}]).value
    assert drawn is not None
    pictures = re.findall(r"!\[Charges by category, (\w+) million\]\(data:image/png;base64,([^)]+)\)", drawn)
    assert [currency for currency, _ in pictures] == ["CAD", "USD"]
    assert all(base64.b64decode(picture).startswith(b"\x89PNG") for _, picture in pictures)


def test_of_each_check_three_rejected_rows_are_shown_with_their_evidence() -> None:
    def rejected(check: str, number: int) -> dict[str, str]:
        row = json.dumps({"evidence": f"Evidence {number}."})
        known = {"table_name": "charges", "observed": "{}", "row": row}
        return {**known, "row_key": str(number), "expectation": check}

    shown = _rows(rejected_examples([*(rejected("a", n) for n in range(5)), rejected("b", 9)]))
    assert [(row[2], row[4]) for row in shown] == [
        ("a", "Evidence 0."),
        ("a", "Evidence 1."),
        ("a", "Evidence 2."),
        ("b", "Evidence 9."),
    ]


def test_links_show_names_as_they_are() -> None:
    links = edgar_links([("0000000901-08-000001", "A <b>*BOLD*</b> [CO](x)\n# INC", "https://www.sec.gov/x")])
    assert links.value == (
        "- [0000000901-08-000001](https://www.sec.gov/x) "
        r"A \<b\>\*BOLD\*\</b\> \[CO\](x) \# INC"
    )


def test_many_links_are_cut_and_counted() -> None:
    links = edgar_links([(str(number), "CO", "https://www.sec.gov/x") for number in range(120)])
    assert links.value.count("\n- ") == 99
    assert links.value.endswith("and 20 more")


def test_effort_is_in_seconds_and_megabytes() -> None:
    found = effort(time.perf_counter() - 2)
    assert 2 <= found["seconds"] < 60
    assert 10 < found["peak_memory_mb"] < 100_000
