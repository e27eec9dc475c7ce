"""People: those whom the plan removes are headcount figures, the others mentions."""

from collections.abc import Sequence

from pipeline.charges.headcount_rules import (
    ANAPHOR,
    BEING_REMOVED,
    CUT_BEFORE,
    FROM,
    HELD_BY,
    INCREASED,
    JOINS_COUNT,
    LOSS_OF,
    NOT_COUNTED,
    OF_PAY,
    OF_SAVING,
    OF_THIS_PLAN,
    OF_THOSE_LEFT,
    OFFICERS,
    PART_BEFORE,
    PAY_CUT,
    PEOPLE_WORDS,
    REDUCED_BY,
    REDUCTION_IN,
    REDUCTION_OF,
    REFILLED,
    REMAINING_GO,
    REMOVED,
    RETAINED,
    THEY_GO,
    THEY_STAY,
    THOSE_PEOPLE,
    TOTAL_WORKFORCE,
    UNIT,
    WORKFORCE,
    WORKFORCE_BEFORE,
)
from pipeline.charges.passages import Passage
from pipeline.charges.readings import HeadcountDraft, Mention, Reading
from pipeline.charges.zones import FARTHEST


def read_headcounts(passage: Passage, mentions: Sequence[Mention], reading: Reading) -> None:
    """Add headcount drafts of a sentence; a percentage beside a count joins it."""
    last = reading.headcounts[-1].mention.evidence[1] if reading.headcounts else None
    goes_on = last is not None and 0 <= passage.start - last <= 2 and bool(ANAPHOR.match(passage.text))
    people = [mention for mention in mentions if mention.figure.unit == "people"]
    drafts = [draft for mention in people if (draft := _read_people(passage, mention, goes_on))]
    named = reading.headcounts[-1] if goes_on_with_people(passage, last) and not drafts else None
    for mention in mentions:
        if mention.figure.unit == "percent":
            _read_percent(passage, mention, drafts, named)
    reading.headcounts.extend(drafts)


def goes_on_with_people(passage: Passage, last: int | None) -> bool:
    """ "The employees affected represent about 5% of the workforce", right behind their number."""
    return last is not None and 0 <= passage.start - last <= 2 and bool(THOSE_PEOPLE.match(passage.text))


def _read_people(passage: Passage, mention: Mention, goes_on: bool) -> HeadcountDraft | None:
    text = passage.section.text
    figure = mention.figure
    before = text[max(passage.start, figure.phrase_start - FARTHEST) : figure.phrase_start]
    near_before = text[max(passage.start, figure.phrase_start - 90) : figure.phrase_start]
    noun_end = max(figure.noun_end, figure.end)
    after = text[noun_end : min(passage.end, noun_end + FARTHEST)]
    if figure.noun.lower().startswith("new "):
        mention.is_none_of_ours("retained_headcount", "headcount.new")
        return None
    if OFFICERS.regex.search(figure.noun):
        mention.is_none_of_ours(OFFICERS.says, OFFICERS.id)
        return None
    removed = REMOVED[0].regex
    if figure.rule.startswith("people.first_number") and FROM.search(near_before):
        increased = INCREASED.search(near_before)
        if not (increased and removed.search(before)):
            mention.is_none_of_ours("retained_headcount", "headcount.level_before")
            return None
    goes = REDUCED_BY.search(before) or REDUCTION_IN.search(near_before) or REMAINING_GO.search(near_before)
    goes = goes or THEY_GO.match(after)
    for rule in () if goes else RETAINED:
        said = rule.regex.search(near_before)
        if said is None:
            continue
        if rule.id == "headcount.level_before" and LOSS_OF.search(near_before):
            continue
        if rule.id == "headcount.level_before" and not removed.search(
            text[passage.start : max(passage.start, figure.phrase_start - 4)]
        ):
            continue
        if rule.id == "headcount.retained" and removed.search(near_before[said.start() :]):
            continue  # "is currently expected to impact approximately"
        if rule.id == "headcount.level_reached" and BEING_REMOVED.search(before):
            continue
        mention.is_none_of_ours(rule.says, rule.id)
        return None
    if HELD_BY.search(near_before) or THEY_STAY.match(after):
        mention.is_none_of_ours("retained_headcount", "headcount.stay")
        return None
    if figure.rule == "people.counted_noun" and PART_BEFORE.search(near_before):
        mention.is_none_of_ours("retained_headcount", "headcount.level_before")
        return None
    if not (
        goes_on
        or removed.search(before)
        or removed.search(after[:160])
        or removed.search(passage.lead_in_text)
    ):
        mention.is_none_of_ours("retained_headcount", "headcount.not_removed")
        return None
    if NOT_COUNTED.search(near_before):
        mention.is_none_of_ours("other_plan", "headcount.not_counted")
        return None
    if CUT_BEFORE.search(before) and not OF_THIS_PLAN.search(after):
        mention.is_none_of_ours("other_plan", "headcount.cut_before")
        return None
    if figure.low == figure.high == 0:
        mention.is_none_of_ours("other_matter", "headcount.nobody")
        return None
    draft = HeadcountDraft(mention, figure.low, figure.high, None, "unstated")
    draft.reasons["kind"] = REMOVED[0].id
    mention.states(draft, REMOVED[0].id)
    return draft


def _read_percent(
    passage: Passage, mention: Mention, drafts: list[HeadcountDraft], named: HeadcountDraft | None
) -> None:
    text = passage.section.text
    figure = mention.figure
    after = text[figure.end : min(passage.end, figure.end + FARTHEST)]
    before = text[max(passage.start, figure.phrase_start - FARTHEST) : figure.phrase_start]
    of_pay = OF_PAY.match(after) or PAY_CUT.search(before)
    of_workforce = not of_pay and (
        WORKFORCE.regex.search(after)
        or WORKFORCE_BEFORE.regex.search(before + " ")
        or WORKFORCE_BEFORE.regex.search(before)
    )
    if not of_workforce and not of_pay and REDUCTION_OF.search(before) and PEOPLE_WORDS.search(passage.text):
        of_workforce = REDUCTION_OF.search(before)
    nearest = _nearest(mention, drafts, text) or named
    if not of_workforce and not (nearest and JOINS_COUNT.match(_between(nearest, mention, text))):
        kind = "saving" if OF_SAVING.search(before[-100:]) else "other_matter"
        mention.is_none_of_ours(kind, "percent.of_something_else")
        return
    if REFILLED.search(after[:90]):
        mention.is_none_of_ours("retained_headcount", "percent.refilled")
        return
    if OF_THOSE_LEFT.search(before[-20:]) and not REMOVED[0].regex.search(passage.text):
        mention.is_none_of_ours("retained_headcount", "percent.retained")
        return
    if not REMOVED[0].regex.search(passage.text) and nearest is None:
        mention.is_none_of_ours("other_matter", "percent.no_removal")
        return
    basis = (
        "unit"
        if UNIT.search(after[:80]) or UNIT.search(before[-60:])
        else "total_workforce"
        if of_workforce and (TOTAL_WORKFORCE.search(after[:100]) or TOTAL_WORKFORCE.search(before[-80:]))
        else "unstated"
    )
    percent = figure.high if figure.high is not None else figure.low
    if nearest is not None and (nearest is named or nearest.percent is None):
        if nearest.percent is None:
            nearest.percent, nearest.basis = percent, basis
            if mention.evidence != nearest.mention.evidence:
                nearest.context_spans = (mention.evidence,)
        mention.states(nearest, "percent.beside_count")
        mention.relation = "context"
        return
    draft = HeadcountDraft(mention, None, None, percent, basis)
    draft.reasons["kind"] = WORKFORCE.id
    mention.states(draft, WORKFORCE.id)
    drafts.append(draft)


def _nearest(mention: Mention, drafts: Sequence[HeadcountDraft], text: str) -> HeadcountDraft | None:
    counted = [draft for draft in drafts if draft.low is not None or draft.high is not None]
    close = [
        draft
        for draft in counted
        if len(_between(draft, mention, text)) <= 110 and "including" not in _between(draft, mention, text)
    ]
    return min(close, key=lambda draft: len(_between(draft, mention, text)), default=None)


def _between(draft: HeadcountDraft, mention: Mention, text: str) -> str:
    """The words between a count's noun and a percentage, whichever comes first."""
    first, second = sorted((draft.mention.figure, mention.figure), key=lambda figure: figure.start)
    return text[max(first.end, first.noun_end) : max(second.phrase_start, 0)]
