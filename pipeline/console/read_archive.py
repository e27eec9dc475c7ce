"""`read-archive`: the progress of reading an archive, and its closing table."""

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.archives.engines import Engine, dask, processes, spark
from pipeline.archives.job import ArchiveReport, read_archive
from pipeline.console.plain import output_console
from pipeline.console.progress import progress_bar
from pipeline.errors import ConfigurationError
from pipeline.printable import printable
from pipeline.settings import place
from pipeline.tables.readings import FAILED, PASSED_OVER


def read_archive_at(
    places: Sequence[str], output: str, engine: str, cluster: str | None, count: int | None
) -> int:
    """Read the archive and print what the output holds; returns the exit status.

    Args:
        places: files, folders or URLs.
        output: folder or URL.
        engine: processes, dask or spark.
        cluster: the Dask scheduler's address, or Spark's master.
        count: of processes.

    Raises:
        ExitChargesError: see `read_archive`.
    """
    with progress_bar() as progress:
        task = progress.add_task("parts", total=None)
        report = read_archive(
            [place(each, "PLACE") for each in places],
            place(output, "--to"),
            _engine(engine, cluster, count),
            lambda done, of: progress.update(task, completed=done, total=of),
        )
    _print(report, output)
    return 0


def _engine(name: str, cluster: str | None, count: int | None) -> Engine:
    if name == "dask":
        if not cluster:
            raise ConfigurationError("Name the Dask scheduler: --cluster tcp://host:8786.")
        return dask(cluster)
    return spark(cluster) if name == "spark" else processes(count)


def _print(report: ArchiveReport, output: str) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("submissions")
    table.add_column("", justify="right")
    for status, count in sorted(report.statuses.items()):
        table.add_row(status, f"{count:,}")
    table.add_row("of another form, passed over", f"{report.outcomes[PASSED_OVER]:,}")
    table.add_row("failed", f"{report.outcomes[FAILED]:,}")
    table.add_row("all", f"{report.submissions:,}")
    console = output_console()
    console.print(table)
    lines = [f"{source}: {problem}" for source, problem in report.failures.items()]
    if more := report.outcomes[FAILED] - len(report.failures):
        lines.append(f"... and {more:,} more: see the rows with outcome failed.")
    if report.left_out:
        lines.append(f"{report.left_out:,} files are no submissions by their names and were left out.")
    lines.append(
        f"{report.files:,} files in {report.parts:,} parts, {report.parts_read:,} of them read now; "
        f"{report.charges:,} charges in {output}."
    )
    for line in lines:
        console.print(Text(printable(line)), soft_wrap=True)
