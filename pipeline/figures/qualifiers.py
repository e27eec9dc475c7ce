"""Words around a figure that make it approximate, or open it on one side."""

import re
from dataclasses import dataclass

from pipeline.figures.rule import Rule

BOUNDS: tuple[Rule, ...] = (
    Rule(
        "bound.up_to",
        r"\b(?:up to|upto|as much as|as high as|at the most|a maximum(?: amount)? of|maximum(?: "
        r"amount)? of|(?:does|do|"
        r"will|would|should|to|are|is|it) (?:\w+ ){0,3}not (?:expected to |"
        r"anticipated to |likely to )?(?:exceed|be (?:more|greater) than)|not (?:to|"
        r"expected to) exceed|not exceed(?:ing)?|no (?:more|greater) than|not more than|"
        r"less than|fewer than|below|under|at most|capped at|limited to a maximum of|"
        r"no(?:t)? higher than)(?: a total of)? $",
        "upper",
        "charges of up to ",
        "charges amount to ",
    ),
    Rule(
        "bound.at_least",
        r"\b(?:at least|no(?:t)? (?:less|fewer|lower) than|as low as|at the least|more than|"
        r"greater than|in excess of|exceed(?:s|ing)?|exceeded|"
        r"above|over|a minimum of|minimum of|upwards? of|(?:can|could|may|will|would|"
        r"to) exceed)(?: a total of)? $",
        "lower",
        "costs in excess of ",
        "costs which will not reach ",
    ),
)
APPROXIMATIONS: tuple[Rule, ...] = (
    Rule(
        "approx.adverb",
        r"(?:\b(?:approximately|approx\.?|circa\.?|about|roughly|around|approximating|some|nearly|"
        r"almost|close to|"
        r"in the (?:area|neighbou?rhood|"
        r"vicinity) of|on the order of|an? (?:aggregate |total )?estimated(?: (?:total|"
        r"aggregate))?)(?: of)? |~ ?)$",
        "approximate",
        "a charge of approximately ",
        "a charge of ",
    ),
    Rule(
        "approx.estimated_at",
        r"\bestimated(?: (?:at|to be|to total|as|between|from|in the range of))* $",
        "approximate",
        "costs are estimated at ",
        "estimated costs of ",
    ),
)
_FILLER = re.compile(
    r"(?:a range of|the range of|in the range of|range(?:s)? (?:from|between|of)|range of|"
    r"between|from|an additional|a total of|an aggregate of|a|an|the|of|approximately|about|"
    r"roughly|another|additional|further|total|aggregate)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Qualified:
    """What the words before a figure say of it."""

    phrase_start: int
    bound: str | None
    is_approximate: bool


def qualify(text: str, start: int) -> Qualified:
    """Read the words just before `start`: "up to approximately", "no more than", "estimated at".

    Fillers such as "a total of" and "between" may stand among them.
    """
    position, bound, approximate = start, None, False
    phrase_start = start
    window_start = max(0, start - 120)
    while True:
        window = text[window_start:position]
        if bound is None and (found := _longest(BOUNDS, window)):
            match, rule = found
            bound = rule.says
        elif found := _longest(APPROXIMATIONS, window):
            match, approximate = found[0], True
        elif filler := _FILLER.search(window):
            position = window_start + filler.start()
            continue
        else:
            return Qualified(phrase_start, bound, approximate)
        position = window_start + match.start()
        phrase_start = position


def _longest(rules: tuple[Rule, ...], window: str) -> tuple[re.Match[str], Rule] | None:
    """ "no less than" is a lower bound, although "less than" is an upper one: the longest match decides."""
    found = [(match, rule) for rule in rules if (match := rule.regex.search(window))]
    return min(found, key=lambda pair: pair[0].start(), default=None)
