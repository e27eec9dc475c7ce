"""What the checks found in the rows as they stand: by check how many, in which months, and examples.

Here belongs counting. What a check guards stands in the registry, how it judges in `expectations`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipeline.pages.check_words import check_sentence, is_review
from pipeline.pages.site.rows import Row, rows
from pipeline.tables.registry import JUDGED_TABLES, TABLES
from pipeline.warehouse.cross_month import CROSS_MONTH_CHECKS, REFERENCES_HOLD, judge

EXAMPLES = 3
_LONGEST = 240
"""Characters of an example's words."""


@dataclass(frozen=True, slots=True)
class Example:
    """A row that a check found: its filing, if it is of one, and what was seen."""

    accession_number: str
    company_name: str
    words: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check and the rows that it rejects or flags."""

    id: str
    sentence: str
    severity: str
    """`reject`, `warn`, `hold` (the month is not published), or `error` (the tables are wrong)."""
    found: int
    months: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class TableResult:
    """A table's checks in the order of the registry, and how many rows it has."""

    name: str
    published: int
    rejected: int
    flagged: int
    """Rows that a check finds odd."""
    checks: tuple[CheckResult, ...]
    reviewed: int
    """Rows on which somebody decided."""


def table_results(connection: duckdb.DuckDBPyConnection) -> list[TableResult]:
    """The judged tables."""
    rejected = {(row["table_name"], row["check_id"]): row for row in rows(connection, _REJECTED, [EXAMPLES])}
    return [_table(connection, name, rejected) for name in JUDGED_TABLES]


def month_results(connection: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """The checks of all months together: references between tables, and what comparing shows."""
    verdict = judge(connection)
    names = dict(connection.execute("SELECT accession_number, company_name FROM filings").fetchall())
    broken = tuple(Example("", "", sentence) for sentence in verdict.broken)
    results = [
        CheckResult(
            REFERENCES_HOLD,
            "Every reference that the registry declares leads to a row.",
            "error",
            len(broken),
            (),
            broken[:EXAMPLES],
        )
    ]
    for check_id, sentence in CROSS_MONTH_CHECKS.items():
        found = [finding for finding in verdict.findings if finding.check_id == check_id]
        examples = tuple(
            Example(
                finding.accession_number or "",
                names.get(finding.accession_number, "") if finding.accession_number else finding.filed_month,
                finding.observed,
            )
            for finding in found[:EXAMPLES]
        )
        months = tuple(sorted({finding.filed_month for finding in found}))
        results.append(CheckResult(check_id, sentence, "warn", len(found), months, examples))
    return results


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, rejected: dict[tuple[str, str], Row]
) -> TableResult:
    table = TABLES[name]
    flagged = {row["check_id"]: row for row in rows(connection, _flagged(name), [EXAMPLES])}
    of_table = {check_id: row for (table_name, check_id), row in rejected.items() if table_name == name}
    declared = {check.id: check.severity for check in table.checks}
    # What columns imply is checked too, and named here where a row fails it.
    implied = {check_id: "warn" for check_id in flagged if not is_review(check_id)}
    implied |= dict.fromkeys(of_table, "reject")
    checks = []
    for check_id, severity in (declared | implied | declared).items():
        found = of_table.get(check_id) or flagged.get(check_id)
        shown = "hold" if severity == "reject" and name in ("filings", "sections") else severity
        checks.append(_result(check_id, check_sentence(name, check_id), shown, found))
    return TableResult(
        name=name,
        published=_number(connection, f"SELECT count(*) FROM {name}"),
        # A row may fail several checks.
        rejected=_number(
            connection, f"SELECT count(DISTINCT row_key) FROM rejected_rows WHERE table_name = '{name}'"
        ),
        flagged=_number(
            connection,
            f"SELECT count_if(len(list_filter(flags, lambda flag: NOT ends_with(flag, '_in_review'))) > 0) "
            f"FROM {name}",
        ),
        checks=tuple(checks),
        reviewed=sum(row["found"] for check_id, row in flagged.items() if is_review(check_id)),
    )


def _result(check_id: str, sentence: str, severity: str, found: Row | None) -> CheckResult:
    if found is None:
        return CheckResult(check_id, sentence, severity, 0, (), ())
    examples = tuple(
        Example(row["accession_number"] or "", row["company_name"] or "", _shortened(row["words"]))
        for row in found["examples"]
    )
    return CheckResult(check_id, sentence, severity, found["found"], tuple(found["months"]), examples)


def _shortened(words: str | None) -> str:
    words = " ".join((words or "").split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = connection.execute(sql).fetchone()
    return int(found[0] or 0) if found else 0


_COUNTED = """
    SELECT {keys}, count(*) AS found, list_sort(list(DISTINCT filed_month)) AS months,
        list({{accession_number: accession_number, company_name: company_name, words: words}}
            ORDER BY accession_number, row_key)[:$1] AS examples
    FROM ({found}) LEFT JOIN (SELECT accession_number, company_name FROM filings) USING (accession_number)
    GROUP BY ALL ORDER BY ALL
"""
_REJECTED = _COUNTED.format(
    keys="table_name, check_id",
    found="""
        SELECT table_name, expectation AS check_id, row_key, filed_month, observed AS words,
            "row"::JSON ->> 'accession_number' AS accession_number
        FROM rejected_rows
    """,
)


def _flagged(name: str) -> str:
    table = TABLES[name]
    words = next((c for c in ("evidence", "course_of_action", "mention_text", "read_problem", "title")
                  if c in table.column_names), "NULL")  # fmt: skip
    key = " || '|' || ".join(table.key)
    return _COUNTED.format(
        keys="check_id",
        found=f"SELECT unnest(flags) AS check_id, {key} AS row_key, filed_month, {words} AS words, "
        f"accession_number FROM {name}",
    )


def months_in_words(months: Sequence[str], most: int = 4) -> str:
    """The months, the latest few where there are many."""
    if len(months) <= most:
        return ", ".join(months)
    return f"{', '.join(months[-most:])} and {len(months) - most:,} earlier"
