"""Drafts to rows of the figure tables: ids, order, evidence, plan totals."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from pipeline.charges.categories import ASC420_CLASS
from pipeline.charges.plan_facts import PlanFacts
from pipeline.charges.readings import ChargeDraft, HeadcountDraft, Mention, Reading, ShareDraft
from pipeline.charges.sums import adds_up, amount_sum, exceeds, is_closed, top_parts
from pipeline.reader_version import reader_version
from pipeline.reading.model import Section
from pipeline.tables.ids import figure_id

Row = dict[str, Any]


class RowMaker:
    """Makes the rows of one filing."""

    def __init__(self, accession_number: str, sections: Sequence[Section]):
        self.accession_number = accession_number
        self._texts = {id(section): _CondensedText(section, sections) for section in sections}
        self._ids: dict[int, str] = {}
        self._taken: dict[tuple[str, int], int] = {}

    def charges(self, drafts: Sequence[ChargeDraft]) -> list[Row]:
        """Rows of `charges`, in reading order."""
        ordered = sorted(drafts, key=_charge_place)
        for draft in ordered:
            start, end = draft.figure_span or (draft.mention.figure.start, draft.mention.figure.end)
            self._ids[id(draft)] = self._id(draft.mention.section, start, end)
        return [self._charge(draft, ordinal) for ordinal, draft in enumerate(ordered, start=1)]

    def _charge(self, draft: ChargeDraft, ordinal: int) -> Row:
        figure = draft.mention.figure
        return {
            "charge_id": self._ids[id(draft)],
            **self._place(draft.mention, draft.plan_ordinal, ordinal),
            "amount_low": _money(draft.low),
            "amount_high": _money(draft.high),
            "currency": draft.currency,
            "is_approximate": draft.is_approximate,
            "category": draft.category,
            "asc420_class": ASC420_CLASS[draft.category],
            "role": draft.role,
            "settlement": draft.settlement,
            "status": draft.status,
            "is_pretax": draft.is_pretax,
            "period_text": draft.period_text,
            "period_start": draft.period_start,
            "period_end": draft.period_end,
            "parent_charge_id": self._ids.get(id(draft.parent)) if draft.parent else None,
            "counts_in_sum": draft.counts_in_sum,
            **_evidence(draft.mention, draft.figure_span or (figure.start, figure.end), draft.context_spans),
            "rule": "; ".join(dict.fromkeys(draft.reasons.values())),
            "reader_version": reader_version(),
        }

    def share_figures(self, drafts: Sequence[ShareDraft]) -> list[Row]:
        """Rows of `share_figures`, in reading order; the charges' ids must have been made."""
        rows = []
        for ordinal, draft in enumerate(sorted(drafts, key=lambda d: _place_of(d.mention)), start=1):
            figure, charge = draft.mention.figure, draft.charge
            self._ids[id(draft)] = self._id(draft.mention.section, figure.start, figure.end)
            rows.append(
                {
                    "share_figure_id": self._ids[id(draft)],
                    **self._place(draft.mention, draft.plan_ordinal, ordinal),
                    "count_low": _count(figure.low),
                    "count_high": _count(figure.high),
                    "is_approximate": figure.is_approximate,
                    "security": draft.security,
                    "action": draft.action,
                    "value_low": _money(charge.low) if charge else None,
                    "value_high": _money(charge.high) if charge else None,
                    "currency": charge.currency if charge else None,
                    "charge_id": self._ids.get(id(charge)) if charge else None,
                    **_evidence(draft.mention, (figure.start, figure.end), ()),
                    "rule": "; ".join(dict.fromkeys(draft.reasons.values())),
                    "reader_version": reader_version(),
                }
            )
        return rows

    def headcount_figures(self, drafts: Sequence[HeadcountDraft]) -> list[Row]:
        """Rows of `headcount_figures`, in reading order."""
        rows = []
        for ordinal, draft in enumerate(sorted(drafts, key=lambda d: _place_of(d.mention)), start=1):
            figure = draft.mention.figure
            self._ids[id(draft)] = self._id(draft.mention.section, figure.start, figure.end)
            rows.append(
                {
                    "headcount_figure_id": self._ids[id(draft)],
                    **self._place(draft.mention, draft.plan_ordinal, ordinal),
                    "count_low": _count(draft.low),
                    "count_high": _count(draft.high),
                    "is_approximate": figure.is_approximate,
                    "percent": draft.percent,
                    "basis": draft.basis,
                    **_evidence(draft.mention, (figure.start, figure.end), draft.context_spans),
                    "rule": "; ".join(dict.fromkeys(draft.reasons.values())),
                    "reader_version": reader_version(),
                }
            )
        return rows

    def mentions(self, mentions: Sequence[Mention]) -> list[Row]:
        """Rows of `mentions`, in reading order; the ids of what they state must have been made."""
        tables = {ChargeDraft: "charges", ShareDraft: "share_figures", HeadcountDraft: "headcount_figures"}
        rows = []
        for mention in sorted(mentions, key=_place_of):
            figure, section, target = mention.figure, mention.section, mention.target
            target_id = self._ids.get(id(target)) if target is not None else None
            rows.append(
                {
                    "mention_id": self._id(
                        section, figure.start, figure.end, prefix=f"mention:{figure.unit}:"
                    ),
                    "accession_number": self.accession_number,
                    "document_sequence": section.document_sequence,
                    "section_ordinal": section.section_ordinal,
                    "char_start": figure.start,
                    "char_end": figure.end,
                    "mention_text": section.text[figure.start : figure.end],
                    "unit": figure.unit,
                    "low": _money(figure.low),
                    "high": _money(figure.high),
                    "currency": figure.currency,
                    "relation": mention.relation,
                    "target_table": tables[type(target)] if target is not None and target_id else None,
                    "target_id": target_id,
                    "kind": mention.kind if target_id is None else None,
                    "rule": mention.rule,
                    "reader_version": reader_version(),
                }
            )
        return rows

    def exit_plan(self, ordinal: int, facts: PlanFacts, estimate: str, reading: Reading) -> Row:
        """The row of one plan."""
        charges = [draft for draft in reading.charges if draft.plan_ordinal == ordinal]
        heads = [draft for draft in reading.headcounts if draft.plan_ordinal == ordinal]
        total = _first_role(charges, "total")
        currency = total.currency if total else charges[0].currency if charges else None
        own = [draft for draft in charges if draft.currency == currency]
        cash, noncash = _first_role(own, "cash_portion", total), _first_role(own, "noncash_portion", total)
        parts = top_parts(own)
        counted = [draft for draft in heads if draft.low is not None or draft.high is not None]
        percents = [draft for draft in heads if draft.percent is not None and draft.basis != "unit"]
        return {
            "accession_number": self.accession_number,
            "plan_ordinal": ordinal,
            "commitment_date": facts.commitment_date,
            "announced_date": facts.announced_date,
            "completion_text": facts.completion_text,
            "completion_by": facts.completion_by,
            "course_of_action": facts.course_of_action,
            "estimate_status": estimate,
            "currency": currency,
            "total_low": _money(total.low) if total else None,
            "total_high": _money(total.high) if total else None,
            "cash_low": _money(cash.low) if cash else None,
            "cash_high": _money(cash.high) if cash else None,
            "noncash_low": _money(noncash.low) if noncash else None,
            "noncash_high": _money(noncash.high) if noncash else None,
            "components_low": _money(amount_sum([draft.low for draft in parts])),
            "components_high": _money(amount_sum([draft.high for draft in parts])),
            "headcount_low": _count(counted[0].low) if counted else None,
            "headcount_high": _count(counted[0].high) if counted else None,
            "workforce_percent": percents[0].percent if percents else None,
            "reconciliation": _reconciliation(total, parts, cash, noncash),
            "rejected_rows": 0,
            "reader_version": reader_version(),
        }

    def _place(self, mention: Mention, plan_ordinal: int, ordinal: int) -> Row:
        section = mention.section
        return {
            "accession_number": self.accession_number,
            "plan_ordinal": plan_ordinal,
            "document_sequence": section.document_sequence,
            "section_ordinal": section.section_ordinal,
            "item": section.item,
            "document_type": section.document_type,
            "ordinal": ordinal,
        }

    def _id(self, section: Section, start: int, end: int, prefix: str = "") -> str:
        words = _condensed(section.text[start:end])
        occurrence = self._texts[id(section)].occurrence(words, start)
        key = (f"{section.document_sequence}:{prefix}{words}", occurrence)
        self._taken[key] = role_ordinal = self._taken.get(key, 0) + 1
        return figure_id(
            self.accession_number, section.document_sequence, prefix + words, occurrence, role_ordinal
        )


def _condensed(text: str) -> str:
    return "".join(text.split()).lower()


_SPACE = re.compile(r"\s")


def _places(words: str, text: str) -> Iterator[int]:
    """Where `words` stand in a text, none within another."""
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + len(words))


class _CondensedText:
    """A document's text to the end of a section, without white space: which occurrence is a figure?"""

    def __init__(self, section: Section, sections: Sequence[Section]):
        earlier = dict.fromkeys(
            other.text
            for other in sections
            if other.document_sequence == section.document_sequence
            and other.section_ordinal < section.section_ordinal
            and other.text != section.text  # combined items have their text once
        )
        self._section = section.text
        self._earlier = "".join(_condensed(text) for text in earlier)
        self._found: dict[str, list[int]] = {}

    @cached_property
    def _text(self) -> str:
        return self._earlier + _condensed(self._section)

    @cached_property
    def _spaces(self) -> list[int]:
        """The offsets of white space in the section."""
        return [match.start() for match in _SPACE.finditer(self._section)]

    def occurrence(self, words: str, start: int) -> int:
        """Which occurrence of condensed `words` starts at offset `start` of the section, from 1."""
        if words not in self._found:
            self._found[words] = list(_places(words, self._text))
        condensed = len(self._earlier) + start - bisect_left(self._spaces, start)
        return bisect_left(self._found[words], condensed) + 1


def _place_of(mention: Mention) -> tuple[int, int, int]:
    return mention.section.document_sequence, mention.section.section_ordinal, mention.figure.start


def _charge_place(draft: ChargeDraft) -> tuple[int, int, int]:
    return _place_of(draft.mention)


def _evidence(mention: Mention, figure: tuple[int, int], context: Sequence[tuple[int, int]]) -> Row:
    start, end = mention.evidence
    return {
        "evidence": mention.section.text[start:end],
        "char_start": start,
        "char_end": end,
        "figure_start": figure[0],
        "figure_end": figure[1],
        "context_spans": [{"start": span[0], "end": span[1]} for span in context],
    }


def _money(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"))


def _count(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def _first_role(
    drafts: Sequence[ChargeDraft], role: str, parent: ChargeDraft | None = None
) -> ChargeDraft | None:
    """The first charge in a role; for a portion, one of the total itself before one of a part."""
    found = [draft for draft in drafts if draft.role == role]
    of_total = [draft for draft in found if draft.parent is parent or draft.parent is None]
    return (of_total or found or [None])[0]  # type: ignore[list-item]


def _reconciliation(
    total: ChargeDraft | None,
    parts: Sequence[ChargeDraft],
    cash: ChargeDraft | None,
    noncash: ChargeDraft | None,
) -> str:
    """Parts in prose that sum to less may not be all of them ("including"): that is no contradiction."""
    if total is None:
        return "not_comparable"
    verdicts = []
    if len(parts) >= 2 and is_closed([*parts, total]):
        adds = adds_up(parts, total)
        if adds or exceeds(parts, total) or all(part.evidence for part in parts):
            verdicts.append(adds)
    if cash is not None and noncash is not None and is_closed([cash, noncash, total]):
        verdicts.append(adds_up([cash, noncash], total))
    if not verdicts:
        return "not_comparable"
    return "adds_up" if all(verdicts) else "does_not_add_up"


def near_date(row: Mapping[str, Any]) -> dt.date | None:
    """The day around which a filing's undated months and quarters lie."""
    return row.get("report_date") or row.get("filed_date")
