"""corrections.csv: what is written is read again, and a line by hand is understood or named."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from upath import UPath

from pipeline.errors import StorageError
from pipeline.warehouse.corrections import (
    COLUMNS,
    Correction,
    add_correction,
    checked,
    corrections_path,
    read_corrections,
)

HEAD = ",".join(COLUMNS)
LINE = "0001000001-08-000001,charges,{key},$8.0 million,correct,,{{}},{changes},Jane Doe,{when},Because"


def correction(**values: object) -> Correction:
    known: dict[str, object] = {
        "accession_number": "0001000001-08-000001",
        "table_name": "charges",
        "row_key": "a" * 20,
        "figure": '$8.0 "million",\n',
        "decision": "correct",
        "checks": (),
        "observed": {"amount_low": "8000.00", "period_end": None},
        "changes": {"amount_low": "8,000,000", "period_end": "2009-03-31", "is_pretax": "true"},
        "decided_by": "Jane Doe",
        "decided_at": dt.datetime(2026, 1, 2, 12, 0, 5, tzinfo=dt.UTC),
        "reason": "Read again.",
    }
    return checked(Correction(**{**known, **values}))  # type: ignore[arg-type]


def by_hand(home: Path, text: str) -> UPath:
    corrections_path(UPath(home)).write_text(text, encoding="utf-8")
    return UPath(home)


def test_without_a_file_nobody_decided(tmp_path: Path) -> None:
    assert read_corrections(UPath(tmp_path)) == ()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    accepted = correction(decision="accept", changes={}, checks=("a_check", "another"))
    add_correction(UPath(tmp_path), correction())
    add_correction(UPath(tmp_path), accepted)

    assert read_corrections(UPath(tmp_path)) == (correction(), accepted)


def test_changes_have_the_columns_types() -> None:
    assert correction().changes == {
        "amount_low": Decimal("8000000.00"),
        "period_end": dt.date(2009, 3, 31),
        "is_pretax": True,
    }


def test_a_line_by_hand_from_a_spreadsheet_is_understood(tmp_path: Path) -> None:
    line = LINE.format(key="b" * 20, changes='"{""amount_low"": 5000000}"', when="2026-01-02")
    home = by_hand(tmp_path, f"\ufeff{HEAD}\r\n{line}\r\n")

    [read] = read_corrections(home)

    assert read.changes == {"amount_low": Decimal("5000000.00")}
    assert read.decided_at == dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("changes", "when", "said"),
    [
        ("{}", "2026-01-02", "changes belong to the decision correct"),
        ("nonsense", "2026-01-02", "changes is no JSON"),
        ('"[1]"', "2026-01-02", "changes is no JSON object"),
        ('"{""amount_low"": true}"', "2026-01-02", "amount_low is an amount such as"),
        ('"{""amount_low"": 0.001}"', "2026-01-02", "amount_low is an amount such as"),
        ('"{""charge_id"": ""x""}"', "2026-01-02", "charge_id says which row it is"),
        ('"{""amount_low"": 1}"', "yesterday", "yesterday"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(tmp_path: Path, changes: str, when: str, said: str) -> None:
    home = by_hand(tmp_path, f"{HEAD}\n{LINE.format(key='c' * 20, changes=changes, when=when)}\n")

    with pytest.raises(StorageError, match=said) as refused:
        read_corrections(home)
    assert f"decision 1 ({'c' * 20})" in str(refused.value)


def test_a_file_without_a_column_is_named(tmp_path: Path) -> None:
    home = by_hand(tmp_path, "row_key,decision\nx,drop\n")

    with pytest.raises(StorageError, match="lacks the column 'accession_number'"):
        read_corrections(home)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    corrections_path(UPath(tmp_path)).write_bytes(b"PK\xff\xfe\x00")

    with pytest.raises(StorageError, match=r"no CSV file in UTF-8.*mend it or move it away"):
        read_corrections(UPath(tmp_path))
