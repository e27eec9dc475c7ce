"""The analysts' views and table macros: one .sql file each, whose opening comment becomes its comment."""

from dataclasses import dataclass
from pathlib import Path

VIEW_NAMES = (
    "plan_statements_as_of",
    "charges_as_of",
    "current_charges",
    "plans",
    "company_history",
    "charges_by_month",
    "charges_by_industry",
    "severance_per_head",
    "estimate_revisions",
    "cross_month_findings",
)
"""In the order in which they are created: each uses only those before it."""
_FOLDER = Path(__file__).parent / "views"
_POSTGRES_FOLDER = _FOLDER / "postgres"
"""Those that PostgreSQL understands only in other words; tests hold both to the same rows."""


@dataclass(frozen=True, slots=True)
class View:
    """A view, or a table macro where it takes a moment in time."""

    name: str
    comment: str
    sql: str

    @property
    def is_macro(self) -> bool:
        return "CREATE MACRO" in self.sql

    @property
    def comment_sql(self) -> str:
        kind = "MACRO TABLE" if self.is_macro else "VIEW"
        return f"COMMENT ON {kind} {self.name} IS {quoted(self.comment)}"


def views() -> tuple[View, ...]:
    """All of them, in the order of VIEW_NAMES."""
    return tuple(_view(_FOLDER / f"{name}.sql") for name in VIEW_NAMES)


def postgres_views() -> tuple[View, ...]:
    """The same in SQL for PostgreSQL."""
    own = {path.stem: path for path in _POSTGRES_FOLDER.glob("*.sql")}
    return tuple(_view(own.get(name, _FOLDER / f"{name}.sql")) for name in VIEW_NAMES)


def quoted(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"


def _view(path: Path) -> View:
    text = path.read_text(encoding="utf-8")
    opening = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        opening.append(line.removeprefix("--").strip())
    return View(path.stem, " ".join(opening), text)
