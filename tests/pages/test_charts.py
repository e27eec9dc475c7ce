"""Charts as pictures: accessible, in the page's colours, with units on their axes; names stay text."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.pages import charts
from pipeline.pages.charts import SERIES
from pipeline.pages.pictures import to_png, to_svg
from pipeline.tables.vocabulary import CATEGORY, READ_STATUS

YEARS = ["2007", "2008", "2009"]
CHARTS: dict[str, Callable[[], Any]] = {
    "periods": lambda: charts.charges_by_period_chart(
        [
            {"period": "2008", "family": "Severance", "millions": 3.5},
            {"period": "2009", "family": "Write-downs", "millions": 12},
        ],
        YEARS,
        "Year of filing",
    ),
    "filings": lambda: charts.filings_by_period_chart(
        [{"period": "2008", "read_status": "read", "filings": 7}], YEARS, "Year of filing"
    ),
    "categories": lambda: charts.charges_by_category_chart(
        [{"category": "severance", "millions": 4}, {"category": "other", "millions": 1.5}]
    ),
    "industries": lambda: charts.charges_by_industry_chart([{"division": "Mining", "millions": 4}]),
    "plans": lambda: charts.largest_plans_chart([{"plan": "<script>&, 2008", "millions": 4}]),
    "heads": lambda: charts.severance_per_head_chart(
        [{"year": "2008", "quarter": 10.5, "median": 20.0, "three_quarters": 31.0}], YEARS
    ),
    "changes": lambda: charts.estimate_changes_chart([{"change": "within 10% of it", "plans": 2}]),
}


@pytest.mark.parametrize("key", CHARTS)
def test_a_chart_is_one_named_image_in_the_colours_of_the_page(key: str) -> None:
    svg = to_svg(CHARTS[key](), key, "A title", "What <is> shown.")
    assert svg.startswith("<svg ")
    assert f'role="img" aria-labelledby="{key}-title" aria-describedby="{key}-description"' in svg
    assert "What &lt;is&gt; shown.</desc>" in svg
    assert not re.search(r'"#[0-9a-f]{3,8}"', svg), "a colour that does not follow the page"
    assert "style=" not in svg, "the pages' policy refuses styles in elements"
    assert "font-family" not in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("key", CHARTS)
def test_the_same_rows_give_the_same_picture(key: str) -> None:
    assert to_svg(CHARTS[key](), key, "t", "d") == to_svg(CHARTS[key](), key, "t", "d")


@pytest.mark.parametrize(
    ("key", "unit"),
    [("periods", "USD million"), ("categories", "USD million"), ("heads", "USD thousand a head")],
)
def test_axes_say_the_unit(key: str, unit: str) -> None:
    assert f">{unit}</text>" in to_svg(CHARTS[key](), key, "t", "d")


def test_every_period_has_its_place_with_and_without_rows() -> None:
    svg = to_svg(CHARTS["filings"](), "filings", "t", "d")
    assert [year for year in YEARS if f">{year}</text>" in svg] == YEARS


def test_names_stay_text() -> None:
    svg = to_svg(CHARTS["plans"](), "plans", "t", "d")
    assert "<script" not in svg
    assert "&lt;script&gt;&amp;, 2008" in svg


def test_a_chart_is_a_png_too() -> None:
    assert to_png(CHARTS["categories"]()).startswith(b"\x89PNG")


def test_a_chart_without_rows_is_drawn() -> None:
    assert to_svg(charts.charges_by_category_chart([]), "none", "t", "d").startswith("<svg ")


def test_every_category_and_status_has_a_colour() -> None:
    assert set(charts.FAMILIES) == set(CATEGORY)
    assert set(charts.STATUS_COLORS) == set(READ_STATUS)
    assert set(charts.FAMILY_COLORS.values()) | set(charts.STATUS_COLORS.values()) <= set(SERIES)
