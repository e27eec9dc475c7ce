"""The command line: options, and which function does the work. What is heavy is imported when needed."""

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.errors import ExitChargesError

_EPILOG = """\b
Settings, in the environment or in a file .env of the working directory:
  EXIT_CHARGES_HOME                 where everything is kept (default: ./data)
  EXIT_CHARGES_SOURCE               live, sample (default) or the base URL of a server laid out like EDGAR
  EXIT_CHARGES_IDENTITY             "Name email", which the SEC asks for; without it live is refused
  EXIT_CHARGES_REQUESTS_PER_SECOND  at most 10 (default: 8), for all processes of this machine together
  EXIT_CHARGES_COMPANIES            CIKs or tickers to which runs are narrowed (default: the whole market)
  EXIT_CHARGES_ALERT                a URL or a command that the daemon tells of runs that fail
  EXIT_CHARGES_DAGSTER_STORAGE      URL of a PostgreSQL for Dagster's runs (default: SQLite in the home)

\b
Exit status: 0 done, 1 something failed (one sentence on standard error says what), 2 wrong usage.
"""


class _Group(click.Group):
    """A group that ends the project's own errors in one sentence instead of a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ExitChargesError as problem:
            click.echo(f"exit-charges: {problem}", err=True)
            context.exit(1)


@click.group(cls=_Group, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="exit-charges", prog_name="exit-charges")
def main() -> None:
    """Exit and disposal charges from Form 8-K, Item 2.05, as tables.

    \b
    Start here:
      exit-charges materialize --source sample      the whole flow on the sample archive
      exit-charges sql "select * from plans"        what came out
      exit-charges extract some-filing.txt          one file, nothing stored
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "html"]),
    default="table",
    show_default=True,
    help="table for people; jsonl: one object a file; json: a list of them; html: a page, figures marked.",
)
@click.option(
    "--explain", is_flag=True, help="Show each figure's words and rule, and what was left out and why."
)
def extract(paths: tuple[str, ...], form: str, explain: bool) -> None:
    """Read filings from disk and show the charges, shares and headcounts in them.

    PATH is a full submission (.txt, .nc), an HTML or plain text document, or a folder, of which every file
    is read. Nothing is downloaded or stored. A file that cannot be read is named and the others are still
    read; the exit status is then 1.

    \b
    Examples:
      exit-charges extract filing.txt --explain
      exit-charges extract downloads/ --format jsonl > figures.jsonl
      exit-charges extract filing.htm --format html > filing-read.html
    """
    from pipeline.console.extract import extract_paths

    sys.exit(extract_paths([Path(path) for path in paths], form, explain))


@main.command()
@click.option(
    "--from", "first", metavar="YYYY-MM", help="The first month of filing; optional with the samples."
)
@click.option("--to", "last", metavar="YYYY-MM", help="The last one; without it only the first.")
@click.option("--source", metavar="live|sample|URL", help="Instead of EXIT_CHARGES_SOURCE.")
@click.option(
    "--companies",
    metavar="CIK|TICKER,...",
    help="Only filings of these companies; what is known of others stays. Instead of EXIT_CHARGES_COMPANIES.",
)
def materialize(first: str | None, last: str | None, source: str | None, companies: str | None) -> None:
    """Run months through the whole flow: find, fetch, read, check, publish, and refresh the database.

    Each month is a Dagster run, which `make ui` shows. A month that fails keeps its last good rows and
    stops no other; the exit status is then 1. Running again fetches nothing that is held and leaves the
    files of the same rows as they are.

    \b
    Examples:
      exit-charges materialize --source sample                  every month that the samples have
      exit-charges materialize --from 2008-10 --to 2008-12
      exit-charges materialize --from 2008-10 --companies 888693,9990111
      EXIT_CHARGES_IDENTITY="Jane Doe jane.doe@example.org" \\
        exit-charges materialize --from 2024-01 --source live
    """
    from pipeline.console.materialize import materialize_months
    from pipeline.settings import load_settings

    sys.exit(materialize_months(load_settings(source=source, companies=companies), first, last))


@main.command()
@click.option("--month", required=True, metavar="YYYY-MM", help="The month of filing.")
@click.option(
    "--between",
    default="search,index",
    show_default=True,
    metavar="SOURCE,SOURCE",
    help="Two of search, index, bulk, submissions (the last needs --companies).",
)
@click.option("--source", metavar="live|sample|URL", help="Instead of EXIT_CHARGES_SOURCE.")
@click.option("--companies", metavar="CIK|TICKER,...", help="Only filings of these companies.")
def reconcile(month: str, between: str, source: str | None, companies: str | None) -> None:
    """Say what one of EDGAR's lists of a month's filings knows and another does not.

    Nothing is changed in what is stored. The exit status is 1 if the two differ. On live EDGAR the search
    takes some 300 requests for a month, the bulk archive one of 1.6 GB, and the index one for each 8-K of
    the month (some 6,000, a quarter of an hour) unless it was asked before: the headers are kept.

    \b
    Examples:
      exit-charges reconcile --month 2024-01
      exit-charges reconcile --month 2024-01 --between search,bulk
      exit-charges reconcile --month 2008-10 --between submissions,index --companies 888693
    """
    from pipeline.console.reconcile import reconcile_month
    from pipeline.settings import load_settings

    sys.exit(reconcile_month(load_settings(source=source, companies=companies), month, between))


@main.command()
@click.argument("query", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="csv and json are for scripts: plain numbers, ISO dates, null as nothing (csv) or null (json).",
)
def sql(query: str | None, form: str) -> None:
    """Query the database; without QUERY, a prompt. It is opened for reading only.

    \b
    Examples:
      exit-charges sql "select category, sum(amount_high) from charges where counts_in_sum group by all"
      exit-charges sql "show tables"
      exit-charges sql "select * from plans" --format csv > plans.csv
      exit-charges sql < query.sql
    """
    from pipeline.console.sql import run_sql
    from pipeline.settings import load_settings

    sys.exit(run_sql(load_settings(), query, form))


@main.command()
@click.argument("accession_number")
@click.option(
    "--output", metavar="FILE", help="Where the page is written, - for standard output; else into the home."
)
def show(accession_number: str, output: str | None) -> None:
    """Write the page of a published filing, on which every figure is marked in the filing's own text.

    The page is one HTML file that needs no network: what was read beside the words it was read from, whether
    it adds up, what was left out and why, and what an amendment changed. Its path is printed.

    \b
    Examples:
      exit-charges show 0000888693-08-000039
      exit-charges show 0000888693-08-000039 --output seed.html
      exit-charges sql "select accession_number, company_name from filings"    which filings there are
    """
    from pipeline.console.show import show_filing
    from pipeline.settings import load_settings

    sys.exit(show_filing(load_settings(), accession_number, output))


@main.command()
@click.argument("directory", required=False)
@click.option("--date", metavar="YYYY-MM-DD", help="The release's date; without it today in US Eastern time.")
def release(directory: str | None, date: str | None) -> None:
    """Write a dated release: every table as Parquet and CSV, its documentation, and the hashes of all files.

    The folder exit-charges-YYYY-MM-DD is made in DIRECTORY, by default releases/ in the home. It holds all
    published months and is never changed afterwards: the same content is left alone, other content of the
    same date is refused.

    \b
    Examples:
      exit-charges release
      exit-charges release /srv/releases --date 2026-01-31
    """
    from pipeline.console.release import make_release
    from pipeline.settings import load_settings

    sys.exit(make_release(load_settings(), directory, date))


@main.command("load-postgres")
@click.argument("url", required=False)
@click.option("--schema", default="exit_charges", show_default=True, help="Where the tables are made.")
def load_postgres(url: str | None, schema: str) -> None:
    """Make a schema of a PostgreSQL database hold what is published: the tables, and the views over them.

    URL is postgresql://user:password@host:5432/database. A password is better kept in ~/.pgpass or PGPASSWORD
    than in a command that others can see; without URL the variables of libpq (PGHOST, PGDATABASE, PGUSER,
    PGSERVICE) say it all. Each month is replaced in one transaction, and months that did not change since the
    last load are passed over. After a load that was killed, the next one goes on.

    \b
    Examples:
      exit-charges load-postgres postgresql://loader@db.example.org/analysis
      exit-charges load-postgres postgresql://loader@db.example.org/analysis --schema exit_charges_of_2008
      PGSERVICE=analysis exit-charges load-postgres
    """
    from pipeline.console.load_postgres import load_into_postgres
    from pipeline.settings import load_settings

    sys.exit(load_into_postgres(load_settings(), url, schema))


@main.command("load-delta")
@click.argument("directory", required=False)
def load_delta(directory: str | None) -> None:
    """Make Delta tables hold what is published, for Spark, Trino, Databricks and others that read Delta.

    They lie in DIRECTORY, by default delta/ in the home. Each month is replaced in one commit a table, and
    months that did not change since the last load are passed over. After a load that was killed, the next
    one goes on.

    \b
    Examples:
      exit-charges load-delta
      exit-charges load-delta /srv/lake/exit-charges
      exit-charges load-delta s3://bucket/delta
    """
    from pipeline.console.load_delta import load_into_delta
    from pipeline.settings import load_settings

    sys.exit(load_into_delta(load_settings(), directory))


@main.command("read-archive")
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
@click.option("--to", "output", required=True, metavar="OUTPUT", help="A folder or URL of its own.")
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask", "spark"]),
    default="processes",
    show_default=True,
    help="What the work is spread over.",
)
@click.option("--cluster", metavar="ADDRESS", help="The Dask scheduler's address, or Spark's master.")
@click.option("--processes", "count", type=click.IntRange(1), help="How many; without it one a processor.")
def read_archive(
    places: tuple[str, ...], output: str, engine: str, cluster: str | None, count: int | None
) -> None:
    """Read an archive of any number of submissions into Parquet files, one submission a row.

    PLACE is a file, a folder or a prefix of a bucket. In it are submissions (.txt, .nc), or EDGAR's daily
    archives of them (.nc.tar.gz, .gz). Forms other than 8-K are passed over, and what cannot be read is a
    row that says why. What was read before is not read again; after a run that was killed the next one goes
    on.

    \b
    Examples:
      exit-charges read-archive samples/Archives --to readings
      exit-charges read-archive feed/2024 --to readings --processes 2
      exit-charges read-archive s3://filings/feed --to s3://tables/readings --engine dask \\
        --cluster tcp://10.0.0.5:8786
      spark-submit --master yarn pipeline/cli.py read-archive /srv/feed --to /srv/readings \\
        --engine spark
    """
    from pipeline.console.read_archive import read_archive_at

    sys.exit(read_archive_at(places, output, engine, cluster, count))


@main.command()
@click.argument("directory", required=False)
def site(directory: str | None) -> None:
    """Build the site over everything that is published: pages, charts, a search, and files to download.

    It is written to DIRECTORY, by default site/ in the home, and opens from disk or from any web server.
    Files that would not change are left alone, and pages of what is no longer published are removed.

    \b
    Examples:
      exit-charges site
      exit-charges site /srv/www/exit-charges
    """
    from pipeline.console.site import make_site
    from pipeline.settings import load_settings

    sys.exit(make_site(load_settings(), directory))


@main.command()
@click.argument("row_key", required=False)
@click.option(
    "--month", metavar="YYYY-MM", help="Only this month of filing, as it is staged: also one held back."
)
@click.option("--all", "with_decided", is_flag=True, help="List the rows that were decided on, too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How the list is written.",
)
@click.option("--accept", is_flag=True, help="The row is right: the checks that rejected it no longer do.")
@click.option("--drop", is_flag=True, help="The row is no figure of the plan.")
@click.option(
    "--set", "changes", multiple=True, metavar="COLUMN=VALUE", help="The row is right with this value."
)
@click.option("--by", metavar="NAME", help="Who decides; without it EXIT_CHARGES_IDENTITY.")
@click.option("--reason", metavar="TEXT", help="Why; needed for a decision.")
def review(
    row_key: str | None,
    month: str | None,
    with_decided: bool,
    form: str,
    accept: bool,
    drop: bool,
    changes: tuple[str, ...],
    by: str | None,
    reason: str | None,
) -> None:
    """List rejected rows with their evidence, or decide on one.

    A decision is a line in corrections.csv in the home. The next run of the month applies it, as long as the
    row is read as it was when it was decided on, and the table `corrections` says what became of it. A row
    that was published and is wrong can be decided on too.

    \b
    Examples:
      exit-charges review
      exit-charges review --month 2008-10 --format csv > rejected.csv
      exit-charges review 0b4f3a9c2d1e5f607182 --accept --by "Jane Doe" --reason "The text says so."
      exit-charges review 0b4f3a9c2d1e5f607182 --set amount_low=75000 --set amount_high=75000 --reason "..."
    """
    from pipeline.console.review import decide, list_rejected
    from pipeline.settings import load_settings

    decisions = [name for name, given in (("accept", accept), ("correct", changes), ("drop", drop)) if given]
    if row_key is None:
        if decisions:
            raise click.UsageError("Name the row to decide on: exit-charges review ROW_KEY ...")
        sys.exit(list_rejected(load_settings(), month, form, with_decided))
    if len(decisions) != 1:
        raise click.UsageError("Decide with one of --accept, --set COLUMN=VALUE and --drop.")
    if not reason:
        raise click.UsageError("Give the --reason: it is what others read later.")
    sys.exit(decide(load_settings(), row_key, decisions[0], changes, by, reason, month))


@main.command()
def doctor() -> None:
    """Say what is configured, reachable and healthy; exit status 1 if something is wrong."""
    from pipeline.console.doctor import examine
    from pipeline.settings import load_settings

    sys.exit(examine(load_settings()))


if __name__ == "__main__":
    main()
