"""The schema in PostgreSQL: as the registry declares it, brought up to date without losing rights."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from upath import UPath

from pipeline.errors import StorageError
from pipeline.tables import TABLES
from pipeline.tables.model import Column
from pipeline.warehouse import postgres_schema
from pipeline.warehouse.database import build_database
from pipeline.warehouse.postgres_tables import SQL_TYPES, table_columns
from pipeline.warehouse.publish import publish_month
from pipeline.warehouse.views import VIEW_NAMES
from tests.factories import month_rows, publishable
from tests.warehouse.postgres_rows import SCHEMA, ask, in_duckdb, in_postgres, load


@pytest.fixture
def home(tmp_path: Path) -> UPath:
    home = UPath(tmp_path)
    publish_month(home, "2008-10", publishable(month_rows(2)))
    return home


def _execute(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SET search_path TO {SCHEMA}, public".encode())
        for statement in statements:
            connection.execute(statement.encode())


def _keys(url: str) -> dict[str, str]:
    return dict(
        ask(
            url,
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'p' AND connamespace = 'exit_charges'::regnamespace",
        )
    )


def test_columns_types_and_keys_are_those_of_the_registry(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    keys = _keys(postgres_url)
    for name, table in TABLES.items():
        found = ask(
            postgres_url,
            "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute "
            f"WHERE attrelid = '{name}'::regclass AND attnum > 0 ORDER BY attnum",
        )
        assert found == [
            (column.name, SQL_TYPES[column.type], column.required) for column in table_columns(table)
        ]
        key = ", ".join((*table.key, "filed_month") if table.partitioned else table.key)
        assert keys[name] == f"PRIMARY KEY ({key})"


def test_a_key_twice_is_refused_and_a_required_null_too(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    with pytest.raises(errors.UniqueViolation):
        _execute(postgres_url, "INSERT INTO charges SELECT * FROM charges LIMIT 1")
    with pytest.raises(errors.NotNullViolation):
        _execute(postgres_url, "UPDATE charges SET category = NULL")


def test_tables_columns_views_and_functions_are_described(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    bare = ask(
        postgres_url,
        """
        SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'exit_charges'::regnamespace AND relkind = 'r' AND attnum > 0
          AND col_description(pg_class.oid, attnum) IS NULL
        UNION ALL
        SELECT relname, '' FROM pg_class WHERE relnamespace = 'exit_charges'::regnamespace
          AND relkind IN ('r', 'v') AND obj_description(oid, 'pg_class') IS NULL
        UNION ALL
        SELECT proname, '' FROM pg_proc WHERE pronamespace = 'exit_charges'::regnamespace
          AND proname LIKE '%as_of' AND obj_description(oid, 'pg_proc') IS NULL
        """,
    )
    assert bare == []
    [(comment,)] = ask(postgres_url, "SELECT obj_description('charges'::regclass)")
    assert comment.startswith("One row: a stated amount or range of cost")
    assert "parent_charge_id: of charges (charge_id)." in comment
    [(category,)] = ask(postgres_url, "SELECT col_description('exit_plans'::regclass, 8)")
    assert "One of given, partial, unable, none." in category


def test_months_and_references_are_found_by_index(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    indexes = "SELECT indexname FROM pg_indexes WHERE schemaname = 'exit_charges'"
    indexed = {row[0] for row in ask(postgres_url, indexes)}
    assert {f"{name}_filed_month_idx" for name, table in TABLES.items() if table.partitioned} <= indexed
    assert {"charges_accession_number_idx", "charges_parent_charge_id_idx", "filings_cik_idx"} <= indexed


def test_views_answer_whatever_is_searched(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    with psycopg.connect(postgres_url) as connection:
        found = connection.execute(
            f"SELECT count(*) FROM {SCHEMA}.charges_as_of('2009-01-01')".encode()
        ).fetchone()
        assert found == (8,)
        for name in VIEW_NAMES:
            if not name.endswith("_as_of"):
                connection.execute(f"SELECT * FROM {SCHEMA}.{name}".encode())


def test_a_schema_may_have_any_name(home: UPath, postgres_url: str) -> None:
    for schema in ('Odd "name"; --', "ünï"):
        load(home, postgres_url, schema)
        quoted = schema.replace('"', '""')
        assert ask(postgres_url, f'SELECT count(*) FROM "{quoted}".current_charges') == [(8,)]


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE TABLE charges (mine int)",
        "CREATE TABLE published_months (mine int)",
        "CREATE VIEW plans AS SELECT 1 AS mine",
        "CREATE FUNCTION schema_version() RETURNS text LANGUAGE sql RETURN 'mine'",
    ],
)
def test_what_is_not_ours_is_left_alone(home: UPath, postgres_url: str, foreign: str) -> None:
    _execute(postgres_url, f"CREATE SCHEMA {SCHEMA}", foreign)
    with pytest.raises(StorageError, match="that exit-charges did not make; name another one with --schema"):
        load(home, postgres_url)
    assert ask(postgres_url, "SELECT count(*) FROM pg_class WHERE relname = 'filings'") == [(0,)]


def test_a_schema_with_other_things_in_it_keeps_them(home: UPath, postgres_url: str) -> None:
    _execute(postgres_url, "CREATE TABLE public.mine (number int)", "INSERT INTO public.mine VALUES (1)")
    load(home, postgres_url, "public")
    assert ask(postgres_url, "SELECT count(*) FROM public.mine, public.filings") == [(2,)]


def _older(url: str, *statements: str) -> None:
    """Make the schema one of another version: these statements, after its views are gone."""
    views = [
        f"DROP FUNCTION {name}(timestamptz)" if name.endswith("_as_of") else f"DROP VIEW {name}"
        for name in reversed(VIEW_NAMES)
    ]
    older = "CREATE OR REPLACE FUNCTION schema_version() RETURNS text LANGUAGE sql RETURN 'older'"
    _execute(url, *views, older, *statements)


def test_columns_of_an_older_version_are_brought_up_to_date(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    _older(
        postgres_url,
        "CREATE ROLE reads",
        "GRANT SELECT ON charges TO reads",
        "ALTER TABLE charges DROP COLUMN status, ADD COLUMN once_there int",
        "ALTER TABLE filings ALTER source_bytes TYPE int",
        "ALTER TABLE sections ALTER title SET NOT NULL",
        "DROP TABLE mentions",
    )

    report = load(home, postgres_url)

    assert report.schema_changes == (
        "Column filings.source_bytes was integer and is bigint now.",
        "Column sections.title was text NOT NULL and is text now.",
        "Column charges.status was added.",
        "Column charges.once_there was dropped.",
        "Table mentions was added.",
        "All months were loaded anew, in one transaction.",
    )
    assert report.months.loaded == ("2008-10",)
    build_database(home)
    for name in (*TABLES, "plans", "current_charges"):
        assert in_postgres(postgres_url, f"SELECT * FROM {name}") == in_duckdb(home, f"SELECT * FROM {name}")
    assert _keys(postgres_url)["charges"] == "PRIMARY KEY (charge_id, filed_month)"
    assert ask(postgres_url, "SELECT has_table_privilege('reads', 'charges', 'SELECT')") == [(True,)]
    _execute(postgres_url, "DROP OWNED BY reads", "DROP ROLE reads")


def test_a_new_column_of_the_registry_is_loaded(
    home: UPath, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(home, postgres_url)
    filings = TABLES["filings"]
    wider = replace(filings, columns=(*filings.columns, Column("mood", "text", "A mood.")))
    monkeypatch.setitem(TABLES, "filings", wider)
    postgres_schema.postgres_schema_version.cache_clear()
    try:
        report = load(home, postgres_url)
    finally:
        monkeypatch.undo()
        postgres_schema.postgres_schema_version.cache_clear()
    assert report.schema_changes[0] == "Column filings.mood was added."
    assert ask(postgres_url, "SELECT count(*), count(mood) FROM filings") == [(2, 0)]


def test_other_views_leave_the_rows_alone(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    _older(postgres_url, "COMMENT ON TABLE charges IS 'older'")
    before = ask(postgres_url, "SELECT xmin::text, ctid::text FROM charges")

    report = load(home, postgres_url)

    assert report.schema_changes == ("Views and comments were made anew; rows and columns stayed.",)
    assert (report.months.loaded, report.months.unchanged) == ((), ("2008-10",))
    assert ask(postgres_url, "SELECT xmin::text, ctid::text FROM charges") == before
    assert ask(postgres_url, "SELECT count(*) FROM plans") == [(2,)]
    assert ask(postgres_url, "SELECT obj_description('charges'::regclass)") != [("older",)]


def test_an_update_that_fails_changes_nothing(home: UPath, postgres_url: str) -> None:
    load(home, postgres_url)
    _execute(
        postgres_url,
        "CREATE OR REPLACE FUNCTION schema_version() RETURNS text LANGUAGE sql RETURN 'older'",
        "CREATE VIEW public.mine AS SELECT plan_accession_number FROM plans",
    )
    with pytest.raises(StorageError, match="depends on what this version of exit-charges") as told:
        load(home, postgres_url)
    assert "drop it, load, and create it anew. Nothing was changed." in str(told.value)
    assert ask(postgres_url, "SELECT count(*) FROM public.mine") == [(2,)]
    assert ask(postgres_url, "SELECT schema_version()") == [("older",)]


def test_a_role_without_rights_is_told_what_it_lacks(home: UPath, postgres_url: str) -> None:
    _execute(postgres_url, "CREATE ROLE powerless LOGIN PASSWORD 'secret'")
    place = postgres_url.rpartition("@")[2]
    try:
        with pytest.raises(StorageError, match="GRANT CREATE ON DATABASE") as told:
            load(home, f"postgresql://powerless:secret@{place}")
        assert "permission denied for database" in str(told.value)
        assert "secret" not in str(told.value)
    finally:
        _execute(postgres_url, "DROP ROLE powerless")
