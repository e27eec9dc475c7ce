"""Pointers to other items and exhibits, and mentions that are none."""

import pytest

from pipeline.reading.references import find_references, resolve


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("See item 2.06, which is incorporated here by reference.", ("2.06",)),
        ("The information under Item 8.01 is incorporated into this Item 2.05.", ("8.01",)),
        ("Information in Items 2.02 and 2.06 is incorporated herein by reference.", ("2.02", "2.06")),
        ("A release stands in Exhibit 99.1, incorporated into this item.", ("EX-99.1",)),
        ("Costs stand in Exhibit 99.1, incorporated here, notwithstanding Item 2.02.", ("EX-99.1",)),
        ("The estimates are described in Item 2.06 below.", ("2.06",)),
        ("See the release. It is Exhibit 99.2. The release is incorporated here.", ("EX-99.2",)),
        ("The attached press release is incorporated by reference herein.", ("EX-99",)),
        ("The Form 8-K filed on May 6 with a press release is incorporated by reference.", ()),
        ("Please refer to Item 2.06 of this Current Report on Form 8-K for the impairment.", ("2.06",)),
        ("Incorporated by reference from Exhibits 99.1 and 99.2 hereto.", ("EX-99.1", "EX-99.2")),
        ("The impairment described below makes it material.", ()),
        ("A press release is furnished as Exhibit 99.1.", ()),
        ("Item 1A of the Form 10-K for 2009 is incorporated by reference.", ()),
        ("The plan was reported under Item 2.05 of the Form 8-K of May 6, incorporated here.", ()),
        ("The plan is described in Exhibit 10.1 to the Form 10-Q for the quarter to June 30, 2020.", ()),
        ("Exhibit 99.1 shall not be deemed incorporated by reference into any filing.", ()),
        ("The Company will file an amendment under Item 2.05 when it has an estimate.", ()),
    ],
)  # fmt: skip
def test_pointers(sentence: str, targets: tuple[str, ...]) -> None:
    assert find_references(sentence, ["2.05"])[0] == targets


def test_pointer_from_the_other_side() -> None:
    sentence = "The information in this Item 2.06 is incorporated by reference into Item 2.05."
    assert find_references(sentence, ["2.06"]) == ((), ("2.05",))


@pytest.mark.parametrize(
    ("target", "exhibits", "resolved"),
    [
        ("EX-99.1", {"EX-99.1": 2, "EX-99.2": 3}, "EX-99.1"),
        ("EX-99.1", {"EX-99.01": 2, "EX-99.02": 3}, "EX-99.01"),
        ("EX-99.1", {"EX-99": 2}, "EX-99"),
        ("EX-99", {"EX-99.1": 2}, "EX-99.1"),
        ("EX-99.3", {"EX-99.1": 2, "EX-99.2": 3}, "EX-99.3"),
    ],
)
def test_exhibits_are_named_as_filed(target: str, exhibits: dict[str, int], resolved: str) -> None:
    assert resolve([target], [], exhibits) == (resolved,)


def test_old_item_counts_only_where_the_filing_has_it() -> None:
    assert resolve(["5", "2.06"], ["5"], {}) == ("5", "2.06")
    assert resolve(["5", "2.06"], ["2.05"], {}) == ("2.06",)
