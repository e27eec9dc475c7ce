"""Where the request limit is shared, as the settings say."""

from pipeline.edgar.limit import RequestLimiter
from pipeline.edgar.limit_file import LimitFile
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings


def shared_limiter(settings: Settings) -> RequestLimiter:
    """The limiter of all that share Dagster's PostgreSQL; where there is none, of this user and machine.

    Raises:
        ConfigurationError: what talks to PostgreSQL is not installed.
    """
    if settings.dagster_storage is None:
        return RequestLimiter(settings.requests_per_second, LimitFile())
    try:
        from pipeline.edgar.limit_postgres import LimitTable
    except ImportError as problem:
        raise ConfigurationError(
            f"EXIT_CHARGES_DAGSTER_STORAGE holds the request limit, which needs {problem.name}, and that is "
            "not installed: pip install 'exit-charges[postgres]'."
        ) from problem
    return RequestLimiter(settings.requests_per_second, LimitTable(settings.dagster_storage))
