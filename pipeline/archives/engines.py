"""The engines that map a function over batches: processes of this machine, a Dask cluster, a Spark cluster.

Here belongs how each is asked. What is mapped does not: the same function goes to all of them.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import pyarrow as pa

from pipeline.errors import ConfigurationError, ExitChargesError

Task = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
Engine = Callable[[Task, Sequence[pa.RecordBatch], pa.Schema], Iterator[pa.RecordBatch]]
"""Maps a task over batches, each by itself; gives the task's batches, in the schema, as they come."""

_AGAIN = "What is done stays: run it again."


def processes(count: int | None) -> Engine:
    """So many processes of this machine; without a number, one a processor."""

    def run(task: Task, batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        executor = ProcessPoolExecutor(count or os.cpu_count(), mp_context=get_context("spawn"))
        try:
            for future in as_completed([executor.submit(_all_of, task, batch) for batch in batches]):
                yield from future.result()
        except BrokenProcessPool as problem:
            raise ExitChargesError(f"A process of the pool was ended from outside. {_AGAIN}") from problem
        finally:
            executor.shutdown(cancel_futures=True)

    return run


def dask(address: str) -> Engine:
    """The workers of the Dask scheduler at that address, such as tcp://10.0.0.5:8786.

    Raises, when it is asked:
        ConfigurationError: Dask is not installed.
        ExitChargesError: the scheduler does not answer, or its workers were lost again and again.
    """

    def run(task: Task, batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        try:
            import distributed
        except ImportError as problem:
            raise _not_installed("dask", problem) from problem
        try:
            client = distributed.Client(address)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as problem:
            raise ExitChargesError(
                f"The Dask scheduler at {address} does not answer ({problem}); start it, or correct the "
                "address."
            ) from problem
        lost = (OSError, distributed.KilledWorker, distributed.client.FutureCancelledError)
        with client:
            futures = [client.submit(_all_of, task, batch, pure=False) for batch in batches]
            try:
                for future in distributed.as_completed(futures):  # type: ignore[no-untyped-call]
                    yield from future.result()
            except lost as problem:
                raise ExitChargesError(f"The Dask cluster was lost ({problem}). {_AGAIN}") from problem

    return run


def spark(master: str | None) -> Engine:
    """A Spark cluster: that of spark-submit or of the session that there is, else that of the master.

    Without any of them Spark runs on this machine.

    Raises, when it is asked:
        ConfigurationError: Spark is not installed.
        ExitChargesError: the job was given up.
    """

    def run(task: Task, batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
            from pyspark.sql.pandas.types import from_arrow_schema
        except ImportError as problem:
            raise _not_installed("spark", problem) from problem
        builder = SparkSession.builder.appName("exit-charges")
        if master:
            builder = builder.master(master)
            if master.startswith("local"):  # whose workers have no Python of their own to name
                os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        is_ours = SparkSession.getActiveSession() is None
        session = builder.getOrCreate()
        rows = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
        given = from_arrow_schema(batches[0].schema)
        # A task a row: what one of them takes is minutes, and a lost one is all that is done again.
        frame = session.createDataFrame(session.sparkContext.parallelize(rows, len(rows)), given)
        try:
            done = frame.mapInArrow(task, from_arrow_schema(schema)).toArrow()
        except PySparkException as problem:
            lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
            said = next((line for line in lines if line.startswith("pipeline.errors.")), lines[0])
            raise ExitChargesError(f"The Spark job was given up: {said} {_AGAIN}") from problem
        finally:
            if is_ours:
                session.stop()
        yield from done.to_batches()

    return run


def _all_of(task: Task, batch: pa.RecordBatch) -> list[pa.RecordBatch]:
    return list(task(iter([batch])))


def _not_installed(extra: str, problem: ImportError) -> ConfigurationError:
    return ConfigurationError(
        f"The engine {extra} needs {problem.name}, which is not installed: "
        f"pip install 'exit-charges[{extra}]'."
    )
