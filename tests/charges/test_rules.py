"""Every rule matches its own example and not its counterexample, and has an id of its own."""

import importlib
import pkgutil
import re

import pytest

import pipeline.charges
import pipeline.figures
from pipeline.figures.rule import WORDINGS, Rule, Wording, check_rules, check_wordings


def _rule_sets() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for package in (pipeline.charges, pipeline.figures):
        for module_info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{module_info.name}")
            for name, value in vars(module).items():
                rules = (value,) if isinstance(value, Rule) else value if isinstance(value, tuple) else ()
                if rules and all(isinstance(rule, Rule) for rule in rules):
                    found[f"{module_info.name}.{name}"] = rules
    return found


RULE_SETS = _rule_sets()


@pytest.mark.parametrize("name", RULE_SETS)
def test_rules_match_their_examples_only(name: str) -> None:
    assert check_rules(RULE_SETS[name]) == []


def test_ids_are_unique() -> None:
    by_id: dict[str, set[str]] = {}
    for rules in RULE_SETS.values():
        for rule in rules:
            by_id.setdefault(rule.id, set()).add(rule.pattern)
    assert {rule_id for rule_id, patterns in by_id.items() if len(patterns) > 1} == set()


def test_a_rule_whose_example_fails_is_found() -> None:
    wrong = Rule("x", r"\bsavings\b", "saving", "a charge", "the savings")
    assert len(check_rules((wrong, wrong))) == 5


def test_turns_of_phrase_match_their_examples_only() -> None:
    assert len(WORDINGS) > 100
    assert check_wordings(WORDINGS) == []


def test_a_wording_whose_example_fails_is_found() -> None:
    regex = re.compile("savings")
    assert (
        len(check_wordings([Wording(regex, "a charge", "none"), Wording(regex, "savings", "savings")])) == 2
    )
