"""A rule that reads figures or what they mean: data with an id, an example and a counterexample."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Rule:
    """One piece of general knowledge about English, accounting or EDGAR.

    `pattern` is a regular expression, matched without regard to case; a blank in it stands for any
    white space, a blank with a question mark for white space or none.
    `says` is the conclusion. `example` must match and `counterexample` must not: a test runs both.
    """

    id: str
    pattern: str
    says: str
    example: str
    counterexample: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return _compiled(self.pattern)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """A turn of phrase that some step looks for, with an example and a counterexample like a rule's."""

    regex: re.Pattern[str]
    example: str
    counterexample: str


WORDINGS: list[Wording] = []
"""All that `wording` made, for the test that runs their examples."""


def wording(pattern: str, example: str, counterexample: str) -> re.Pattern[str]:
    """The pattern's regular expression; blanks and case as in a rule."""
    regex = _compiled(pattern)
    WORDINGS.append(Wording(regex, example, counterexample))
    return regex


def check_wordings(wordings: Sequence[Wording]) -> list[str]:
    """Those whose example does not match or whose counterexample does."""
    return [
        f"{wording.regex.pattern!r}: {wording.example!r}, not {wording.counterexample!r}"
        for wording in wordings
        if not wording.regex.search(wording.example) or wording.regex.search(wording.counterexample)
    ]


def check_rules(rules: tuple[Rule, ...]) -> list[str]:
    """What is wrong with a rule set: double ids, examples that fail, counterexamples that match."""
    problems = []
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            problems.append(f"{rule.id}: stands twice")
        seen.add(rule.id)
        if not rule.regex.search(rule.example):
            problems.append(f"{rule.id}: does not match its example {rule.example!r}")
        if rule.regex.search(rule.counterexample):
            problems.append(f"{rule.id}: matches its counterexample {rule.counterexample!r}")
    return problems
