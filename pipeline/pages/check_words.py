"""Checks in words: what each guards, as the tables declare it, and what a review decided."""

from functools import cache

from pipeline.tables.registry import TABLES

_REVIEWED = {
    "accepted_in_review": "Somebody looked at the row and found it right.",
    "corrected_in_review": "Somebody looked at the row and corrected it.",
    "dropped_in_review": "Somebody looked at the row and found that it is no figure of the plan.",
}
_IMPLIED = (
    ("_is_given", "{} is never null."),
    ("_in_vocabulary", "{} is a word of its vocabulary."),
    ("_has_its_form", "{} has its form throughout."),
)


def is_review(check_id: str) -> bool:
    """Whether the flag says that somebody decided on the row, and not that a check found it odd."""
    return check_id in _REVIEWED


@cache
def check_sentence(table_name: str, check_id: str) -> str:
    """What the check guards, in a sentence; the id itself where no check of the table is called so."""
    if check_id in _REVIEWED:
        return _REVIEWED[check_id]
    declared = TABLES[table_name].checks if table_name in TABLES else ()
    for check in declared:
        if check.id == check_id:
            return check.sentence
    for ending, sentence in _IMPLIED:
        if check_id.endswith(ending):
            return sentence.format(check_id.removesuffix(ending))
    return check_id
