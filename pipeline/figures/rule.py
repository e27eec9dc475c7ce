"""A rule that reads figures or what they mean: data with an id, an example and a counterexample."""

import re
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
        return re.compile(self.pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)


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
