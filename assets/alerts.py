"""Telling somebody that a run has failed: a webhook or any command.

Here belongs how it is told. What counts as a failure does not: see `sensors`.
"""

import json
import shlex
import subprocess
from dataclasses import asdict, dataclass

import requests

from pipeline.errors import ConfigurationError

SETTING = "EXIT_CHARGES_ALERT"
_LONGEST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that failed, as it is told."""

    job: str
    month: str | None
    run_id: str
    message: str

    def to_json(self) -> bytes:
        text = f"exit-charges: {self.job} {self.month or ''} failed: {self.message}"
        return json.dumps({"text": " ".join(text.split()), **asdict(self)}).encode()


def tell(failure: Failure, target: str | None) -> bool:
    """Post the failure as JSON to a URL, or give it to a command's standard input.

    The field `text` is what chat services show.

    Args:
        failure: what to tell.
        target: a URL (http or https) or a command; nobody where None.

    Returns:
        Whether there is anybody to tell.

    Raises:
        ConfigurationError: the URL or command does not take it.
    """
    if target is None:
        return False
    try:
        if target.startswith(("http://", "https://")):
            headers = {"Content-Type": "application/json"}
            answer = requests.post(target, data=failure.to_json(), headers=headers, timeout=_LONGEST_SECONDS)
            answer.raise_for_status()
        else:
            subprocess.run(shlex.split(target), input=failure.to_json(), check=True, timeout=_LONGEST_SECONDS)
    except (requests.RequestException, OSError, ValueError, subprocess.SubprocessError) as problem:
        raise ConfigurationError(
            f"{SETTING} is {target!r}, which does not take a failure ({problem}); set it to a URL or a "
            "command that does."
        ) from problem
    return True
