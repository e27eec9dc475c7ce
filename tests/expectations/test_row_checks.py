"""Every check of every table fails the row it must fail, and passes the rows it must pass."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from expectations import Judgement, judge_month
from expectations.derivation import DERIVED_COLUMNS
from expectations.suites import checks_of
from pipeline.tables import TABLES
from pipeline.tables.arrow import arrow_schema
from tests.factories import Row, Rows, filing_rows, together

BAD: dict[tuple[str, str], Mapping[str, Any]] = {
    ("filings", "problem_is_stated"): {"read_status": "unreadable", "read_problem": "  "},
    ("filings", "report_not_after_filing"): {"report_date": dt.date(2008, 10, 28)},
    ("sections", "filing_exists"): {"accession_number": "0009999999-08-{case:06d}"},
    ("sections", "char_count_is_the_length"): {"char_count": 500_000},
    ("exit_plans", "filing_exists"): {"accession_number": "0009999999-08-{case:06d}"},
    ("exit_plans", "total_bounds_ordered"): {"total_low": Decimal(2), "total_high": Decimal(1)},
    ("exit_plans", "cash_bounds_ordered"): {"cash_low": Decimal(2), "cash_high": Decimal(1)},
    ("exit_plans", "noncash_bounds_ordered"): {"noncash_low": Decimal(2), "noncash_high": Decimal(1)},
    ("exit_plans", "headcount_bounds_ordered"): {"headcount_low": 2, "headcount_high": 1},
    ("exit_plans", "completion_not_before_commitment"): {"completion_by": dt.date(2008, 10, 20)},
    ("exit_plans", "parts_add_up"): {"reconciliation": "does_not_add_up"},
    ("charges", "amount_bounds_ordered"): {
        "amount_low": Decimal(9_500_000),
        "amount_high": Decimal(8_000_000),
    },
    ("charges", "amount_is_stated"): {"amount_low": None, "amount_high": None},
    ("charges", "negative_only_for_credit"): {"amount_low": Decimal(-8_000_000)},
    ("charges", "currency_is_stated"): {"currency": None},
    ("charges", "open_bound_is_stated"): {"amount_low": None},
    ("charges", "currency_reads_from_figure"): {"currency": "EUR"},
    ("charges", "amount_reads_from_figure"): {"amount_low": Decimal(8_000)},
    ("charges", "amount_low_is_plausible"): {"amount_low": Decimal(-200_000_000_000)},
    ("charges", "amount_high_is_plausible"): {"amount_high": Decimal(200_000_000_000)},
    ("charges", "period_is_ordered"): {
        "period_start": dt.date(2009, 3, 31),
        "period_end": dt.date(2009, 1, 1),
    },
    ("charges", "parent_exists"): {"parent_charge_id": "f" * 20},
    ("charges", "part_not_above_parent"): {"parent_charge_id": "{smaller}"},
    ("share_figures", "count_bounds_ordered"): {"count_low": 2, "count_high": 1},
    ("share_figures", "value_bounds_ordered"): {"value_low": Decimal(2), "value_high": Decimal(1)},
    ("share_figures", "count_is_positive"): {"count_low": 0},
    ("share_figures", "count_is_plausible"): {"count_high": 20_000_000_000},
    ("share_figures", "count_reads_from_figure"): {"count_low": 7, "count_high": 7},
    ("share_figures", "charge_exists"): {"charge_id": "f" * 20},
    ("share_figures", "value_is_the_charge"): {"charge_id": "{smaller}", "value_low": Decimal(1)},
    ("headcount_figures", "count_bounds_ordered"): {"count_low": 2, "count_high": 1},
    ("headcount_figures", "headcount_is_stated"): {"count_low": None, "count_high": None},
    ("headcount_figures", "count_reads_from_figure"): {"count_low": 7, "count_high": 7},
    ("headcount_figures", "headcount_is_plausible"): {"count_high": 2_000_000},
    ("mentions", "mention_is_the_text"): {"mention_text": "$8.0 billion"},
    ("mentions", "mention_is_accounted_for"): {"target_id": None, "target_table": None},
    ("mentions", "target_exists"): {"target_id": "f" * 20},
}
for _table in ("charges", "share_figures", "headcount_figures"):
    BAD |= {
        (_table, "plan_exists"): {"plan_ordinal": 2},
        (_table, "evidence_is_the_text"): {"char_start": 3},
        (_table, "figure_inside_evidence"): {"figure_start": 0},
        (_table, "context_inside_section"): {"context_spans": [{"start": 0, "end": 1_000_000}]},
    }
APPLIES: dict[tuple[str, str], Mapping[str, Any]] = {
    ("filings", "problem_is_stated"): {
        "read_status": "no_figures",
        "read_problem": "Item 2.05 has no figures.",
    },
    ("charges", "period_is_ordered"): {
        "period_start": dt.date(2009, 1, 1),
        "period_end": dt.date(2009, 3, 31),
    },
    ("share_figures", "charge_exists"): {"charge_id": "{smaller}"},
    ("share_figures", "value_is_the_charge"): {
        "charge_id": "{smaller}",
        "value_low": Decimal(3_000_000),
        "value_high": Decimal(3_500_000),
        "currency": "USD",
    },
}
"""Where the ordinary good row does not show that the check applies and passes."""


def implied(table: str, check_id: str) -> Mapping[str, Any]:
    """A change that breaks a check which a column's declaration implies."""
    for ending, value in (("_is_given", None), ("_in_vocabulary", "nonsense"), ("_has_its_form", "x")):
        if check_id.endswith(ending):
            return {check_id.removesuffix(ending): value}
    raise LookupError(f"no bad row is known for {table}.{check_id}")


CASES = [(table, check.id) for table in DERIVED_COLUMNS for check in checks_of(TABLES[table])]


def bent(table: str, changes: Mapping[str, Any], case: int) -> tuple[Rows, Row]:
    """The rows of one filing of which the table's first row has the changes."""
    rows = filing_rows(f"0001000001-08-{case:06d}")
    smaller = rows["charges"][2]["charge_id"]
    row = rows[table][0]
    for name, value in changes.items():
        row[name] = value.format(case=case, smaller=smaller) if isinstance(value, str) else value
    return rows, row


def key_of(table: str, row: Row) -> str:
    return "|".join("" if row[name] is None else str(row[name]) for name in TABLES[table].key)


def nullable(rows: Rows) -> dict[str, pa.Table]:
    """Arrow tables that may hold nulls where the declaration forbids them."""
    return {
        name: pa.Table.from_pylist(
            listed, schema=pa.schema([field.with_nullable(True) for field in arrow_schema(TABLES[name])])
        )
        for name, listed in rows.items()
    }


@pytest.fixture(scope="module")
def judged() -> tuple[Judgement, list[str]]:
    """One month in which each filing breaks one check, and the key of the row that breaks it."""
    filings, keys = [], []
    for number, (table, check_id) in enumerate(CASES, start=1):
        rows, row = bent(table, BAD.get((table, check_id)) or implied(table, check_id), number)
        filings.append(rows)
        keys.append(key_of(table, row))
    return judge_month("2008-10", nullable(together(*filings))), keys


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}.{case[1]}")
def test_the_row_that_it_must_fail(judged: tuple[Judgement, list[str]], case: tuple[str, str]) -> None:
    judgement, keys = judged
    outcome = next(found for found in judgement.outcomes if (found.table, found.check_id) == case)

    assert not outcome.passed
    assert keys[CASES.index(case)] in outcome.row_keys
    assert outcome.examples


@pytest.fixture(scope="module")
def good() -> Judgement:
    filings = [filing_rows("0001000001-08-000900")]
    for number, ((table, _), changes) in enumerate(APPLIES.items(), start=901):
        filings.append(bent(table, changes, number)[0])
    return judge_month("2008-10", nullable(together(*filings)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}.{case[1]}")
def test_the_rows_that_it_must_pass(good: Judgement, case: tuple[str, str]) -> None:
    outcome = next(found for found in good.outcomes if (found.table, found.check_id) == case)

    assert outcome.passed, outcome.examples
