"""The project's errors. Each message names the filing or file, the place, and the remedy."""


class ExitChargesError(Exception):
    """Anything this project reports to its users in one plain sentence."""


class ConfigurationError(ExitChargesError):
    """A setting is missing or wrong; nothing was done."""


class UnreadableSubmissionError(ExitChargesError):
    """The bytes are no EDGAR submission, HTML document or text that can be read."""


class SourceError(ExitChargesError):
    """EDGAR (or what stands in for it) did not answer, or answered with something else."""


class NotFoundError(SourceError):
    """EDGAR has nothing at an address."""


class StorageError(ExitChargesError):
    """A file of the raw archive, the staging area or the warehouse is missing, foreign or damaged."""


class UnreachableStorageError(StorageError):
    """The storage did not answer, or asks for another try later."""


class ConditionRefusedError(StorageError):
    """An object is no longer, or not yet, what the condition of a write says."""


class WorkersError(ExitChargesError):
    """The Dask cluster does not answer, or could not bring a step to its end."""


class BlockedError(SourceError):
    """EDGAR refuses this address for a while; the message names the wait. Asking on would prolong it.

    `seconds` is the wait; `waiting_helps` is False where the identity is what EDGAR refuses.
    """

    def __init__(self, message: str, seconds: float = 600.0, waiting_helps: bool = True) -> None:
        super().__init__(message)
        self.seconds = seconds
        self.waiting_helps = waiting_helps
