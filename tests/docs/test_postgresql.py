"""The SQL that the page on PostgreSQL shows runs, in its order, on a loaded month."""

import re
from pathlib import Path

import psycopg
from upath import UPath

from tests.warehouse.postgres_rows import load

PAGE = Path(__file__).parents[2] / "docs/postgresql.md"
_SQL = re.compile(r"^```sql\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_sql_of_the_page_runs(month_home: Path, postgres_url: str) -> None:
    load(UPath(month_home), postgres_url)
    statements = [
        statement.strip()
        for block in _SQL.findall(PAGE.read_text(encoding="utf-8"))
        for statement in block.split(";")
        if statement.strip()
    ]
    assert len(statements) >= 7
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
        connection.execute("SET ROLE analysts")
        assert connection.execute("SELECT count(*) > 0 FROM exit_charges.plans").fetchone() == (True,)
        connection.execute("RESET ROLE")
        connection.execute("DROP OWNED BY analysts")
        connection.execute("DROP ROLE analysts")
