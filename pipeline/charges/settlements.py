"""Cash or not, where the words stand apart from the figure: in its sentence, the next, a table's lead-in."""

import re
from collections.abc import Iterator, Sequence

from pipeline.charges.categories import categories_in, category_of
from pipeline.charges.passages import Passage, TablePassage
from pipeline.charges.readings import ChargeDraft
from pipeline.charges.roles import TOTAL
from pipeline.charges.settlement_rules import CASH, CASH_OF_ALL, EXCEPTED, LIST_OF_ONE_SETTLEMENT, REFERS_BACK
from pipeline.figures.rule import Rule, wording

_BEFORE_A_LIST = 12
_PART_ONLY = wording(
    r"(?:\d|illion|portion|part|majority|most|half|%)\s+of\s+$",
    " a portion of ",
    " all of ",
)
"""Before "these charges will be cash": it is said of a part of them."""
_CLAUSES = re.compile(
    r";|,?\s+\b(?:while|whereas|and)\b(?=\s+(?:the|these|those|other|all|substantially|any|such|"
    r"severance|it)\b)",
    re.IGNORECASE,
)
_SAYS = wording(
    r"\b(?:will|would|is|are|was|were|be|represents?|results?|requires?|consists?|involves?)\b",
    "the charges will be",
    "the charges of",
)
_STATES_MONEY = wording(
    r"[$€£¥]|\b(?:m|b)illion\b",
    "$5 million",
    "severance",
)
_REST = wording(
    r"\b(?:remaining|remainder|rest|balance|all other|other) (?:of )?(?:[\w-]+ ){0,3}",
    "the remaining charges",
    "the charges",
)


def settle_sentence(drafts: Sequence[ChargeDraft], sentence: str, starts: Sequence[int]) -> bool:
    """Apply "all of which will be paid in cash" to the drafts before it; true where such words were found.

    Before a colon the words are about what follows: "the following, all of it in cash: ...".

    Args:
        drafts: the sentence's own drafts (or, where it states none, those of the sentences before it).
        sentence: its text.
        starts: where each draft's figure starts in it; empty where the drafts stand in another sentence.
    """
    for rule in CASH_OF_ALL:
        match = rule.regex.search(sentence)
        if match is None or _PART_ONLY.search(sentence[: match.start()]):
            continue
        introduces = ":" in sentence[match.end() : match.end() + _BEFORE_A_LIST]
        for position, draft in enumerate(drafts):
            if starts and starts[position] > match.start() and not introduces:
                continue
            if draft.settlement == "unstated":
                draft.settlement, draft.reasons["settlement"] = rule.says, rule.id
        return True
    return False


def settle_list(passage: Passage, drafts: Sequence[ChargeDraft]) -> None:
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


def speaks_of_all(text: str) -> bool:
    """True where a sentence speaks of the amounts before it, not of one type: "The charges will be paid"."""
    match = REFERS_BACK.regex.search(text)
    return match is not None and category_of(match.group()) is None


def settle_table(table: TablePassage, drafts: Sequence[ChargeDraft], behind: Passage | None) -> None:
    """ "The following costs, all payable in cash:" above a table; "These will be paid in cash" below."""
    settle_sentence(drafts, table.lead_in_text, [])
    if behind is None or not speaks_of_all(behind.text):
        return
    excepted = EXCEPTED.regex.search(behind.text)
    spared = {rule.says for _, _, rule in categories_in(excepted.group())} if excepted else set()
    if "asset_impairment" in spared:
        spared.add("goodwill_intangible")
    settle_sentence(
        [draft for draft in drafts if draft.category not in spared and draft.role == "component"],
        behind.text,
        [],
    )


def settle_by_type(passages: Sequence[Passage], drafts: Sequence[ChargeDraft]) -> None:
    """ "Severance will be paid in cash, while accelerated depreciation is a non-cash charge": type by type.

    Args:
        passages: the sentences of a section.
        drafts: its charges, those of tables included.
    """
    for passage in passages:
        if _STATES_MONEY.search(passage.text):
            continue  # what is said there is said of the amounts there
        for names, has_rest, rule in _said_by_type(passage.text):
            for draft in drafts:
                if draft.settlement != "unstated" or draft.role not in ("component", "subtotal"):
                    continue
                if draft.category in names or (has_rest and draft.category not in names):
                    draft.settlement, draft.reasons["settlement"] = rule.says, rule.id + "@type"


def _said_by_type(text: str) -> Iterator[tuple[set[str], bool, Rule]]:
    """For each clause that says how costs are settled: the types it names, and whether it names the rest."""
    for clause in _CLAUSES.split(text):
        rule = next((rule for rule in CASH if rule.regex.search(clause)), None)
        if rule is None:
            continue
        match = rule.regex.search(clause)
        assert match is not None
        subject = clause[: match.start()]
        names = {found.says for _, _, found in categories_in(subject)}
        has_rest = not names - {"other"} and bool(_REST.search(subject))
        if (names or has_rest) and _SAYS.search(clause[: match.end()]):
            yield names, has_rest, rule
