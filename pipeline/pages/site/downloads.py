"""The files to download: every table as Parquet and CSV, as in a release."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.warehouse.release_tables import RELEASED_TABLES, write_tables
from pipeline.warehouse.views import views


@dataclass(frozen=True, slots=True)
class DownloadedTable:
    """A table or view with the sizes of its files in words."""

    name: str
    rows: int
    grain: str
    parquet: str
    csv: str


@dataclass(frozen=True, slots=True)
class Downloads:
    """The tables, and the paths of their files in the site."""

    files: tuple[DownloadedTable, ...]
    names: tuple[str, ...]


def write_downloads(database: Path, folder: Path, months: Sequence[str]) -> Downloads:
    """Write the files into `folder`, which is the site's `data`."""
    contents = write_tables(database, folder, months)
    grains = {name: table.grain for name, table in RELEASED_TABLES.items()}
    opening = {view.name: view.comment.partition(". ")[0] for view in views()}
    files = tuple(
        DownloadedTable(
            name=name,
            rows=rows,
            grain=grains.get(name) or f"view: {opening[name]}",
            parquet=_size(folder / f"{name}.parquet"),
            csv=_size(folder / f"{name}.csv"),
        )
        for name, rows in contents.rows.items()
    )
    names = (f"data/{file.name}.{form}" for file in files for form in ("parquet", "csv"))
    return Downloads(files, tuple(names))


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(size, 1000) / 1000:,.0f} KB"
