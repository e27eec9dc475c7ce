"""Writing a release, and the closing table of what is in it."""

import datetime as dt

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.console.plain import output_console
from pipeline.edgar.header import EASTERN
from pipeline.printable import printable
from pipeline.settings import Settings, place
from pipeline.warehouse.release import ReleaseReport, release_date, write_release
from pipeline.warehouse.release_pages import in_words


def make_release(settings: Settings, directory: str | None, date: str | None) -> int:
    """Write the release and print what it holds; returns the exit status.

    Args:
        settings: whose home the months are taken from.
        directory: where the release's folder is made; `releases` in the home where None.
        date: YYYY-MM-DD; today by EDGAR's calendar, that of the US East Coast, where None.
    """
    day = release_date(date) if date else dt.datetime.now(EASTERN).date()
    folder = place(directory, "DIRECTORY") if directory else settings.home / "releases"
    _print(write_release(settings.home, folder, day))
    return 0


def _print(report: ReleaseReport) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("table")
    for title in ("rows", "Parquet, bytes", "CSV, bytes"):
        table.add_column(title, justify="right")
    for name, rows in report.contents.rows.items():
        sizes = (report.files[f"{name}.{form}"].bytes for form in ("parquet", "csv"))
        table.add_row(name, f"{rows:,}", *(f"{size:,}" for size in sizes))
    console = output_console()
    console.print(table)
    ended = (
        "is written" if report.is_new else "stood there already with the same content; nothing was changed"
    )
    for line in (
        f"Months: {in_words(report.months)}",
        f"Reader versions: {', '.join(report.contents.reader_versions) or 'none'}",
        f"SHA-256 of manifest.json: {report.manifest_sha256}",
        f"{report.path} {ended}.",
    ):
        console.print(Text(printable(line)), soft_wrap=True)
