"""The checks of a table: those that its columns imply, then those that it declares."""

from functools import cache

from pipeline.tables.model import Check, Column, Severity, Table
from pipeline.tables.registry import FIGURE_TABLES


@cache
def checks_of(table: Table) -> tuple[Check, ...]:
    """A required column is never null, a vocabulary is closed, a pattern is matched in full.

    An optional column of filings and sections only warns: what a submission's header or an index says of the
    registrant may be odd, and an odd header must not hold back a month.
    """
    implied: list[Check] = []
    for column in table.columns:
        severity: Severity = "reject" if column.required or table.name in FIGURE_TABLES else "warn"
        implied.extend(_implied_by(column, severity))
    return (*implied, *table.checks)


def _implied_by(column: Column, severity: Severity) -> list[Check]:
    checks = []
    if column.required:
        checks.append(
            Check(
                id=f"{column.name}_is_given",
                sentence=f"{column.name} is never null.",
                severity=severity,
                expectation="ExpectColumnValuesToNotBeNull",
                arguments={"column": column.name},
                columns=(column.name,),
            )
        )
    if column.vocabulary:
        checks.append(
            Check(
                id=f"{column.name}_in_vocabulary",
                sentence=f"{column.name} is a word of its vocabulary.",
                severity=severity,
                expectation="ExpectColumnValuesToBeInSet",
                arguments={"column": column.name, "value_set": list(column.vocabulary)},
                columns=(column.name,),
            )
        )
    if column.pattern:
        checks.append(
            Check(
                id=f"{column.name}_has_its_form",
                sentence=f"{column.name} has its form throughout: {column.pattern}",
                severity=severity,
                expectation="ExpectColumnValuesToMatchRegex",
                arguments={"column": column.name, "regex": rf"\A(?:{column.pattern})\Z"},
                columns=(column.name,),
            )
        )
    return checks
