"""A run of the job `month` in a process of its own, since two in one process can block each other in logging.

    python -m tests.assets.run_of_a_month 2008-10

Exit status 1 where it failed.
"""

import sys
from pathlib import Path

import dagster as dg
from dagster._core.definitions.reconstruct import ReconstructableJob, ReconstructableRepository

from assets.instance import open_instance
from pipeline.settings import load_settings

ROOT = Path(__file__).parents[2]


def month_job() -> ReconstructableJob:
    """The job, as a process is told of it."""
    repository = ReconstructableRepository.for_file(
        str(ROOT / "assets" / "definitions.py"), "defs", working_directory=str(ROOT)
    )
    return repository.get_reconstructable_job("month")


def run(instance: dg.DagsterInstance, month: str) -> str:
    """Run it and return the run's id, however it ends."""
    tags = {"dagster/partition": month}
    with dg.execute_job(month_job(), instance, tags=tags, raise_on_error=False) as result:
        return result.run_id


if __name__ == "__main__":
    with open_instance(load_settings()) as opened:
        ended = opened.get_run_by_id(run(opened, sys.argv[1]))
        sys.exit(ended is None or not ended.is_success)
