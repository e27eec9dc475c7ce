"""Every check of every table fails the row it must fail, and passes the rows it must pass."""

import datetime as dt
from collections.abc import Callable, Mapping
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

Changes = Mapping[str, Any] | Callable[[Rows], Row]
"""Values for the table's first row; or what bends a filing's rows and says which one is meant."""


def without_a_mention(rows: Rows) -> Row:
    rows["mentions"].pop()
    return rows["sections"][0]


def read_twice(table: str) -> Callable[[Rows], Row]:
    def bend(rows: Rows) -> Row:
        return another(rows, table, 0)

    return bend


def another(rows: Rows, table: str, number: int, **changes: Any) -> Row:
    """A copy of the table's row under an id of its own."""
    twin = {**rows[table][number], "ordinal": 99, **changes}
    key = TABLES[table].key[0]
    twin[key] = f"{twin['ordinal']:04d}" + str(twin[key])[4:]
    rows[table].append(twin)
    return twin


def a_second_total(rows: Rows) -> Row:
    return another(rows, "charges", 0, figure_start=rows["charges"][0]["figure_start"] + 1)


def with_text(rows: Rows, words: str, mentioned: Mapping[str, str]) -> tuple[int, int]:
    """Add a line to the section, with a mention for each of the words; returns where it stands."""
    section = rows["sections"][0]
    start = len(section["text"]) + 1
    section["text"] += f"\n{words}"
    section["char_count"] = len(section["text"])
    for number, (figure, unit) in enumerate(mentioned.items()):
        place = section["text"].index(figure, start)
        mention = {**rows["mentions"][-1], "mention_id": f"{number:04d}" + "a" * 16, "unit": unit}
        mention |= {"mention_text": figure, "char_start": place, "char_end": place + len(figure)}
        rows["mentions"].append(mention)
    return start, start + len(words)


def with_percent(percent: int) -> Callable[[Rows], Row]:
    """The headcount, of which the evidence says that it is 15% of the workforce."""

    def bend(rows: Rows) -> Row:
        start, end = with_text(rows, "The 120 positions are 15% of the workforce.", {"15%": "percent"})
        row = rows["headcount_figures"][0]
        row |= {"evidence": rows["sections"][0]["text"][start:end], "char_start": start, "char_end": end}
        row |= {"figure_start": start + 4, "figure_end": start + 17, "percent": Decimal(percent)}
        rows["mentions"].append(
            {**rows["mentions"][4], "mention_id": "b" * 20, "char_start": start + 4, "char_end": start + 17}
        )
        return row

    return bend


def of_a_table(*amounts: int) -> Callable[[Rows], Row]:
    """The components as lines of a table in thousands, read as the amounts."""

    def bend(rows: Rows) -> Row:
        unit_start, unit_end = with_text(rows, "(in thousands)", {})
        for row, amount, line in zip(
            rows["charges"][1:], amounts, ("Severance\t5,000", "Leases\t3,000", "Moves\t4,000"), strict=True
        ):
            start, end = with_text(rows, line, {})
            row |= {"evidence": line, "char_start": start, "char_end": end, "role": "component"}
            row |= {"figure_start": end - 5, "figure_end": end, "settlement": "unstated"}
            row |= {"amount_low": Decimal(amount), "amount_high": Decimal(amount)}
            row["context_spans"] = [{"start": unit_start, "end": unit_end}]
        for mention in rows["mentions"][1:4]:
            mention |= {"relation": "none", "target_table": None, "target_id": None, "kind": "other_matter"}
        whole = Decimal(sum(amounts))
        rows["exit_plans"][0] |= {"cash_high": None, "components_low": whole, "components_high": whole}
        return rows["charges"][2]

    return bend


def with_cash_and_noncash(noncash: int) -> Callable[[Rows], Row]:
    """A total of 8 to 9.5 million, 5 to 6 of it cash, and this much non-cash."""

    def bend(rows: Rows) -> Row:
        cash = another(rows, "charges", 1, ordinal=11, role="cash_portion", settlement="cash")
        other = another(rows, "charges", 2, ordinal=12, role="noncash_portion", settlement="noncash")
        other |= {"amount_low": Decimal(noncash), "amount_high": Decimal(noncash)}
        for charge in (cash, other):
            charge["counts_in_sum"] = False
        plan = rows["exit_plans"][0]
        for name, charge in (("cash", cash), ("noncash", other)):
            plan |= {f"{name}_low": charge["amount_low"], f"{name}_high": charge["amount_high"]}
        return plan

    return bend


def without_figures(rows: Rows) -> Row:
    for name in ("charges", "share_figures", "headcount_figures", "mentions", "exit_plans"):
        rows[name].clear()
    rows["sections"][0] |= {"text": "Nothing is said.", "char_count": 16}
    rows["filings"][0] |= {"read_status": "no_figures", "read_problem": "Item 2.05 has no figures."}
    return rows["filings"][0]


BAD: dict[tuple[str, str], Changes] = {
    ("filings", "problem_is_stated"): {"read_status": "unreadable", "read_problem": "  "},
    ("filings", "report_not_after_filing"): {"report_date": dt.date(2008, 10, 28)},
    ("filings", "submission_was_had"): {"read_status": "not_fetched", "read_problem": "status 404"},
    ("filings", "charges_or_a_reason"): {"read_status": "no_figures", "read_problem": "It has none."},
    ("sections", "filing_exists"): {"accession_number": "0009999999-08-{case:06d}"},
    ("sections", "char_count_is_the_length"): {"char_count": 500_000},
    ("sections", "every_figure_is_mentioned"): without_a_mention,
    ("exit_plans", "filing_exists"): {"accession_number": "0009999999-08-{case:06d}"},
    ("exit_plans", "total_bounds_ordered"): {"total_low": Decimal(2), "total_high": Decimal(1)},
    ("exit_plans", "cash_bounds_ordered"): {"cash_low": Decimal(2), "cash_high": Decimal(1)},
    ("exit_plans", "noncash_bounds_ordered"): {"noncash_low": Decimal(2), "noncash_high": Decimal(1)},
    ("exit_plans", "headcount_bounds_ordered"): {"headcount_low": 2, "headcount_high": 1},
    ("exit_plans", "completion_not_before_commitment"): {"completion_by": dt.date(2008, 10, 20)},
    ("exit_plans", "parts_add_up"): {"reconciliation": "does_not_add_up"},
    ("exit_plans", "totals_are_charges"): {"total_low": Decimal(1)},
    ("exit_plans", "components_are_charges"): {"components_low": Decimal(5_000_000)},
    ("exit_plans", "headcount_is_a_figure"): {"headcount_low": 7, "headcount_high": 7},
    ("exit_plans", "cash_not_above_total"): {"cash_high": Decimal(10_000_000)},
    ("exit_plans", "noncash_not_above_total"): {"noncash_low": Decimal(10_000_000)},
    ("exit_plans", "cash_and_noncash_make_total"): with_cash_and_noncash(100_000),
    ("exit_plans", "commitment_near_filing"): {"commitment_date": dt.date(2008, 12, 1)},
    ("exit_plans", "completion_near_filing"): {"completion_by": dt.date(2028, 1, 1)},
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
    ("charges", "not_below_its_parts"): {"amount_low": Decimal(7_000_000), "amount_high": Decimal(7_000_000)},
    ("charges", "not_above_plan_total"): {"role": "component", "amount_high": Decimal(10_000_000)},
    ("charges", "size_fits_the_plan"): {"amount_high": Decimal(9_000_000_000)},
    ("charges", "unit_is_the_tables"): of_a_table(5_000_000, 3_000, 4_000_000),
    ("charges", "total_stated_once"): a_second_total,
    ("charges", "counts_once"): {"role": "revision_prior", "counts_in_sum": True},
    ("charges", "settlement_fits_role"): {"role": "cash_portion", "settlement": "noncash"},
    ("charges", "period_near_filing"): {
        "period_start": dt.date(1998, 1, 1),
        "period_end": dt.date(1998, 12, 31),
    },
    ("charges", "part_not_above_parent"): {"parent_charge_id": "{smaller}"},
    ("share_figures", "count_bounds_ordered"): {"count_low": 2, "count_high": 1},
    ("share_figures", "value_bounds_ordered"): {"value_low": Decimal(2), "value_high": Decimal(1)},
    ("share_figures", "count_is_positive"): {"count_low": 0},
    ("share_figures", "count_is_plausible"): {"count_high": 20_000_000_000},
    ("share_figures", "count_reads_from_figure"): {"count_low": 7, "count_high": 7},
    ("share_figures", "charge_exists"): {"charge_id": "f" * 20},
    ("share_figures", "value_is_the_charge"): {"charge_id": "{smaller}", "value_low": Decimal(1)},
    ("share_figures", "action_fits_security"): {
        "action": "exercise_period_extended",
        "security": "restricted_stock_unit",
    },
    ("headcount_figures", "percent_reads_from_evidence"): with_percent(25),
    ("headcount_figures", "workforce_is_plausible"): {"percent": Decimal("0.001")},
    ("headcount_figures", "count_bounds_ordered"): {"count_low": 2, "count_high": 1},
    ("headcount_figures", "headcount_is_stated"): {"count_low": None, "count_high": None},
    ("headcount_figures", "count_reads_from_figure"): {"count_low": 7, "count_high": 7},
    ("headcount_figures", "headcount_is_plausible"): {"count_high": 2_000_000},
    ("mentions", "mention_is_the_text"): {"mention_text": "$8.0 billion"},
    ("mentions", "mention_is_accounted_for"): {"target_id": None, "target_table": None},
    ("mentions", "target_exists"): {"target_id": "f" * 20},
    ("mentions", "states_its_target"): {"low": Decimal(8_000), "high": Decimal(9_500)},
}
for _table in ("charges", "share_figures", "headcount_figures"):
    BAD |= {
        (_table, "plan_exists"): {"plan_ordinal": 2},
        (_table, "figure_read_once"): read_twice(_table),
        (_table, "evidence_is_the_text"): {"char_start": 3},
        (_table, "figure_inside_evidence"): {"figure_start": 0},
        (_table, "context_inside_section"): {"context_spans": [{"start": 0, "end": 1_000_000}]},
    }
APPLIES: dict[tuple[str, str], Changes] = {
    ("filings", "problem_is_stated"): without_figures,
    ("exit_plans", "cash_and_noncash_make_total"): with_cash_and_noncash(3_500_000),
    ("charges", "unit_is_the_tables"): of_a_table(5_000_000, 3_000_000, 4_000_000),
    ("share_figures", "action_fits_security"): {"action": "exercise_period_extended"},
    ("headcount_figures", "percent_reads_from_evidence"): with_percent(15),
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


def bent(table: str, changes: Changes, case: int) -> tuple[Rows, Row]:
    """The rows of one filing with the changes, and the row that they are about."""
    rows = filing_rows(f"0001000001-08-{case:06d}")
    if not isinstance(changes, Mapping):
        return rows, changes(rows)
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
