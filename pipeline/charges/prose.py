"""Reading the sentences of a section: every figure becomes a mention, and the costs among them drafts."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.charges.categories import category_of
from pipeline.charges.charge_reader import read_charge
from pipeline.charges.charge_words import words_of
from pipeline.charges.coordination import name_additional, respectively, share_qualifiers
from pipeline.charges.headcounts import read_headcounts
from pipeline.charges.kind_of import SpokenOf, kind_of
from pipeline.charges.kinds import CHARGE
from pipeline.charges.passages import Passage
from pipeline.charges.readings import ChargeDraft, Mention, Reading
from pipeline.charges.settlement_rules import REFERS_BACK
from pipeline.charges.settlements import settle_list, settle_sentence
from pipeline.charges.shares import follows_shares, read_shares
from pipeline.charges.stated_unit import in_unit, stated_unit
from pipeline.charges.zones import zones_of
from pipeline.figures.find import find_figures
from pipeline.figures.model import Period
from pipeline.figures.money import shifted
from pipeline.figures.periods import FiscalCalendar, find_periods
from pipeline.figures.rule import wording

_TRANSLATION = wording(
    r"^\s*\(\s*(?:or|i\.e\.,?|equivalent to|between|from)?\s*(?:approximately|about)?\s*$|"
    r"^\s*,?\s*or\s+$|^\s*\(?\s*(?:equivalent to|equal to)\s*",
    " (approximately ",
    " and ",
)
_COUNTED_OTHERWISE = re.compile(r"\s*[,(]?\s*(?:or|and)?\s*(?:approximately|about)?\s*", re.IGNORECASE)
_UNIT_WORDS = wording(
    r"\s*(?:per|an?|each)\s+(?:\w+\s+){0,2}?(?:share|unit|month|year|employee|ADS)\b\)?",
    " per diluted share)",
    " in shares",
)
_OPENS = re.compile(r"\s*\(\s*(?:or\s+)?(?:approximately\s+|about\s+)?", re.IGNORECASE)
_AFTER_TAX = wording(
    r"[^()]{0,20}\b(?:after[- ]?tax(?:es)?|net of (?:income )?tax(?:es)?)\b[^()]{0,80}\)",
    " after tax)",
    " before tax)",
)
_CLOSES = re.compile(r"[^()$€£¥;.]{0,60}\)")
"""The rest of a translation's parenthesis: " at the June 25 rate)"."""
_CAPS_LIST = wording(
    r"\b(?:up to|not (?:to )?exceed(?:ing)?|a maximum of|"
    r"no more than)(?: the following(?: amounts)?)?\s*:\s*$",
    "charges of up to the following amounts:",
    "charges of the following amounts:",
)
_OF_THE_AWARDS = wording(
    r"(?:the|this|that|these) (?:acceleration|modifications?|extension|vesting|awards?)\b",
    "The acceleration results in",
    "The closure results in",
)


def read_prose(
    passages: Sequence[Passage], reading: Reading, fiscal: FiscalCalendar, near: dt.date | None, dollar: str
) -> None:
    """Add the mentions and drafts of all passages of one section to `reading`."""
    previous: list[ChargeDraft] = []
    before = SpokenOf()
    unit = stated_unit(passages)
    for passage in passages:
        figures = [
            shifted(in_unit(figure, passage.text[figure.start : figure.end], unit), passage.start)
            for figure in find_figures(passage.text, dollar)
        ]
        periods = [
            replace(period, start=period.start + passage.start, end=period.end + passage.start)
            for period in find_periods(passage.text, fiscal, near)
        ]
        mentions = [Mention(passage.section, figure, (passage.start, passage.end)) for figure in figures]
        reading.mentions.extend(mentions)
        money = [mention for mention in mentions if mention.figure.unit == "money"]
        drafts = _read_money(passage, money, periods, before)
        name_additional(drafts)
        if money:
            before.amount(CHARGE if money[-1].kind is None else money[-1].kind)
        else:
            before.sentence(passage.text)
        reading.charges.extend(drafts)
        for draft in drafts:
            if unit is not None and draft.mention.figure.rule.endswith("+unit@text"):
                draft.context_spans = (*draft.context_spans, unit.span)
        if _OF_THE_AWARDS.match(passage.text) and follows_shares(passage, reading):
            for draft in drafts:
                if draft.category == "unstated":
                    draft.category, draft.reasons["category"] = (
                        "stock_compensation",
                        "category.of_the_awards_before",
                    )
        read_shares(passage, [m for m in mentions if m.figure.unit == "shares"], reading)
        read_headcounts(passage, [m for m in mentions if m.figure.unit in ("people", "percent")], reading)
        if drafts:
            settle_sentence(drafts, passage.text, [d.mention.figure.start - passage.start for d in drafts])
            in_list = passage.lead_in is not None and previous and previous[-1].sentence == passage.index - 1
            previous = [*previous, *drafts] if in_list else drafts
        elif (
            REFERS_BACK.regex.search(passage.text) and previous and previous[-1].sentence == passage.index - 1
        ):
            settle_sentence(previous, passage.text, [])
            named = category_of(passage.text)
            for draft in previous:
                if named and draft.category == "unstated":
                    draft.category, draft.reasons["category"] = named[0], named[1] + "@next_sentence"


def _read_money(
    passage: Passage, mentions: Sequence[Mention], periods: Sequence[Period], before: SpokenOf
) -> list[ChargeDraft]:
    asides = [mention for mention in mentions if mention.figure.rule == "money.inside_range"]
    mentions = [mention for mention in mentions if mention not in asides]
    mentions, ends, translations = _apart_from_translations(passage, mentions)
    zones = zones_of(passage, [mention.figure for mention in mentions], ends)
    drafts: list[ChargeDraft] = []
    kind: tuple[str, str] | None = None
    for position, mention in enumerate(mentions):
        here = zones[position]
        kind = kind_of(here, kind, passage.lead_in_text, before)
        if mention.figure.per:
            named = kind[0] if kind[0] not in (CHARGE, "unclassified") else "other_matter"
            mention.is_none_of_ours(named, _per_unit_rule(mention), "per_unit")
        elif kind[0] != CHARGE:
            mention.is_none_of_ours(*kind)
        elif mention.figure.low == mention.figure.high == 0:
            mention.is_none_of_ours("other_matter", "kind.nil")
        else:
            behind = (other for other in zones[position + 1 :] if other.figure.start >= ends[position])
            following = next(behind, None)
            draft = read_charge(mention, words_of(here, following), periods, kind[1])
            _cap_by_lead_in(draft, passage)
            mention.states(draft, kind[1])
            drafts.append(draft)
    for translation, original in translations:
        translation.translates(original)
    for aside in asides:
        aside.translates(next(m for m in mentions if m.figure.start < aside.figure.start < m.figure.end))
    share_qualifiers(passage, drafts)
    respectively(passage, drafts, periods)
    settle_list(passage, drafts)
    return drafts


def _per_unit_rule(mention: Mention) -> str:
    return f"relation.per_{(mention.figure.per or '').replace(' ', '_')}"


def _end_of_unit(text: str, mention: Mention) -> int:
    """Where the words of an amount's unit end: behind "per diluted share" and a closing bracket."""
    match = _UNIT_WORDS.match(text, mention.figure.end)
    return match.end() if match else mention.figure.end


def _cap_by_lead_in(draft: ChargeDraft, passage: Passage) -> None:
    """ "up to:" before a list caps every amount in it that is still to come."""
    figure = draft.mention.figure
    if passage.lead_in is None or not figure.is_point or draft.status == "incurred":
        return
    if _CAPS_LIST.search(passage.lead_in_text):
        draft.mention.figure = replace(figure, low=None, rule=figure.rule + "+up_to@lead_in")
        draft.low = None
        draft.context_spans = (passage.lead_in,)


def _apart_from_translations(
    passage: Passage, mentions: Sequence[Mention]
) -> tuple[list[Mention], list[int], list[tuple[Mention, Mention]]]:
    """The amounts, where each ends with its translation, and the translations with what they translate."""
    text = passage.section.text
    amounts: list[Mention] = []
    ends: list[int] = []
    translations: list[tuple[Mention, Mention]] = []
    for mention in mentions:
        figure = mention.figure
        if amounts and figure.per and _COUNTED_OTHERWISE.fullmatch(text[ends[-1] : figure.phrase_start]):
            # "$1.7 million, or $0.30 per diluted share, for the impairment of": one amount in two ways.
            mention.is_none_of_ours("other_matter", _per_unit_rule(mention), "per_unit")
            ends[-1] = max(ends[-1], _end_of_unit(text, mention))
        elif (
            amounts
            and amounts[-1].figure.currency != figure.currency
            and _TRANSLATION.match(text[ends[-1] : figure.phrase_start])
        ):
            translations.append((mention, amounts[-1]))
            closing = _CLOSES.match(text, figure.end, passage.end)
            ends[-1] = closing.end() if closing else figure.end
        else:
            closing = _AFTER_TAX.match(text, figure.end, passage.end)
            if amounts and closing and _OPENS.fullmatch(text[ends[-1] : figure.phrase_start]):
                # "charges of $12 million ($8 million after tax), primarily severance": said of both.
                ends[-1] = closing.end()
            amounts.append(mention)
            ends.append(figure.end)
    return amounts, ends, translations
