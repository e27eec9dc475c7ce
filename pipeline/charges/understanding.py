"""A filing's sections to its figure rows: the pure function at the heart of the pipeline."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.charges.estimates import estimate_status
from pipeline.charges.figure_rows import Row, RowMaker, near_date
from pipeline.charges.grids import read_tables
from pipeline.charges.linking import link
from pipeline.charges.passages import Passage, TablePassage, passages_of
from pipeline.charges.plan_facts import read_plan_facts
from pipeline.charges.plans import PlanMap
from pipeline.charges.prose import read_prose
from pipeline.charges.readings import ChargeDraft, Reading, ShareDraft
from pipeline.charges.settlements import settle_by_type
from pipeline.edgar.items import EXIT_ITEM
from pipeline.figures.currencies import dollar_of
from pipeline.figures.periods import FiscalCalendar, find_periods, stated_year_end
from pipeline.figures.rule import wording
from pipeline.reading.model import Section

_RELEVANT = wording(
    r"\b(?:restructur\w*|severance|exit (?:costs?|charges?|activit\w+|or disposal|plan)|"
    r"pre-?tax charges?|impairment charges?|one-time (?:costs?|charges?)|reductions? in force|"
    r"work\s?force reduction|"
    r"headcount reduction|realign\w*|"
    r"terminat\w+ (?:benefits?|of employ\w+)|(?:plant|facility|store|office|site) clos\w+|"
    r"clos(?:e|ing|ure) (?:of )?(?:its|the|our)|lay-?offs?|cost reduction (?:plan|program)|"
    r"(?:affect|impact|eliminat|cut|reduc)\w* (?:[\w,]+ ){0,5}(?:jobs|positions|employees|roles|associates)|"
    r"(?:jobs|positions|employees|roles|associates) (?:\w+ ){0,4}(?:affected|eliminated|impacted|cut|"
    r"terminated)|"
    r"shut(?:ting)? down|"
    r"in connection with (?:this|these|the) (?:actions?|closings?|closures?|plan|program|initiative|"
    r"measures?)|"
    r"works councils?|employee representatives|(?:plan|program)[’']s? (?:costs?|charges?)|"
    r"job cuts?|eliminat\w+ (?:\w+ ){0,4}(?:positions|jobs)|wind(?:ing)?[- ]down|"
    r"discontinu\w+|consolidat\w+ (?:of )?(?:its|the|our|manufacturing|operations)|"
    r"reduc\w+ (?:its|our|the) (?:\w+ ){0,3}work\s?force)",
    "the plant closing affects 120 employees",
    "Net sales rose by 4%",
)
"""What makes a paragraph of a press release one on the exit plan."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """The figure rows of a filing, as dicts with the registry's columns, and how reading it ended."""

    exit_plans: list[Row]
    charges: list[Row]
    share_figures: list[Row]
    headcount_figures: list[Row]
    mentions: list[Row]
    read_status: str
    read_problem: str | None


def understand(filing: Mapping[str, Any], sections: Sequence[Section]) -> Understanding:
    """Read every figure of the filing's Item 2.05.

    Args:
        filing: a row of `filings`; its accession number, report and filing date and fiscal year end are used.
        sections: the filing's sections, with those that Item 2.05 may point to.
    """
    own = [section for section in sections if section.item == EXIT_ITEM]
    if not own:
        return Understanding([], [], [], [], [], "item_not_found", _no_item(sections))
    year_end = filing.get("fiscal_year_end") or stated_year_end(section.text for section in sections)
    fiscal = FiscalCalendar(year_end, filing.get("sic_code"))
    near = near_date(filing) or _first_day(own)
    pointed = _pointed_to(own, sections)
    dollar = dollar_of("\n".join(section.text for section in (*own, *pointed)))
    reading = Reading()
    passages: list[Passage] = []
    for section in own:
        passages.extend(_read_section(section, reading, fiscal, near, dollar))
    for section in pointed:
        passages.extend(
            _read_section(section, reading, fiscal, near, dollar, only_relevant=section.item is None)
        )
    for note in _explanatory_notes(sections):
        passages.extend(_read_note(note, reading, fiscal, near, dollar))
    _link_shares(reading)
    if not filing.get("is_amendment"):
        _expect_the_future(reading, near)
    plan_map = PlanMap(passages)
    plan_count = plan_map.assign(reading)
    link(reading)
    maker = RowMaker(filing["accession_number"], sections)
    charges = maker.charges(reading.charges)
    shares = maker.share_figures(reading.shares)
    headcounts = maker.headcount_figures(reading.headcounts)
    mentions = maker.mentions(reading.mentions)
    plans = []
    for ordinal in range(1, plan_count + 1):
        of_plan = [p for p in passages if plan_map.ordinal(p.section, p.start) == ordinal]
        estimate, _ = estimate_status(
            of_plan, any(draft.plan_ordinal == ordinal for draft in reading.charges)
        )
        plans.append(maker.exit_plan(ordinal, read_plan_facts(of_plan, fiscal, near), estimate, reading))
    status, problem = _outcome(
        own, pointed, bool(charges or shares or headcounts), plans[0]["estimate_status"]
    )
    return Understanding(plans, charges, shares, headcounts, mentions, status, problem)


def _no_item(sections: Sequence[Section]) -> str:
    found = ", ".join(dict.fromkeys(section.item for section in sections if section.item)) or "none"
    return f"There is no heading of Item {EXIT_ITEM} in the main document; items found: {found}."


def _read_section(
    section: Section,
    reading: Reading,
    fiscal: FiscalCalendar,
    near: dt.date | None,
    dollar: str,
    *,
    only_relevant: bool = False,
) -> list[Passage]:
    passages, tables = passages_of(section)
    if only_relevant:
        passages, tables = _relevant(passages, tables)
    read_prose(passages, reading, fiscal, near, dollar)
    read_tables(tables, passages, reading, fiscal, near, dollar)
    settle_by_type(passages, [draft for draft in reading.charges if draft.mention.section is section])
    return passages


def _explanatory_notes(sections: Sequence[Section]) -> list[Section]:
    """What an amendment says before its first item: a section of the main document without an item."""
    return [
        section for section in sections if section.item is None and section.document_type.startswith("8-K")
    ]


def _read_note(
    note: Section,
    reading: Reading,
    fiscal: FiscalCalendar,
    near: dt.date | None,
    dollar: str,
    *,
    only_relevant: bool = False,
) -> list[Passage]:
    """Dates, and the headcount where the item gives none: of a note before an amendment, and of an exhibit
    to an item that states its costs itself."""
    of_note = Reading()
    passages = _read_section(note, of_note, fiscal, near, dollar, only_relevant=only_relevant)
    if of_note.headcounts and not reading.headcounts:
        reading.headcounts.extend(of_note.headcounts)
        people = [mention for mention in of_note.mentions if mention.figure.unit in ("people", "percent")]
        reading.mentions.extend(people)
    return passages


def _relevant(
    passages: Sequence[Passage], tables: Sequence[TablePassage]
) -> tuple[list[Passage], list[TablePassage]]:
    """Of an exhibit, the paragraphs that speak of the plan or stand under a heading that does."""
    by_block: dict[tuple[int, int], list[Passage]] = {}
    for passage in passages:
        by_block.setdefault((passage.block.start, passage.block.end), []).append(passage)
    kept = []
    for group in by_block.values():
        first = group[0]
        words = " ".join(passage.text for passage in group)
        if (
            _RELEVANT.search(words)
            or _RELEVANT.search(first.heading_text)
            or _RELEVANT.search(first.lead_in_text)
        ):
            kept.extend(group)
    return kept, [table for table in tables if _RELEVANT.search(table.lead_in_text)]


def _pointed_to(own: Sequence[Section], sections: Sequence[Section]) -> list[Section]:
    """The sections that Item 2.05 incorporates, each text once."""
    wanted = [target for section in own for target in section.incorporates]
    seen = {section.text for section in own}
    found = []
    for target in dict.fromkeys(wanted):
        for section in sections:
            is_it = section.item == target or (section.item is None and section.document_type == target)
            if is_it and section.text not in seen:
                seen.add(section.text)
                found.append(section)
    return found


def _link_shares(reading: Reading) -> None:
    """A share figure belongs to the share-based charge stated nearest to it, in its sentence or behind it."""
    awards = [draft for draft in reading.charges if draft.category == "stock_compensation"]
    for draft in reading.shares:
        draft.charge = _nearest_award(draft, awards)


def _expect_the_future(reading: Reading, near: dt.date | None) -> None:
    """What falls in a period that has not begun is expected, whatever was incurred beside it.

    An amendment keeps the report date of the original, so that its periods may have begun.
    """
    for draft in reading.charges:
        in_column = draft.reasons.get("column") == "column.incurred"
        of_fiscal_year = "fiscal" in (draft.period_text or "").lower()  # whose end may be unknown
        if draft.status != "incurred" or in_column or of_fiscal_year:
            continue
        if near and draft.period_start and draft.period_start > near:
            draft.status, draft.reasons["status"] = "expected", "status.period_to_come"


def _first_day(own: Sequence[Section]) -> dt.date | None:
    """The first day that the item names: a text without a cover is of about that time."""
    days = (period for section in own for period in find_periods(section.text) if period.kind == "day")
    return next((period.last_day for period in days), None)


_AWARD_REACH = 600
"""A charge farther behind than this many characters is not that of the shares."""


def _nearest_award(share: ShareDraft, awards: Sequence[ChargeDraft]) -> ChargeDraft | None:
    section, place = share.mention.section, share.mention.figure.start
    near = [
        award
        for award in awards
        if award.mention.section is section
        and not award.evidence
        and award.low is not None
        and share.mention.evidence[0] - 1 <= award.mention.figure.start < place + _AWARD_REACH
        and (award.low >= 0 or share.action == "forfeited")
    ]
    return min(near, key=lambda award: abs(award.mention.figure.start - place), default=None)


def _outcome(
    own: Sequence[Section], pointed: Sequence[Section], has_figures: bool, estimate: str
) -> tuple[str, str | None]:
    if has_figures:
        return "read", None
    targets = list(dict.fromkeys(target for section in own for target in section.incorporates))
    if targets and not pointed:
        return (
            "incorporated_elsewhere",
            f"Item {EXIT_ITEM} points to {', '.join(targets)}, which the submission does not hold.",
        )
    if estimate == "unable":
        return "no_figures", "The registrant states that it cannot yet estimate the costs."
    if targets:
        return (
            "incorporated_elsewhere",
            f"Item {EXIT_ITEM} points to {', '.join(targets)}, where no figures of the plan were found.",
        )
    return "no_figures", f"Item {EXIT_ITEM} states no costs, share figures or headcount."
