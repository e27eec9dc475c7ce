"""Steps of runs on the workers of a Dask cluster.

Here belongs how a step gets to a worker, and how its end is noticed. What a worker does with it does not: see
`dask_step`. Importing this module needs the optional packages `dask`.

Of dagster-dask (0.29.27) the configuration is used and not the execution:

- Dask takes tuples apart that it is given, and Dagster's refuse that (2026.8.0), so that no run begins;
- tasks are named by job and step alone: of two runs on a cluster, the second gets the results of the first;
- what follows a step that failed is executed all the same;
- a run that is started again from where it failed looks for the steps before that, and ends with a KeyError;
- a step's retry policy is not obeyed.

Here Dagster's own state machine decides what may be executed next, and each step is handed over when it may:
a step that is done is never done again because the worker that did it is gone.
"""

import pickle
import time
from collections.abc import Iterator, Sequence

import dagster as dg
from dagster._core.definitions.executor_definition import multiple_process_executor_requirements
from dagster._core.events import DagsterEvent
from dagster._core.execution.context.system import PlanOrchestrationContext
from dagster._core.execution.plan.active import ActiveExecution
from dagster._core.execution.plan.instance_concurrency_context import InstanceConcurrencyContext
from dagster._core.execution.plan.plan import ExecutionPlan
from dagster._core.execution.plan.step import ExecutionStep
from dagster._core.execution.retries import RetryMode
from dagster_dask import dask_executor
from dagster_dask.executor import DaskExecutor
from distributed import CancelledError, Client, Future
from distributed.scheduler import KilledWorker

from assets.dask_step import StepOnWorker, terms_of
from pipeline.errors import WorkersError
from pipeline.settings import load_settings

_Future = Future[bytes]

LONGEST_CONNECT_SECONDS = 60
"""A scheduler that was started anew has so long to answer; a run that it did not answer is started again."""
_LOOK_SECONDS = 0.1
"""How often is looked what has ended; the cluster tells it, so that looking asks nobody."""


class StepsOnWorkers(DaskExecutor):
    """Executes each step on a worker of a cluster that exists; several runs can share the cluster."""

    @property
    def retries(self) -> RetryMode:
        return RetryMode.ENABLED

    def execute(
        self, plan_context: PlanOrchestrationContext, execution_plan: ExecutionPlan
    ) -> Iterator[DagsterEvent]:
        """The events of all steps.

        Raises:
            WorkersError: the scheduler does not answer or went away, or a step ended every worker it was on.
        """
        with (
            connected(self.cluster_configuration["address"], LONGEST_CONNECT_SECONDS) as client,
            InstanceConcurrencyContext(plan_context.instance, plan_context.dagster_run) as pools,
            ActiveExecution(execution_plan, self.retries, instance_concurrency_context=pools) as active,
        ):
            under_way: dict[_Future, str] = {}
            while not active.is_complete:
                if active.check_for_interrupts():
                    active.mark_interrupted()
                    return  # a step under way is finished by its worker, and nothing follows it
                for step in active.get_steps_to_execute():
                    under_way[_handed_over(client, plan_context, execution_plan, active, step)] = step.key
                yield from active.concurrency_event_iterator(plan_context)
                ended = [future for future in under_way if future.status != "pending"]
                for future in ended:
                    step_key = under_way.pop(future)
                    for event in _events(future, step_key):
                        yield event
                        active.handle_event(event)
                    active.verify_complete(plan_context, step_key)
                yield from active.plan_events_iterator(plan_context)
                if not ended:
                    time.sleep(_LOOK_SECONDS)


def _handed_over(
    client: Client,
    plan_context: PlanOrchestrationContext,
    execution_plan: ExecutionPlan,
    active: ActiveExecution,
    step: ExecutionStep,
) -> _Future:
    attempt = active.retry_state.get_attempt_count(step.key)
    task = StepOnWorker(
        run=plan_context.dagster_run,
        job=plan_context.reconstructable_job,
        step_key=step.key,
        known_state=active.get_known_state(),
        repository_load_data=execution_plan.repository_load_data,
        instance=plan_context.instance.get_ref(),
        terms=terms_of(load_settings()),
    )
    key = f"{plan_context.dagster_run.job_name} {plan_context.run_id} {step.key} {attempt}"
    return client.submit(task, key=key, pure=False)


def _events(future: _Future, step_key: str) -> Sequence[DagsterEvent]:
    try:
        events: Sequence[DagsterEvent] = pickle.loads(future.result())
        # Else Dask would do the step again if its worker died before the next one ends.
        future.release()  # type: ignore[no-untyped-call]
    except CancelledError as problem:
        raise WorkersError(
            f"The Dask scheduler went away while {step_key} was under way; the daemon starts the run again "
            "when the scheduler answers."
        ) from problem
    except KilledWorker as problem:
        raise WorkersError(
            f"Each Dask worker that had {step_key} was ended meanwhile, the last was "
            f"{problem.last_worker.address}; look at what the workers say, and at their memory."
        ) from problem
    return events


def connected(address: str, longest_seconds: float) -> Client:
    """A client of the cluster whose scheduler has this address.

    Raises:
        WorkersError: it does not answer within so many seconds.
    """
    try:
        return Client(  # type: ignore[no-untyped-call]
            address, timeout=longest_seconds, set_as_default=False
        )
    except OSError as problem:
        raise WorkersError(
            f"The Dask scheduler of EXIT_CHARGES_DASK, {address}, does not answer; start it, or correct the "
            "setting."
        ) from problem


def _steps_on_workers(context: dg.InitExecutorContext) -> StepsOnWorkers:
    [(kind, configuration)] = context.executor_config["cluster"].items()  # type: ignore[attr-defined]
    return StepsOnWorkers(kind, configuration)  # type: ignore[no-untyped-call]


def on_workers(address: str) -> dg.ExecutorDefinition:
    """The executor for the cluster whose scheduler has this address."""
    executor = dg.ExecutorDefinition(
        name="dask",
        config_schema=dask_executor.config_schema,  # type: ignore[arg-type]
        requirements=multiple_process_executor_requirements(),
        executor_creation_fn=_steps_on_workers,
    )
    return executor.configured({"cluster": {"existing": {"address": address}}}, name="dask")
