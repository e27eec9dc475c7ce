"""The declarations are consistent in themselves."""

import re

import pytest

from pipeline.tables import TABLES, table
from pipeline.tables.arrow import arrow_schema, rows_to_arrow
from pipeline.tables.lineage import lineage
from pipeline.tables.model import Table
from pipeline.tables.registry import FIGURE_TABLES, MONTHLY_TABLES

EVERY_TABLE = pytest.mark.parametrize("declared", TABLES.values(), ids=lambda declared: declared.name)


@EVERY_TABLE
def test_names_are_unique_and_keys_and_orders_are_columns(declared: Table) -> None:
    assert len(set(declared.column_names)) == len(declared.columns)
    assert {*declared.key, *declared.order} <= set(declared.column_names)
    assert all(declared.column(name).required for name in declared.key)


@EVERY_TABLE
def test_every_check_has_its_own_id_and_looks_at_columns_of_the_table(declared: Table) -> None:
    ids = [check.id for check in declared.checks]
    assert len(set(ids)) == len(ids)
    for check in declared.checks:
        assert check.columns, check.id
        assert set(check.columns) <= set(declared.column_names), check.id


@EVERY_TABLE
def test_every_column_is_described_in_a_sentence(declared: Table) -> None:
    for column in declared.columns:
        assert re.search(r"\.$", column.description), column.name


@EVERY_TABLE
def test_the_arrow_schema_follows_the_declaration(declared: Table) -> None:
    schema = arrow_schema(declared)

    assert tuple(schema.names) == declared.column_names
    for column in declared.columns:
        assert schema.field(column.name).nullable is not column.required
        described = schema.field(column.name).metadata or {}
        assert described[b"description"].decode() == column.description


@EVERY_TABLE
def test_no_rows_are_an_empty_table_of_the_schema(declared: Table) -> None:
    assert rows_to_arrow(declared, []).schema.equals(arrow_schema(declared))


def test_tables_of_figures_are_monthly_tables() -> None:
    assert set(FIGURE_TABLES) < set(MONTHLY_TABLES) < set(TABLES)


def test_an_unknown_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="no table 'charge'; there are filings"):
        table("charge")


def test_forms_have_no_capturing_groups() -> None:
    patterns = [
        column.pattern for declared in TABLES.values() for column in declared.columns if column.pattern
    ]

    assert [pattern for pattern in patterns if re.compile(pattern).groups] == []


def test_columns_say_what_they_are_made_from() -> None:
    charges, plans = lineage(TABLES["charges"]), lineage(TABLES["exit_plans"])
    assert charges["accession_number"] == (("sections", "accession_number"),)
    assert charges["evidence"] == charges["amount_low"] == (("sections", "text"),)
    assert plans["total_high"] == (("charges", "amount_high"),)
    assert plans["headcount_low"] == (("headcount_figures", "count_low"),)
    assert lineage(TABLES["filings"])["company_name"] == ()


def test_what_a_column_is_made_from_exists() -> None:
    for declared in TABLES.values():
        for sources in lineage(declared).values():
            assert all(column in TABLES[source].column_names for source, column in sources)


def test_references_name_columns_that_exist() -> None:
    for declared in TABLES.values():
        for reference in declared.references:
            assert set(reference.columns) <= set(declared.column_names)
            assert set(reference.target_columns) <= set(TABLES[reference.table].column_names)
