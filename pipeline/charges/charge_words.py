"""The words that say what one charge is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.charges.roles import PART_OF
from pipeline.charges.zones import Zones, where_names_part
from pipeline.figures.rule import Rule, wording

_OF_WHICH_FIRST = re.compile(r"\s*(?:of (?:which|this|that|these|those)\b)?", re.IGNORECASE)
"""Right behind a figure, "$3 million of which relates to vesting" is about that figure."""
_ADDS = wording(
    r"\s*,?\s*(?:primarily|mainly|principally|mostly|largely|all|substantially all|related|relating|"
    r"consisting)\b",
    ", primarily severance",
    ", severance",
)
ASIDES = re.compile(r"\([^()]*\)")
_NEXT_ITEM = re.compile(r",|\band\b|\bplus\b|;", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The stretches that say what one charge is, cut from its zones."""

    zones: Zones
    after: str
    """Behind the figure, without what already names the next one."""

    @property
    def own(self) -> str:
        """The figure's noun phrase and what is said behind it."""
        return f"{self.zones.head}{self.zones.qualifiers} # {self.after}"

    @property
    def frame(self) -> str:
        return f"{self.zones.before} # {self.zones.after}"


def words_of(zones: Zones, following: Zones | None) -> Words:
    """Cut the words behind the figure where the next figure's own words start."""
    after = zones.after
    if (
        following is not None
        and following.joined is not None
        and (parted := where_names_part(following.joined))
    ):
        after = following.joined[:parted]
    elif following is not None:
        cuts = [match.start() for match in _NEXT_ITEM.finditer(after)]
        named_behind = following.head_is_left
        match = PART_OF.regex.search(after, len(_OF_WHICH_FIRST.match(after).group()))  # type: ignore[union-attr]
        if match and not (match.group().strip() in ("(", ":") and named_behind and cuts):
            after = after[: match.start()]
        elif named_behind and cuts:
            adds = zones.head_is_right or _ADDS.match(after)
            after = after[: cuts[-1] if adds and len(cuts) > 1 else cuts[0]]
    return Words(zones, after)


def is_listed(zones: Zones) -> bool:
    """True for an amount that follows another in its sentence, or stands in a list."""
    return zones.joined is not None or zones.passage.lead_in is not None


def first_rule(rules: Sequence[Rule], text: str) -> Rule | None:
    return next((rule for rule in rules if rule.regex.search(text)), None)
