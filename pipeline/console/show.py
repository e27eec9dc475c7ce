"""Writing the page of a published filing."""

import sys
from collections.abc import Iterator

from upath import UPath

from pipeline.errors import ExitChargesError, StorageError
from pipeline.files import write_atomically
from pipeline.pages.filing_page import filing_page
from pipeline.pages.filing_view import FilingView, views
from pipeline.settings import Settings, place
from pipeline.warehouse.query import is_current, open_database


def show_filing(settings: Settings, accession_number: str, output: str | None) -> int:
    """Write the filing's page and print where it is; returns the exit status.

    Args:
        settings: whose home the filing is published in.
        accession_number: with or without dashes.
        output: where the page goes, `-` for standard output. By default into `pages/` in the home, and with
            it the pages of the filings that it amends or is amended by, to which it links.
    """
    number = _with_dashes(accession_number)
    found = list(_found(settings.home, number, with_ties=output is None))
    pages = {view.filing["accession_number"]: filing_page(view) for view in found}
    if number not in pages:
        raise ExitChargesError(
            f'{accession_number} is not among the published filings; `exit-charges sql "select '
            'accession_number, company_name from filings"` lists them, and `exit-charges materialize --from '
            "YYYY-MM` adds those of a month."
        )
    if output == "-":
        sys.stdout.write(pages[number])
    elif output is not None:
        write_atomically(place(output, "--output"), pages[number].encode())
        print(output)
    else:
        folder = settings.home / "pages"
        for name, page in pages.items():
            write_atomically(folder / f"{name}.html", page.encode())
        print(folder / f"{number}.html")
    return 0


def _found(home: UPath, accession_number: str, with_ties: bool) -> Iterator[FilingView]:
    with open_database(home) as connection:
        if not is_current(connection):
            raise StorageError(
                "The database was built by another version of exit-charges; run `exit-charges materialize` "
                "for a month, which builds it anew."
            )
        for view in views(connection, [accession_number]):
            yield view
            versions = {
                version.accession_number for history in view.histories for version in history.versions
            }
            if with_ties:
                yield from views(connection, sorted(versions - {accession_number}))


def _with_dashes(accession_number: str) -> str:
    """0000888693-08-000039, also where the dashes are left out, as in EDGAR's paths."""
    if len(accession_number) == 18 and accession_number.isdigit():
        return f"{accession_number[:10]}-{accession_number[10:12]}-{accession_number[12:]}"
    return accession_number
