"""`load-delta`: the progress of a load, and its closing table."""

from pipeline.console.copied import print_copied
from pipeline.console.progress import progress_bar
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings, place


def load_into_delta(settings: Settings, directory: str | None) -> int:
    """Write what is published as Delta tables and print what was done; returns the exit status.

    Args:
        settings: whose home is meant.
        directory: where the tables are, also a URL of S3; `delta` in the home where None.

    Raises:
        ConfigurationError: the directory cannot be meant, or deltalake is not installed.
        StorageError: nothing is published, or the place cannot be written.
    """
    try:
        from pipeline.warehouse.delta import write_delta
    except ImportError as problem:
        raise ConfigurationError(
            f"load-delta needs {problem.name}, which is not installed: pip install 'exit-charges[delta]'."
        ) from problem
    target = place(directory, "DIRECTORY") if directory else settings.home / "delta"
    with progress_bar() as progress:
        task = progress.add_task("Delta", total=None)
        report = write_delta(
            settings.home,
            target,
            lambda month, done, of: progress.update(task, description=month, completed=done, total=of),
        )
    closing = f"The Delta tables in {target} hold what is published."
    print_copied(report.rows, report.months, report.schema_changes, closing)
    return 0
