"""A step of a run on a worker of a Dask cluster.

Here belongs what a worker does with a step, and when it refuses to. How the step gets to it does not: see
`dask_executor`. Importing this module needs the optional packages `dask`.
"""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass

import dagster as dg
from dagster._core.definitions.reconstruct import ReconstructableJob
from dagster._core.definitions.repository_definition import RepositoryLoadData
from dagster._core.events import DagsterEvent
from dagster._core.execution.api import create_execution_plan, execute_plan_iterator
from dagster._core.execution.context_creation_job import create_context_free_log_manager
from dagster._core.execution.plan.state import KnownExecutionState
from dagster._core.execution.retries import RetryMode
from dagster._core.instance.ref import InstanceRef
from distributed import get_worker

from assets.claims import owner_of
from assets.instance import open_for_a_step
from pipeline.errors import ConfigurationError
from pipeline.files import local_path
from pipeline.reader_version import reader_version
from pipeline.settings import Settings, load_settings

_MARK = "the mark of its home"


def terms_of(settings: Settings) -> dict[str, str]:
    """What the run's process and the worker have to agree on: settings, code, and what the home is."""
    home = local_path(settings.home)
    return {
        "EXIT_CHARGES_HOME": str(settings.home),
        _MARK: owner_of(home / "dagster") if home else "",
        "EXIT_CHARGES_SOURCE": settings.source,
        "EXIT_CHARGES_COMPANIES": ",".join(settings.companies),
        "EXIT_CHARGES_REQUESTS_PER_SECOND": f"{settings.requests_per_second:g}",
        "the reader version": reader_version(),
    }


@dataclass(frozen=True, slots=True)
class StepOnWorker:
    """A step that has everything with it that a worker needs; no password is in it."""

    run: dg.DagsterRun
    job: ReconstructableJob
    step_key: str
    known_state: KnownExecutionState
    repository_load_data: RepositoryLoadData | None
    instance: InstanceRef
    terms: Mapping[str, str]

    def __call__(self) -> bytes:
        """Execute it; returns the events, which are recorded by then, pickled: Dask cannot size them.

        Raises:
            ConfigurationError: this worker is not one that may.
        """
        worker = get_worker()
        refuse_other_terms(worker.address, worker.state.nthreads, self.terms)
        with open_for_a_step(self.instance) as instance:
            begun = DagsterEvent.step_worker_started(
                create_context_free_log_manager(instance, self.run),
                self.run.job_name,
                message=f'Executing step "{self.step_key}" on the Dask worker {worker.address}.',
                metadata={"worker": dg.MetadataValue.text(worker.address)},
                step_key=self.step_key,
            )
            plan = create_execution_plan(
                self.job,
                run_config=self.run.run_config,
                step_keys_to_execute=[self.step_key],
                known_state=self.known_state,
                repository_load_data=self.repository_load_data,
            )
            events = execute_plan_iterator(
                plan,
                self.job,
                self.run,
                instance=instance,
                retry_mode=RetryMode.DEFERRED,
                run_config=self.run.run_config,
            )
            return pickle.dumps([begun, *events])


def refuse_other_terms(worker: str, threads: int, terms: Mapping[str, str]) -> None:
    """See that this worker works as the run's process does.

    Raises:
        ConfigurationError: it has more than one thread, or other settings, code or another home.
    """
    if threads != 1:
        raise ConfigurationError(
            f"The Dask worker {worker} has {threads} threads, and a step needs a process of its own; start "
            "it again with --nthreads 1."
        )
    settings = load_settings()
    home = local_path(settings.home)
    if home and not (home / "dagster" / "owner").exists():  # which asking for its mark would make
        found = {"EXIT_CHARGES_HOME": str(settings.home), _MARK: ""}
    else:
        found = terms_of(settings)
    for name, wanted in terms.items():
        if found.get(name) == wanted:
            continue
        if name == _MARK:
            raise ConfigurationError(
                f"The Dask worker {worker} has another directory at {settings.home} than the daemon; the "
                "home has to be one that all of them reach."
            )
        raise ConfigurationError(
            f"The Dask worker {worker} has {found.get(name)!r} for {name}, and the daemon has {wanted!r}; "
            "give all workers the settings and the code of the daemon, and start them again."
        )
