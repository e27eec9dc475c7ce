"""Words around a figure that make it approximate, or open it on one side."""

import re
from dataclasses import dataclass

from pipeline.figures.rule import Rule

BOUNDS: tuple[Rule, ...] = (
    Rule(
        "bound.up_to",
        r"(?:up to|as much as|a maximum of|maximum of|(?:does|do|will|would|should|to|are|is|it) (?:\w+ ){0,3}not (?:expected to |"
        r"anticipated to |likely to )?(?:exceed|be (?:more|greater) than)|not (?:to|expected to) exceed|not exceed(?:ing)?|no (?:more|greater) than|not more than|"
        r"less than|fewer than|below|under|at most|capped at|limited to a maximum of|no(?:t)? higher than)(?: a total of)? $",
        "upper",
        "charges of up to ",
        "charges amount to ",
    ),
    Rule(
        "bound.at_least",
        r"(?:at least|no(?:t)? (?:less|fewer|lower) than|more than|greater than|in excess of|exceed(?:s|ing)?|exceeded|"
        r"above|over|a minimum of|minimum of|upwards? of|(?:can|could|may|will|would|to) exceed)(?: a total of)? $",
        "lower",
        "costs in excess of ",
        "costs which will not reach ",
    ),
)
APPROXIMATIONS: tuple[Rule, ...] = (
    Rule(
        "approx.adverb",
        r"(?:approximately|approx\.?|about|roughly|around|some|nearly|almost|close to|in the (?:area|neighbou?rhood|"
        r"vicinity) of|on the order of|an? (?:aggregate |total )?estimated(?: (?:total|aggregate))?|~)(?: of)? $",
        "approximate",
        "a charge of approximately ",
        "a charge of ",
    ),
    Rule(
        "approx.estimated_at",
        r"(?:estimated|estimates|estimate)(?: (?:to|at|it|them|that|will|would|be|range|total|cost|between|from|in|the|"
        r"range|of|as|a|its|this|these|such|costs?|charges?|is|are))* $",
        "approximate",
        "costs are estimated at ",
        "the estimated costs include severance of ",
    ),
)
_FILLER = re.compile(
    r"(?:a range of|the range of|in the range of|range(?:s)? (?:from|between|of)|range of|between|from|an additional|a total of|an aggregate of|a|an|the|of|approximately|about|roughly|another|additional|further|total|aggregate)\s+$",
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
        for rule in BOUNDS:
            if bound is None and (match := rule.regex.search(window)):
                bound = rule.says
                break
        else:
            for rule in APPROXIMATIONS:
                if match := rule.regex.search(window):
                    approximate = True
                    break
            else:
                match = _FILLER.search(window)
                if match is None:
                    return Qualified(phrase_start, bound, approximate)
                position = window_start + match.start()
                continue
        position = window_start + match.start()
        phrase_start = position
