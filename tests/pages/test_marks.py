"""Spans that overlap become segments that do not."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.marks import Mark, MarkedText

TEXT = "cash of $5 to $6 million"


def found(*marks: Mark, text: str = TEXT) -> list[tuple[str, list[str], list[str]]]:
    return [
        (segment.text, [mark.key for mark in segment.marks], [mark.key for mark in segment.opens])
        for segment in MarkedText(text, marks).segments(0, len(text))
    ]


def test_a_mark_parts_the_text_before_and_behind_it() -> None:
    assert found(Mark(8, 10, "1")) == [
        ("cash of ", [], []),
        ("$5", ["1"], ["1"]),
        (" to $6 million", [], []),
    ]


def test_two_figures_of_the_same_words_share_a_segment() -> None:
    assert found(Mark(8, 24, "1"), Mark(8, 24, "2"))[1] == ("$5 to $6 million", ["1", "2"], ["1", "2"])


def test_overlapping_marks_share_what_they_share_and_open_once() -> None:
    assert found(Mark(8, 16, "1"), Mark(14, 24, "2"))[1:] == [
        ("$5 to ", ["1"], ["1"]),
        ("$6", ["1", "2"], ["2"]),
        (" million", ["2"], []),
    ]


def test_a_mark_over_two_stretches_opens_in_the_first() -> None:
    marked = MarkedText(TEXT, [Mark(8, 24, "1")])
    first, second = (list(marked.segments(*stretch)) for stretch in ((0, 12), (12, 24)))
    assert [bool(segment.opens) for segment in (*first, *second)] == [False, True, False]


def test_a_figure_that_is_stated_twice_opens_twice() -> None:
    opened = [opens for _, _, opens in found(Mark(8, 10, "1"), Mark(14, 16, "1", again=True))]
    assert opened.count(["1"]) == 2


def test_marks_outside_the_text_or_without_words_are_left_out() -> None:
    marks = [Mark(-1, 3, "1"), Mark(3, 3, "2"), Mark(20, 99, "3"), Mark(5, 4, "4")]
    assert found(*marks) == [(TEXT, [], [])]


@given(st.lists(st.tuples(st.integers(-2, 12), st.integers(-2, 12)), max_size=6))
def test_segments_are_the_text_and_every_mark_opens_exactly_once(spans: list[tuple[int, int]]) -> None:
    text = "0123456789"
    marks = [Mark(start, end, str(number)) for number, (start, end) in enumerate(spans)]
    segments = list(MarkedText(text, marks).segments(0, len(text)))
    assert "".join(segment.text for segment in segments) == text
    opened = [mark for segment in segments for mark in segment.opens]
    assert sorted(mark.key for mark in opened) == sorted(
        mark.key for mark in marks if 0 <= mark.start < mark.end <= len(text)
    )
    for mark in opened:
        words = "".join(segment.text for segment in segments if mark in segment.marks)
        assert words == text[mark.start : mark.end]
