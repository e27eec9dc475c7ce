"""Where the steps of a run are executed.

Here belongs which executor the settings ask for. How it works does not: see `dask_executor`.
"""

import dagster as dg

from assets.instance import refuse_unshared_storage
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings


def executor_of(settings: Settings) -> dg.ExecutorDefinition:
    """In the process of the run; with EXIT_CHARGES_DASK on the workers of that cluster.

    Raises:
        ConfigurationError: the workers have no storage that they share, or what talks to them is not
            installed.
    """
    if settings.dask is None:
        # A month is one short chain: a process for each step costs more than the steps.
        return dg.in_process_executor
    refuse_unshared_storage(settings)
    try:
        from assets.dask_executor import on_workers
    except ImportError as problem:
        raise ConfigurationError(
            f"EXIT_CHARGES_DASK needs {problem.name}, which is not installed: pip install "
            "'exit-charges[dask,postgres]'."
        ) from problem
    return on_workers(settings.dask)
