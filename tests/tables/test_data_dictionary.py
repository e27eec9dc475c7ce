"""The data dictionary says what the registry says."""

from pipeline.tables import TABLES
from pipeline.tables.dictionary import DICTIONARY, dictionary
from pipeline.warehouse.views import VIEW_NAMES


def test_the_page_is_not_stale() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary(), (
        "docs/data-dictionary.md is stale; run python -m pipeline.tables.dictionary"
    )


def test_every_column_check_and_view_is_on_the_page() -> None:
    page = dictionary()
    for table in TABLES.values():
        assert f"### {table.name}\n" in page
        assert all(f"| `{name}` |" in page for name in table.column_names)
        assert all(f"| `{check.id}` |" in page for check in table.checks)
    assert all(f"| `{name}` |" in page for name in VIEW_NAMES)
