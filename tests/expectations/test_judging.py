"""A month's verdict: what passes, what is rejected, what holds the month back."""

import itertools
import json
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from expectations import Judgement, judge_month
from expectations.derivation import DERIVED_COLUMNS
from expectations.run import failing_rows
from pipeline.errors import ExitChargesError
from pipeline.tables import TABLES
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.model import Check
from pipeline.tables.registry import MONTHLY_TABLES
from tests.factories import Rows, arrow_tables, month_rows

MONTH = "2008-10"
FIRST = "0001000001-08-000001"


def judge(rows: Rows, **named: Any) -> Judgement:
    return judge_month(MONTH, arrow_tables(rows), **named)


def rejected(judgement: Judgement) -> list[tuple[str, str, str]]:
    rows = judgement.passed["rejected_rows"].to_pylist()
    return [(row["table_name"], row["row_key"], row["expectation"]) for row in rows]


def with_misread_charge(ordinal: int) -> tuple[Rows, str]:
    """Two filings; one charge of the first is a thousand times too small."""
    rows = month_rows(2)
    row = rows["charges"][ordinal]
    row["amount_low"] = row["amount_high"] = Decimal(8_000)
    return rows, row["charge_id"]


def test_good_rows_all_pass_in_the_declared_schemas() -> None:
    rows = month_rows(2)
    judgement = judge(rows)

    assert judgement.breaches == ()
    assert all(outcome.passed for outcome in judgement.outcomes)
    assert judgement.passed.keys() == set(MONTHLY_TABLES)
    for row in itertools.chain.from_iterable(rows.values()):
        row["flags"] = []
    for name, table in arrow_tables(rows).items():
        assert judgement.passed[name].sort_by(TABLES[name].key[0]).equals(table.sort_by(TABLES[name].key[0]))
        assert judgement.passed[name].schema.equals(arrow_schema(TABLES[name]), check_metadata=True)


def test_an_empty_month_passes() -> None:
    judgement = judge(month_rows(0), indexed=[])

    assert judgement.breaches == ()
    assert {name: rows.num_rows for name, rows in judgement.passed.items()} == dict.fromkeys(
        MONTHLY_TABLES, 0
    )


def test_a_misread_row_is_rejected_whole_and_its_plan_says_so() -> None:
    rows, charge_id = with_misread_charge(1)
    judgement = judge(rows)

    assert rejected(judgement) == [("charges", charge_id, "amount_reads_from_figure")]
    [account] = judgement.passed["rejected_rows"].to_pylist()
    assert account["column"] == "amount_low, amount_high"
    assert json.loads(account["observed"]) == {"amount_low": "8000.00", "amount_high": "8000.00"}
    kept = json.loads(account["row"])
    assert kept.keys() == set(TABLES["charges"].column_names)
    assert kept["evidence"] == rows["charges"][1]["evidence"]
    assert charge_id not in judgement.passed["charges"]["charge_id"].to_pylist()
    plans = judgement.passed["exit_plans"].to_pylist()
    assert [(plan["accession_number"] == FIRST, plan["rejected_rows"]) for plan in plans] == [
        (True, 1),
        (False, 0),
    ]
    assert (plans[0]["total_low"], plans[0]["components_low"]) == (Decimal("8000000.00"), None)
    assert plans[0]["reconciliation"] == "not_comparable"
    assert judgement.breaches == ()


def test_a_row_that_fails_two_checks_is_two_rejected_rows_and_one_lost_row() -> None:
    rows = month_rows(2)
    rows["charges"][1] |= {"category": "nonsense", "plan_ordinal": 7}
    judgement = judge(rows)

    assert [check for _, _, check in rejected(judgement)] == ["category_in_vocabulary", "plan_exists"]
    assert judgement.passed["charges"].num_rows == 7
    assert judgement.breaches == ()


def test_a_mention_of_a_rejected_figure_stays_and_points_nowhere() -> None:
    rows, charge_id = with_misread_charge(1)
    judgement = judge(rows)

    mentions = judgement.passed["mentions"].to_pylist()
    assert len(mentions) == len(rows["mentions"])
    assert all(row["target_id"] != charge_id for row in mentions)
    [orphan] = [row for row in mentions if row["rule"] == "target_rejected"]
    assert (orphan["relation"], orphan["target_table"], orphan["kind"]) == ("none", None, "unclassified")


def test_the_parts_of_a_rejected_total_lose_the_link() -> None:
    rows, _ = with_misread_charge(0)
    judgement = judge(rows)

    parents = {
        (row["accession_number"] == FIRST, row["parent_charge_id"] is None)
        for row in judgement.passed["charges"].to_pylist()
        if row["counts_in_sum"]
    }
    assert parents == {(True, True), (False, False)}


def test_a_plan_keeps_no_amount_that_only_a_rejected_charge_states() -> None:
    rows, _ = with_misread_charge(0)
    rows["exit_plans"][0] |= {"total_low": Decimal(8_000), "total_high": Decimal(8_000)}
    rows["headcount_figures"][0] |= {"count_low": 7, "count_high": 7}

    plan, other = judge(rows).passed["exit_plans"].to_pylist()

    assert (plan["total_low"], plan["total_high"], plan["rejected_rows"]) == (None, None, 2)
    assert (plan["headcount_low"], plan["headcount_high"]) == (None, None)
    assert plan["cash_high"] == Decimal("7500000.00")
    assert (other["total_high"], other["headcount_high"]) == (Decimal("9500000.00"), 120)


def test_a_share_figure_of_a_rejected_charge_loses_the_link() -> None:
    rows, charge_id = with_misread_charge(1)
    rows["share_figures"][0]["charge_id"] = charge_id

    shares = judge(rows).passed["share_figures"].to_pylist()

    assert [row["charge_id"] for row in shares] == [None, None]


def test_the_figures_of_a_rejected_plan_are_rejected_with_it() -> None:
    rows = month_rows(2)
    rows["exit_plans"][0] |= {"total_low": Decimal(2), "total_high": Decimal(1)}
    judgement = judge(rows)

    assert ("exit_plans", f"{FIRST}|1", "total_bounds_ordered") in rejected(judgement)
    fallen = [table for table, _, check in rejected(judgement) if check == "plan_exists"]
    assert sorted(fallen) == ["charges"] * 4 + ["headcount_figures", "share_figures"]
    assert FIRST not in judgement.passed["charges"]["accession_number"].to_pylist()


def test_an_odd_disclosure_is_kept_and_flagged() -> None:
    rows = month_rows(2)
    rows["exit_plans"][0]["reconciliation"] = "does_not_add_up"
    judgement = judge(rows)

    [outcome] = [outcome for outcome in judgement.outcomes if not outcome.passed]
    assert (outcome.check_id, outcome.severity, outcome.row_keys) == ("parts_add_up", "warn", (f"{FIRST}|1",))
    assert rejected(judgement) == []
    assert [plan["flags"] for plan in judgement.passed["exit_plans"].to_pylist()] == [["parts_add_up"], []]


def test_an_odd_header_warns_and_does_not_hold_back_the_month() -> None:
    rows = month_rows(2)
    rows["filings"][0]["sic_code"] = "63"
    judgement = judge(rows)

    assert [outcome.check_id for outcome in judgement.outcomes if not outcome.passed] == [
        "sic_code_has_its_form"
    ]
    assert judgement.breaches == ()
    assert judgement.passed["filings"].num_rows == 2


def test_a_section_of_no_filing_holds_back_the_month() -> None:
    rows = month_rows(2)
    del rows["filings"][0]

    assert any("The section's filing has a row in filings" in breach for breach in judge(rows).breaches)


def test_a_filing_of_the_index_without_a_row_holds_back_the_month() -> None:
    judgement = judge(month_rows(1), indexed=[FIRST, "0001000001-08-000777"])

    assert judgement.breaches == (
        "2008-10: 1 filings of the index have no row in filings: 0001000001-08-000777.",
    )


def test_a_doubled_key_holds_back_the_month() -> None:
    rows = month_rows(2)
    rows["charges"].append(dict(rows["charges"][0]))
    judgement = judge(rows)

    assert judgement.passed == {}
    assert "1 keys of charges stand on several rows" in judgement.breaches[0]


def test_a_missing_column_or_another_type_holds_back_the_month() -> None:
    staged = arrow_tables(month_rows(2))
    staged["charges"] = staged["charges"].drop_columns(["currency"])
    counts = staged["exit_plans"]["rejected_rows"].cast(pa.string())
    position = staged["exit_plans"].column_names.index("rejected_rows")
    staged["exit_plans"] = staged["exit_plans"].set_column(position, "rejected_rows", counts)

    assert judge_month(MONTH, staged).breaches == (
        "2008-10: exit_plans: column rejected_rows is string and should be int64.",
        "2008-10: charges: column currency is missing.",
    )


def test_a_missing_table_holds_back_the_month() -> None:
    staged = arrow_tables(month_rows(2))
    del staged["mentions"]

    assert judge_month(MONTH, staged).breaches == ("2008-10: the staged table mentions is missing.",)


@pytest.mark.parametrize(("filings", "held_back"), [(2, False), (6, True)])
def test_too_many_rejections_hold_back_a_month_of_more_than_twenty_rows(
    filings: int, held_back: bool
) -> None:
    rows = month_rows(filings)
    for row in rows["charges"][:3]:
        row["currency"] = "ZZZ"
    breaches = judge(rows).breaches

    assert any("of charges were rejected, more than one in ten" in breach for breach in breaches) is held_back


def test_a_check_that_crashes_is_an_error_and_no_verdict() -> None:
    import polars as pl

    check = Check(
        "broken", "It cannot be run.", "reject", "ExpectColumnValuesToNotBeNull", {"column": "missing"}
    )
    frame = pl.DataFrame({"row_key": ["a"], "missing": ["b"]})

    with pytest.raises(ExitChargesError, match="broken of charges crashed"):
        failing_rows("charges", frame, [
            Check("broken", check.sentence, "reject", "ExpectColumnValuesToBeBetween", {
                "column": "missing", "min_value": 1, "max_value": 2,
            })
        ])  # fmt: skip


def test_every_derived_check_is_computed_and_nothing_else() -> None:
    from expectations.derivation import as_frame

    frames = {name: as_frame(table) for name, table in arrow_tables(month_rows(1)).items()}
    for name, derive in DERIVED_COLUMNS.items():
        declared = {check.derived for check in TABLES[name].checks if check.derived}
        assert set(derive(frames).columns) == declared, name
