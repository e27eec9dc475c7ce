"""Building the site, and the sentence that says where it is."""

from rich.text import Text

from pipeline.console.plain import output_console
from pipeline.pages.site.build import build_site
from pipeline.printable import printable
from pipeline.settings import Settings, place


def make_site(settings: Settings, directory: str | None) -> int:
    """Build the site and print its address; returns the exit status.

    Args:
        settings: whose home the site is of.
        directory: where it is written; `site` in the home where None.
    """
    report = build_site(settings.home, place(directory, "DIRECTORY") if directory else None)
    changed = f"{report.written:,} of them written" if report.written else "nothing had changed"
    words = f"{report.filings:,} filings, {report.files:,} files, {changed}."
    console = output_console()
    for line in (words, f"The site: {report.address}"):
        console.print(Text(printable(line)), soft_wrap=True)
    for number, problem in report.undrawn.items():
        console.print(Text(printable(f"The page of {number} could not be drawn: {problem}"), style="red"))
    return 1 if report.undrawn else 0
