"""The pages of a release: what it is, how to cite and read it, and what is known of its accuracy."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.months import month_of, unbroken_runs
from pipeline.reader_version import reader_version
from pipeline.tables.dictionary import released_dictionary
from pipeline.warehouse.release_tables import RELEASED_TABLES, RELEASED_VIEWS, Contents
from pipeline.warehouse.views import views

TITLE = "exit-charges: exit and disposal charges from Form 8-K, Item 2.05"
AUTHORS = "The exit-charges authors"
_TEMPLATES = Path(__file__).parent / "templates"
_REPOSITORY = Path(__file__).parents[2]
_COPIED = ("docs/accuracy.md", "docs/checks.md", "LICENSE")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]+)\)")


def pages(date: dt.date, months: Sequence[str], contents: Contents) -> dict[str, str]:
    """Every page of the release by file name.

    Raises:
        ConfigurationError: the documentation is not there, as in an installation without the repository.
    """
    known = {
        "title": TITLE,
        "authors": AUTHORS,
        "date": date.isoformat(),
        "year": str(date.year),
        "count": str(len(months)),
        "months": in_words(months),
        "running": _running(date, months),
        "versions": ", ".join(contents.reader_versions) or "none",
        "current": reader_version(),
        "statuses": _lines({f"`{name}`": f"{count:,}" for name, count in contents.read_statuses.items()}),
        "tables": _lines(_rows_and(contents, {name: table.grain for name, table in RELEASED_TABLES.items()})),
        "views": _lines(
            _rows_and(contents, {view.name: view.comment for view in views() if view.name in RELEASED_VIEWS})
        ),
    }
    made = {
        template.name: template.read_text(encoding="utf-8").format(**known)
        for template in sorted(_TEMPLATES.iterdir())
    } | {
        "data-dictionary.md": released_dictionary(RELEASED_TABLES, RELEASED_VIEWS),
    }
    copied = {Path(name).name: _text(name) for name in _COPIED}
    return made | {name: _own_links_only(text, {*made, *copied}) for name, text in copied.items()}


def in_words(months: Sequence[str]) -> str:
    """Months without a gap as from and to: "2008-10 to 2008-12, 2010-03"."""
    return ", ".join(
        first if first == last else f"{first} to {last}" for first, last in unbroken_runs(months)
    )


def _running(date: dt.date, months: Sequence[str]) -> str:
    if months[-1] < month_of(date):
        return ""
    return f" {months[-1]} was still running on {date}; it has what had been filed when it was run."


def _rows_and(contents: Contents, meanings: Mapping[str, str]) -> dict[str, str]:
    return {f"`{name}`": f"{contents.rows[name]:,} | {meaning}" for name, meaning in meanings.items()}


def _lines(cells: Mapping[str, str]) -> str:
    return "\n".join(f"| {first} | {others} |" for first, others in cells.items())


def _text(name: str) -> str:
    path = _REPOSITORY / name
    try:
        return path.read_text(encoding="utf-8")
    except OSError as problem:
        raise ConfigurationError(
            f"A release holds {name}, which cannot be read ({problem}); work from a checkout of the "
            "repository (pip install -e .)."
        ) from problem


def _own_links_only(page: str, names: set[str]) -> str:
    """The page without links to what is not in the release; their words stay."""
    return _LINK.sub(lambda link: link[0] if link[2].partition("#")[0] in names else link[1], page)
