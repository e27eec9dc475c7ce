"""Where in a sentence the words that govern a figure stand.

English puts what an amount is of either before it ("severance of $2 million", "costs will be $2 million")
or behind it ("$2 million of severance", "$2 million is for severance"). The zones keep the two apart, so that
in "severance of $2 million and lease costs of $1 million" each amount has its own words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.charges.categories import categories_in
from pipeline.charges.passages import Passage
from pipeline.figures.model import Figure
from pipeline.figures.rule import wording

# The words just before the figure make what precedes it the head.
_LEFT_HEAD = wording(
    r"(?:\b(?:of|at|be|is|are|was|were|by|to|total(?:s|ing|ling|ed)?|cost|costs|reach|between|"
    r"from|amount(?:s|ing)?(?: to)?|"
    r"equal(?:s|ing)?|remain|than|with)|[:(–—=-])\s*$",
    "severance of ",
    "severance, primarily ",
)
# ... but "consisting of", "including" and "of which" announce a part whose name follows the figure.
_ANNOUNCES_PART = wording(
    r"\b(?:consist(?:s|ing)?(?:\s+(?:primarily|mainly|principally|largely))? of|compris(?:ed|"
    r"ing|es)(?: of)?|composed of|made up of|includ(?:e|es|ed|ing)|of which|of that|"
    r"balance of|remainder of|(?:and|,|;)\s+(?:to|of|in|by|at)|remaining|plus|and|or|,|;|with|"
    r"incur|record|recogni[sz]e|pay|"
    r"spend|take|comprises|which)\s*$",
    "consisting primarily of ",
    "severance of ",
)
_RIGHT_HEAD = wording(
    r"\s*(?:,\s*)?(?:(?:\w+\s+){0,2}(?:of|in)\b(?!\s+(?:the\s+)?(?:which|(?:first|second|"
    r"third|fourth|current|next|fiscal|\d{4}|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"aggregate|total|connection)))|"
    r"(?:for|related|relating|attributable|associated|represent\w*|pertain\w*|comes? from)\b|"
    r"(?:of (?:which|this|that) )?(?:is|are|will be|would be|was|were|relates?|consists?)\b|"
    r"(?:to|as)\s+(?:be|cover|pay|sever|terminate|relocate|close|exit)|"
    r"(?:\(pre-?tax\)\s+)?(?:(?:charges?|costs?|expenses?|payments?|pre-?tax|non-?cash|cash|one-time|"
    r"estimated|restructuring|"
    r"total|aggregate|severance|impairment|retention|"
    r"accelerated|asset|lease|inventory|facility|contract|employee|relocation|stock)\b))",
    " of severance",
    " million, and",
)
# Verbs whose object is the amount's noun phrase: the head starts behind the last of them.
_TAKES_OBJECT = wording(
    r"\b(?:record(?:s|ed|ing)?|incur(?:s|red|ring)?|recogni[sz](?:e|es|ed|ing)|tak(?:e|es|"
    r"ing)|took|pay(?:s|ing)?|paid|"
    r"result(?:s|ed|ing)? in|includ(?:e|es|ed|ing)|consist(?:s|ing)?(?: (?:primarily|mainly|"
    r"principally))? of|"
    r"compris(?:e|es|ed|ing)(?: of)?|made up of|report(?:s|ed|ing)?|reflect(?:s|ed|ing)?|"
    r"spend|bring|brings|require[sd]?|"
    r"lead to|give rise to|of which|realiz(?:e|es|ed|ing)|achiev(?:e|es|ed|ing)|generat(?:e|"
    r"es|ed|ing)|expects?|anticipates?|"
    r"contribut(?:e|es|ed|ing)|receiv(?:e|es|ed|ing))\b",
    "expects to record",
    "expected to close",
)
_OWN_CASH = wording(
    r"(?:,|;|\b(?:and|plus|as well as)\b)\s+(?:the\s+|an?\s+)?(?:estimated\s+|future\s+|"
    r"other\s+)?(?=(?:non-?\s?)?cash\s+(?:[\w-]+\s+)?"
    r"(?:charges?|costs?|expenses?|expenditures?|payments?)\s+(?:of|totall?ing|that total|to|between|"
    r"in the range of)?\s*$)",
    ", and non-cash charges totaling ",
    ", and charges totaling ",
)
_SUMS_UP = wording(
    r"(?:[,;(–—]|\band\b)\s*(?:or\s+|and\s+)?(?:for|or|representing|making|giving|bringing|in|with)\s+"
    r"(?:an?\s+|the\s+|its\s+)?(?:(?:estimated|expected|combined|overall|approximate|grand|cumulative|"
    r"pre-?tax)\s+)*(?:total|aggregate|sum)\b(?:\s+(?:estimated|expected|pre-?tax|non-?cash|cash|"
    r"restructuring|charges?|costs?|expenses?|amount|cost|to|of|is))*\s*$",
    " in wind-down support, for a total of ",
    " in severance for a total of ",
)
"""Behind at least two amounts, what they come to: the words before it name the last of them. Behind one it
says what that makes for all: "$20,000 of severance for each, for a total of"."""
_ON_THE_FIRST = wording(
    r"\s*(?:for|of|in|related to|relating to|associated with|attributable to)\b",
    " for the termination of contracts",
    " and severance",
)
_NAMES_THE_SECOND = wording(
    r"\b(?:of|totall?ing|are|is)\s*$",
    " and severance of ",
    " and severance ",
)
_APART = wording(
    r",\s+(?:of|at)\s*$",
    " exit costs, of ",
    " exit costs of ",
)
_OWN_NOUN = wording(
    r"\b(?:costs?|charges?|expenses?|benefits?|impairments?|write-?(?:downs?|offs?)|severance)\b[^,]*,",
    "other exit costs, principally for the move,",
    "and of this,",
)
"""With a noun of its own before the comma: "other exit costs, principally for the move, of"."""
_CAUSES = wording(
    r"\b(?:result(?:s|ed|ing)?\s+in|lead(?:s|ing)?\s+to|led\s+to|giv(?:e|es|ing)\s+rise\s+to|"
    r"gave\s+rise\s+to|caus(?:e|es|ed|ing))\b",
    "The vesting of these shares will result in",
    "The Company expects to incur",
)
"""What stands before these is why there are costs, not what they are."""
_ENUMERATES = re.compile(r",|\b(?:and|plus|or)\b|;", re.IGNORECASE)
_CLAUSE_BREAK = wording(
    r"(?P<predicate>\b(?:was|were|be|been|are|is)\s+\w+(?:ed|en|de|id|old|"
    r"et)\b[^,;.$€£¥]{0,60}),\s+(?:and|but)\s|"
    r",\s+and\s+(?=(?:it|we|the\s+Company|management)\s+(?:\w+\s+)?(?:expects?|anticipates?|believes?|"
    r"intends?|plans?|estimates?)\b)|"
    r"(?:,\s*)?\b(?:and|with|while)\s+(?:\(\w{1,3}\)\s+)?(?:the\s+)?(?:remainder|balance|rest)\b|;|"
    r"(?<!\bNo)(?<!\b[MD]r)(?<!\bM[rs]s)(?<!\bMs)(?<!\bInc)(?<!\bCorp)(?<!\bCo)\.\s|\s[–—]\s|"
    r"\b(?:while|whereas|although|but|however|excluding|exclusive of)\b|\n",
    "severance; and leases",
    "severance and leases",
)


_NAME_COMMA = wording(
    r"(?:^|[;:])\s*(?:and\s+)?[A-Za-z][^,;:]{2,80},\s*$",
    "; lease termination costs, ",
    "; lease termination costs of ",
)
_ENTRY_ENDS = re.compile(r"\s*(?:;|\.?\s*$)")
"""Entries such as "termination benefits, $31 million; other, $2 million"."""
_PARENTHESIS = wording(
    r"\([^()]*[A-Za-z]{3,}[^()]*$",
    "(an increase of ",
    "(",
)
"""Opened before the figure, with words of its own: "(an increase of #"."""
_RELATIVE_CLAUSE = wording(
    r"[\s,]*(?:all of )?(?:which|that)\s[^,;#]{1,80},",
    ", which will be paid in cash, and",
    " for severance and",
)
"""Behind the figure before, and on it: ", which will be paid in cash,"."""
FARTHEST = 1_500
"""No word farther away than this many characters counts, so that a text without a full stop stays linear."""


@dataclass(frozen=True)
class Zones:
    """The words around one money figure of a sentence. All are plain text; offsets stay with the figure."""

    passage: Passage
    figure: Figure
    before: str
    """From the previous figure of money (or a clause break behind it) to the figure's qualifiers."""
    after: str
    """From the figure to the next figure's qualifiers or a clause break."""
    whole_before: str
    """From the sentence's start to the figure's qualifiers."""
    whole_after: str
    joined: str | None
    """The words between the previous figure and this one, where nothing but those part the two."""
    amounts_before: int = 0
    """How many amounts of the sentence stand before the figure."""

    @cached_property
    def head_is_left(self) -> bool:
        """True where the words before the figure name it."""
        tail = self.before.rstrip() + " "
        if self._opens_a_list:
            return False
        if _NAME_COMMA.search(tail) and _ENTRY_ENDS.match(self.whole_after):
            return True
        if _ANNOUNCES_PART.search(tail) and not (_APART.search(tail) and _OWN_NOUN.search(self.before)):
            return False
        return bool(_LEFT_HEAD.search(tail))

    @cached_property
    def _opens_a_list(self) -> bool:
        """True for "$9 million: $8 million of ...": nothing between the figures names the second."""
        return self.joined is not None and not any(char.isalpha() for char in self.joined)

    @cached_property
    def head_is_right(self) -> bool:
        """True where the words behind the figure name it, or specify it further."""
        return bool(_RIGHT_HEAD.match(self.after))

    @cached_property
    def qualifiers(self) -> str:
        """The words that qualify the figure: "an estimated total of"."""
        return self.passage.section.text[self.figure.phrase_start : self.figure.start]

    @cached_property
    def head(self) -> str:
        """The noun phrase before the figure: what stands behind the last verb that takes an object."""
        if self.joined is not None and (parted := where_names_part(self.joined)):
            return self.joined[parted:]
        cut = 0
        for match in _TAKES_OBJECT.finditer(self.before):
            if self.before[match.end() :].strip(" ,:"):
                cut = match.end()
        if self.joined is not None and (own := _OWN_CASH.search(self.before)):
            # "related to severance, and non-cash charges totaling": the first part is of the figure before.
            return self.before[own.end() :]
        if self.amounts_before > 1 and (sums_up := _SUMS_UP.search(self.before)):
            return self.before[sums_up.start() :]
        if self.joined is not None and not self.head_is_left:
            # The words up to the last comma or "and" belong to the figure before, which they name.
            cut = max([cut, *(match.end() for match in _ENUMERATES.finditer(self.before))])
        return self.before[cut:]

    @cached_property
    def wider(self) -> str:
        """The words before the figure without what causes the cost."""
        return self.before[len(self.cause) :]

    @cached_property
    def cause(self) -> str:
        """What the words before the figure say causes the cost: "The vesting of these shares results in"."""
        ends = [match.end() for match in _CAUSES.finditer(self.before)]
        return self.before[: ends[-1]] if ends else ""


def where_names_part(joined: str) -> int | None:
    """Where, between two figures, the words on the first end and the name of the second begins.

    " for the termination of contracts and severance and other costs of ": the types part at the first "and".
    """
    if not (_ON_THE_FIRST.match(joined) and _NAMES_THE_SECOND.search(joined)):
        return None
    found = categories_in(joined)
    second = next((start for start, _, rule in found if rule.says != found[0][2].says), None)
    if (
        second is None
        or len({rule.says for _, _, rule in found}) != 2
        or found[-1][2].says == found[0][2].says
    ):
        return None
    joints = list(_ENUMERATES.finditer(joined, found[0][1], second))
    return joints[-1].end() if joints else None


def zones_of(passage: Passage, figures: Sequence[Figure], ends: Sequence[int]) -> list[Zones]:
    """The zones of the passage's figures of money, given in reading order with section offsets.

    Args:
        passage: the sentence.
        figures: its amounts, without translations into other currencies.
        ends: where each amount ends, with its translation or its amount after tax in parentheses.
    """
    text = passage.section.text
    made = []
    for position, (figure, end) in enumerate(zip(figures, ends, strict=True)):
        previous = max((other for other in ends[:position] if other <= figure.start), default=None)
        following = next((other for other in figures[position + 1 :] if other.phrase_start >= end), None)
        left = max(previous or passage.start, figure.phrase_start - FARTHEST)
        for match in _CLAUSE_BREAK.finditer(text, left, figure.phrase_start):
            left = match.end()
        if previous and (relative := _RELATIVE_CLAUSE.match(text, left, figure.phrase_start)):
            left = relative.end()
        right = min(following.phrase_start if following else passage.end, end + FARTHEST)
        closed = text.find(")", previous or figure.phrase_start, figure.phrase_start)
        if closed >= 0 and _PARENTHESIS.search(text, max(passage.start, closed - FARTHEST), closed):
            left = max(left, closed + 1)
        if _PARENTHESIS.search(text, max(passage.start, figure.phrase_start - FARTHEST), figure.phrase_start):
            closed = text.find(")", end, right)
            right = closed if closed >= 0 else right
        if broken := _CLAUSE_BREAK.search(text, end, right):
            right = broken.end("predicate") if broken["predicate"] else broken.start()
        made.append(
            Zones(
                passage,
                figure,
                before=text[left : figure.phrase_start],
                after=text[end:right],
                whole_before=text[max(passage.start, figure.phrase_start - FARTHEST) : figure.phrase_start],
                whole_after=text[end : min(passage.end, end + FARTHEST)],
                joined=text[max(previous, left) : figure.phrase_start] if previous else None,
                amounts_before=position,
            )
        )
    return made
