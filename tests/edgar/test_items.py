"""Header wordings of items, old and new."""

import pytest

from pipeline.edgar.items import ITEM_TITLES, OLD_ITEM_TITLES, header_item


@pytest.mark.parametrize(("number", "title"), ITEM_TITLES.items())
def test_every_title_is_its_item(number: str, title: str) -> None:
    assert header_item(title) == number
    assert header_item(title.upper() + ".") == number
    assert header_item(number) == number


@pytest.mark.parametrize(("number", "title"), OLD_ITEM_TITLES.items())
def test_every_old_title_is_its_old_item(number: str, title: str) -> None:
    assert header_item(title.lower(), old_numbering=True) == number
    assert header_item(number) == number


@pytest.mark.parametrize(
    ("wording", "number"),
    [
        ("Cost Associated with Exit or Disposal Activities", "2.05"),
        ("Costs Associated With Exit or Disposal Activities", "2.05"),
        ("Material Impairment", "2.06"),
        (
            "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain "
            "Officers: Compensatory Arrangements of Certain Officers",
            "5.02",
        ),
        (
            "Departure of Directors or Principal Officers; Election of Directors; "
            "Appointment of Principal Officers",
            "5.02",
        ),
        ("Completion of Acquisition or Disposition of Assets", "2.01"),
        ("Acquisition or disposition of assets", "2"),
        ("Resignations of registrant's directors", "6"),
        ("Item 2.05", "2.05"),
    ],
)
def test_wordings_over_the_years(wording: str, number: str) -> None:
    assert header_item(wording) == number


@pytest.mark.parametrize("wording", ["", "Costs", "13", "2.99", "Something Else Entirely Different"])
def test_other_wordings_are_no_item(wording: str) -> None:
    assert header_item(wording) is None
