"""What is being read: drafts of rows, before they get ids and order."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.charges.passages import Span
from pipeline.figures.model import Figure
from pipeline.reading.model import Section

TOTALS = ("total", "subtotal")
"""Roles of amounts that have parts."""


@dataclass(eq=False, slots=True)
class Mention:
    """One figure of a section and what it turned out to be. Offsets are the section's."""

    section: Section
    figure: Figure
    evidence: Span
    relation: str = "none"
    target: "ChargeDraft | ShareDraft | HeadcountDraft | None" = None
    kind: str | None = None
    rule: str = ""

    def states(self, target: "ChargeDraft | ShareDraft | HeadcountDraft", rule: str) -> None:
        self.relation, self.target, self.kind, self.rule = "states", target, None, rule

    def translates(self, original: "Mention") -> None:
        """The same amount in another currency: it has the original's target, or is of its kind."""
        self.relation, self.rule = "translates", "relation.translation"
        self.target, self.kind = original.target, original.kind

    def is_none_of_ours(self, kind: str, rule: str, relation: str = "none") -> None:
        self.relation, self.target, self.kind, self.rule = relation, None, kind, rule


@dataclass(eq=False, slots=True)
class ChargeDraft:
    """A charge: its mention, and what the rules said of it."""

    mention: Mention
    low: Decimal | None
    high: Decimal | None
    currency: str
    is_approximate: bool
    category: str = "unstated"
    role: str = "component"
    settlement: str = "unstated"
    status: str = "expected"
    is_pretax: bool | None = None
    period_text: str | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    parent: "ChargeDraft | None" = None
    counts_in_sum: bool = False
    plan_ordinal: int = 1
    context_spans: tuple[Span, ...] = ()
    evidence: Span | None = None
    """The table row or sentence; the mention's own evidence where None."""
    figure_span: Span | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    """Attribute to the id of the rule that decided it."""
    sentence: int = -1
    """Index of the passage within its section; tables carry that of the passage behind them."""
    list_span: Span | None = None
    """The words that introduce the list in which it stands."""

    @property
    def amount(self) -> tuple[Decimal | None, Decimal | None, str]:
        return self.low, self.high, self.currency


@dataclass(eq=False, slots=True)
class ShareDraft:
    mention: Mention
    security: str
    action: str
    charge: ChargeDraft | None = None
    plan_ordinal: int = 1
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class HeadcountDraft:
    mention: Mention
    low: Decimal | None
    high: Decimal | None
    percent: Decimal | None
    basis: str
    context_spans: tuple[tuple[int, int], ...] = ()
    """The sentence of the percentage, where it is another one."""
    plan_ordinal: int = 1
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """All drafts of a filing."""

    mentions: list[Mention] = field(default_factory=list)
    charges: list[ChargeDraft] = field(default_factory=list)
    shares: list[ShareDraft] = field(default_factory=list)
    headcounts: list[HeadcountDraft] = field(default_factory=list)
