"""Figures are numbered in reading order, and what is to be said of each."""

from dataclasses import replace

import pytest

from pipeline.pages.figures import find_figures, letters
from tests.factories import charges, mention
from tests.pages.views import NUMBER, hostile_view, rejected, saving_taken_for_a_charge, view_of


def test_numbers_follow_the_text_and_what_is_no_figure_has_letters() -> None:
    figures = find_figures(view_of())
    assert [(figure.key, figure.kind) for figure in figures.numbered] == [
        ("1", "headcounts"),
        ("2", "charges"),
        ("3", "charges"),
        ("4", "charges"),
        ("5", "charges"),
        ("6", "shares"),
    ]
    assert [(figure.key, figure.said.label) for figure in figures.lettered] == [("a", "A saving")]


def test_letters_go_on_behind_z() -> None:
    assert [letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "a", "z", "aa", "az", "ba", "zz", "aaa",
    ]  # fmt: skip


def test_a_part_names_its_total_and_evidence_parts_at_the_figure() -> None:
    severance = find_figures(view_of()).numbered[2]
    assert ("Role", "Part, of figure 2") in severance.said.facts
    assert severance.evidence == (
        "These include severance of ",
        "$5.0 million to $6.0 million",
        " and leases of $3.0 million to $3.5 million.",
    )


def test_the_words_that_a_figure_needs_besides_are_named_once() -> None:
    spans = [{"start": start, "end": start + 4} for start in (0, 0, 5)]
    first = {**charges(NUMBER)[0], "context_spans": spans}
    assert find_figures(view_of(charges=[first])).of("charges")[0].context == ("Item", "2.05")


@pytest.mark.parametrize(
    ("flags", "is_judged", "verdict"),
    [
        ([], True, "passed"),
        (["not_below_its_parts"], True, "flagged"),
        (["accepted_in_review"], True, "reviewed"),
        (["accepted_in_review", "period_near_filing"], True, "flagged"),
        (None, False, "unjudged"),
    ],
)
def test_the_verdict_of_the_checks(flags: list[str] | None, is_judged: bool, verdict: str) -> None:
    first, *_ = charges(NUMBER)
    view = replace(view_of(charges=[{**first, "flags": flags}]), is_judged=is_judged)
    [found] = find_figures(view).of("charges")
    assert found.verdict == verdict
    assert len(found.checks) == len(flags or ())


def test_a_rejected_row_has_a_number_and_the_sentences_of_its_checks() -> None:
    figures = find_figures(saving_taken_for_a_charge())
    [found] = figures.of("rejected")
    assert (found.key, found.title, found.said.amount) == ("7", "Rejected charge", "$12,000,000")
    assert found.checks[0].startswith("No bound exceeds 100 billion")
    assert figures.lettered == ()
    assert "7" not in figures.keys.values()


def test_checks_that_columns_imply_have_sentences_too() -> None:
    row = charges(NUMBER)[0]
    view = view_of(charges=[], rejected=(rejected(row, "category_in_vocabulary", "no_such_check"),))
    assert find_figures(view).of("rejected")[0].checks == (
        "category is a word of its vocabulary.",
        "no_such_check",
    )


def test_a_rejected_row_without_a_place_comes_last() -> None:
    found = find_figures(hostile_view()).numbered
    assert [figure.place for figure in found][-1] is None
    assert found[-1].title == "Rejected plan"


def test_a_mention_of_each_is_said_to_be_one() -> None:
    each = mention(NUMBER, "$12 million", "money", kind="saving", relation="per_unit")
    [found] = find_figures(view_of(mentions=[each])).lettered
    assert found.said.label == "A saving, for each unit"
