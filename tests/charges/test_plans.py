"""Dates, course of action and the estimate's status."""

import datetime as dt

import pytest

from tests.charges.reading_text import understand_text


def test_commitment_announcement_and_course_of_action() -> None:
    (plan,) = understand_text("The plan was announced on May 7, 2012.").exit_plans
    assert plan["commitment_date"] == dt.date(2012, 5, 3)
    assert plan["announced_date"] == dt.date(2012, 5, 7)
    assert plan["course_of_action"].startswith("On May 3, 2012, the Board of Directors")


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("The plan is expected to be substantially completed by December 31, 2012.", dt.date(2012, 12, 31)),
        ("The Company expects to complete the plan in the first quarter of 2013.", dt.date(2013, 3, 31)),
        ("Production will cease by the end of September 2012.", dt.date(2012, 9, 30)),
        ("The Company expects to complete the plan within the next six months.", dt.date(2012, 11, 3)),
        ("The plan should be complete by mid-year 2012.", dt.date(2012, 6, 30)),
        (
            "The plan will be complete in its first fiscal quarter of 2013, which ends on April 30, 2013.",
            dt.date(2013, 4, 30),
        ),
        (
            "The review by the works council should be completed in July 2012. The plan will be completed by "
            "the end of 2012.",
            dt.date(2012, 12, 31),
        ),
        (
            "The site will be vacated no later than June 30, 2013, whereupon the plan will be complete.",
            dt.date(2013, 6, 30),
        ),
    ],
)
def test_completion(sentence: str, by: dt.date) -> None:
    (plan,) = understand_text(sentence).exit_plans
    assert plan["completion_by"] == by


def test_when_costs_are_paid_is_no_completion() -> None:
    (plan,) = understand_text("Charges of $3 million will be paid by December 31, 2013.").exit_plans
    assert plan["completion_by"] is None


UNABLE = "The Company is unable to estimate the amount or range of amounts of the charges at this time."


@pytest.mark.parametrize(
    ("sentences", "status"),
    [
        (["Severance will cost $3 million."], "given"),
        ([UNABLE], "unable"),
        (["Severance will cost $3 million.", UNABLE], "partial"),
        (["Severance will cost $3 million. The Company cannot yet estimate other exit costs."], "partial"),
        (
            [
                "In its first report the Company was unable to estimate the charges. They are now put at "
                "$3 million."
            ],
            "given",
        ),
        (["Severance will cost $3 million. The Company was unable to enter into a sublease."], "given"),
        (["The plant will be closed."], "none"),
    ],
)
def test_estimate_status(sentences: list[str], status: str) -> None:
    (plan,) = understand_text(*sentences).exit_plans
    assert plan["estimate_status"] == status


def test_outcome_without_figures_says_why() -> None:
    read = understand_text(UNABLE)
    assert (read.read_status, read.read_problem) == (
        "no_figures",
        "The registrant states that it cannot yet estimate the costs.",
    )
