"""Reading the sentences of a section: every figure becomes a mention, and the costs among them drafts."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.charges.categories import categories_in, category_of
from pipeline.charges.charge_reader import read_charge, settle_sentence, words_of
from pipeline.charges.headcounts import read_headcounts
from pipeline.charges.kind_of import kind_of, last_match
from pipeline.charges.kinds import CHARGE
from pipeline.charges.passages import Passage
from pipeline.charges.readings import ChargeDraft, Mention, Reading
from pipeline.charges.roles import CASH, LIST_OF_ONE_SETTLEMENT, REFERS_BACK, TOTAL
from pipeline.charges.shares import follows_shares, read_shares
from pipeline.charges.stated_unit import in_unit, stated_unit
from pipeline.charges.zones import zones_of
from pipeline.figures.find import find_figures
from pipeline.figures.model import Period
from pipeline.figures.money import shifted
from pipeline.figures.periods import FiscalCalendar, find_periods

_TRANSLATION = re.compile(
    r"^\s*\(\s*(?:or|i\.e\.,?|equivalent to|between|from)?\s*(?:approximately|about)?\s*$|"
    r"^\s*,?\s*or\s+$|^\s*\(?\s*(?:equivalent to|equal to)\s*",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"[^()$€£¥;.]{0,60}\)")
"""The rest of a translation's parenthesis: " at the June 25 rate)"."""
_CAPS_LIST = re.compile(
    r"\b(?:up to|not (?:to )?exceed(?:ing)?|a maximum of|"
    r"no more than)(?: the following(?: amounts)?)?\s*:\s*$",
    re.IGNORECASE,
)
_OF_THE_AWARDS = re.compile(
    r"(?:the|this|that|these) (?:acceleration|modifications?|extension|vesting|awards?)\b", re.IGNORECASE
)


def read_prose(
    passages: Sequence[Passage], reading: Reading, fiscal: FiscalCalendar, near: dt.date | None, dollar: str
) -> None:
    """Add the mentions and drafts of all passages of one section to `reading`."""
    previous: list[ChargeDraft] = []
    before: str | None = None
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
        if money:
            before = CHARGE if money[-1].kind is None else money[-1].kind
        elif rule := last_match(passage.text):
            before = rule.says
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
    passage: Passage, mentions: Sequence[Mention], periods: Sequence[Period], before: str | None
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
            mention.is_none_of_ours(named, f"relation.per_{mention.figure.per.replace(' ', '_')}", "per_unit")
        elif kind[0] != CHARGE:
            mention.is_none_of_ours(*kind)
        elif mention.figure.low == mention.figure.high == 0:
            mention.is_none_of_ours("other_matter", "kind.nil")
        else:
            following = zones[position + 1] if position + 1 < len(zones) else None
            draft = read_charge(mention, words_of(here, following), periods, kind[1])
            _cap_by_lead_in(draft, passage)
            mention.states(draft, kind[1])
            drafts.append(draft)
    for translation, original in translations:
        translation.translates(original)
    for aside in asides:
        aside.translates(next(m for m in mentions if m.figure.start < aside.figure.start < m.figure.end))
    _respectively(passage, drafts)
    _settle_lists(passage, drafts)
    return drafts


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
        if (
            amounts
            and amounts[-1].figure.currency != figure.currency
            and _TRANSLATION.match(text[ends[-1] : figure.phrase_start])
        ):
            translations.append((mention, amounts[-1]))
            closing = _CLOSES.match(text, figure.end, passage.end)
            ends[-1] = closing.end() if closing else figure.end
        else:
            amounts.append(mention)
            ends.append(figure.end)
    return amounts, ends, translations


def _settle_lists(passage: Passage, drafts: Sequence[ChargeDraft]) -> None:
    """ "cash charges, namely $1 million for severance and $2 million for leases": all of them are cash."""
    text, said, position = passage.section.text, "unstated", passage.start
    for draft in drafts:
        words = text[position : draft.mention.figure.phrase_start]
        position = draft.mention.figure.end
        if match := LIST_OF_ONE_SETTLEMENT.regex.search(words):
            said = "cash" if match["cash"].lower() == "cash" else "noncash"
        elif CASH[0].regex.search(words) or TOTAL[0].regex.search(words):
            said = "unstated"
        if said != "unstated" and draft.settlement == "unstated" and draft.role == "component":
            draft.settlement, draft.reasons["settlement"] = said, LIST_OF_ONE_SETTLEMENT.id


def _respectively(passage: Passage, drafts: Sequence[ChargeDraft]) -> None:
    """ "severance and lease costs of $2 million and $1 million, respectively": each its own category."""
    if len(drafts) < 2 or "respectively" not in passage.text.lower():
        return
    run = list(drafts[-2:])
    lead = passage.section.text[passage.start : run[0].mention.figure.phrase_start]
    named = categories_in(lead)[-2:]
    if len(named) == 2 and named[0][2].says != named[1][2].says:
        for draft, (_, _, rule) in zip(run, named, strict=True):
            draft.category, draft.reasons["category"] = rule.says, rule.id + "@respectively"
            if draft.role == "total":
                draft.role, draft.reasons["role"] = "component", "role.respectively"
