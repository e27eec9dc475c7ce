"""What people decided on rows is applied before the month is judged, and leaves its trail."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from expectations import Judgement, judge_month
from pipeline.warehouse.corrections import Correction, checked
from tests.factories import Row, Rows, arrow_tables, month_rows

FIRST = "0001000001-08-000001"
NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)


def misread(number: int = 1) -> tuple[Rows, Row]:
    """Two filings; one charge of the first is a thousand times too small."""
    rows = month_rows(2)
    row = rows["charges"][number]
    row["amount_low"] = row["amount_high"] = Decimal(8_000)
    return rows, row


def decision(row: Row, what: str, table: str = "charges", **values: Any) -> Correction:
    """A decision on a row, made on its amounts."""
    seen: dict[str, Any] = {
        name: None if row[name] is None else f"{row[name]:.2f}" for name in ("amount_low", "amount_high")
    }
    known: dict[str, Any] = {
        "accession_number": FIRST,
        "table_name": table,
        "row_key": row.get("charge_id"),
        "figure": "",
        "decision": what,
        "checks": (),
        "observed": seen,
        "changes": {},
        "decided_by": "Jane Doe",
        "decided_at": NOON,
        "reason": "Read again.",
    }
    return checked(Correction(**known | values))


def judge(rows: Rows, *corrections: Correction) -> Judgement:
    judgement = judge_month("2008-10", arrow_tables(rows), corrections=corrections)
    assert judgement.breaches == ()
    return judgement


def found(judgement: Judgement, table: str, **values: Any) -> list[Row]:
    rows: list[Row] = judgement.passed[table].to_pylist()
    return [row for row in rows if all(row[name] == value for name, value in values.items())]


def outcomes(judgement: Judgement) -> list[str]:
    return [row["outcome"] for row in judgement.passed["corrections"].to_pylist()]


def test_an_accepted_row_is_published_though_its_check_fails() -> None:
    rows, row = misread()
    judgement = judge(rows, decision(row, "accept", checks=("amount_reads_from_figure",)))

    [kept] = found(judgement, "charges", charge_id=row["charge_id"])
    assert kept["flags"] == ["accepted_in_review"]
    assert judgement.passed["rejected_rows"].num_rows == 0
    assert outcomes(judgement) == ["applied"]


def test_accepting_waives_the_checks_that_are_named_and_no_other() -> None:
    rows, row = misread()
    row["category"] = "nonsense"
    judgement = judge(rows, decision(row, "accept", checks=("amount_reads_from_figure",)))

    [rejected] = judgement.passed["rejected_rows"].to_pylist()
    assert rejected["expectation"] == "category_in_vocabulary"


def test_a_corrected_row_is_judged_with_its_new_values() -> None:
    rows, row = misread()
    right = {"amount_low": "5000000.00", "amount_high": 6_000_000}
    judgement = judge(rows, decision(row, "correct", changes=right))

    [kept] = found(judgement, "charges", charge_id=row["charge_id"])
    assert (kept["amount_low"], kept["amount_high"]) == (Decimal("5000000.00"), Decimal("6000000.00"))
    assert kept["flags"] == ["corrected_in_review"]
    assert judgement.passed["rejected_rows"].num_rows == 0
    [trail] = judgement.passed["corrections"].to_pylist()
    assert json.loads(trail["observed"]) == {"amount_low": "8000.00", "amount_high": "8000.00"}
    assert json.loads(trail["changes"]) == {"amount_low": "5000000.00", "amount_high": "6000000.00"}
    assert (trail["decided_by"], trail["decided_at"], trail["reason"]) == ("Jane Doe", NOON, "Read again.")


def test_a_correction_that_is_wrong_itself_is_rejected() -> None:
    rows, row = misread()
    judgement = judge(rows, decision(row, "correct", changes={"amount_low": 7, "amount_high": 7}))

    assert [r["expectation"] for r in judgement.passed["rejected_rows"].to_pylist()] == [
        "amount_reads_from_figure"
    ]


def test_a_corrected_total_is_the_plans_total_too() -> None:
    rows, row = misread(0)
    rows["exit_plans"][0] |= {"total_low": Decimal(8_000), "total_high": Decimal(8_000)}
    right = {"amount_low": 8_000_000, "amount_high": 9_500_000}
    judgement = judge(rows, decision(row, "correct", changes=right))

    plan = found(judgement, "exit_plans", accession_number=FIRST)[0]
    assert (plan["total_low"], plan["total_high"]) == (Decimal(8_000_000), Decimal(9_500_000))
    assert (plan["components_low"], plan["reconciliation"]) == (None, "not_comparable")
    assert plan["rejected_rows"] == 0


def test_a_dropped_row_is_no_figure_any_more_and_none_that_is_missing() -> None:
    rows, row = misread(0)
    rows["exit_plans"][0] |= {"total_low": Decimal(8_000), "total_high": Decimal(8_000)}
    judgement = judge(rows, decision(row, "drop"))

    assert found(judgement, "charges", charge_id=row["charge_id"]) == []
    assert [r["expectation"] for r in judgement.passed["rejected_rows"].to_pylist()] == ["dropped_in_review"]
    plan = found(judgement, "exit_plans", accession_number=FIRST)[0]
    assert (plan["total_low"], plan["rejected_rows"]) == (None, 0)
    assert found(judgement, "mentions", target_id=row["charge_id"]) == []
    assert len(found(judgement, "mentions")) == len(rows["mentions"])
    assert found(judgement, "charges", parent_charge_id=row["charge_id"]) == []


def test_dropped_rows_do_not_hold_back_the_month() -> None:
    rows = month_rows(3)
    drops = [decision(row, "drop", accession_number=row["accession_number"]) for row in rows["charges"][:9]]
    assert judge(rows, *drops).passed["charges"].num_rows == 3


def test_a_decision_on_other_values_is_stale_and_changes_nothing() -> None:
    rows, row = misread()
    correction = decision(row, "correct", changes={"amount_low": 5_000_000, "amount_high": 6_000_000})
    row |= {"amount_low": Decimal("5000000.00"), "amount_high": Decimal("6000000.00")}
    judgement = judge(rows, correction)

    [kept] = found(judgement, "charges", charge_id=row["charge_id"])
    assert kept["flags"] == []
    assert outcomes(judgement) == ["stale"]


def test_the_latest_decision_on_a_row_counts() -> None:
    rows, row = misread()
    later: dict[str, Any] = {"decided_at": NOON + dt.timedelta(hours=1)}
    judgement = judge(
        rows,
        decision(row, "accept", checks=("amount_reads_from_figure",), **later),
        decision(row, "drop"),
    )

    assert len(found(judgement, "charges", charge_id=row["charge_id"])) == 1
    assert sorted(outcomes(judgement)) == ["applied", "superseded"]


def test_a_decision_on_a_row_that_is_no_longer_read_is_kept_as_such() -> None:
    rows, row = misread()
    assert outcomes(judge(rows, decision(row, "drop", row_key="0" * 20))) == ["row_not_found"]


def test_decisions_on_other_months_filings_are_passed_over() -> None:
    rows, row = misread()
    assert outcomes(judge(rows, decision(row, "drop", accession_number="0009999999-08-000009"))) == []
