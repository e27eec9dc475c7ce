"""Spark on this machine, with what its workers write in a folder and not beside the installed package."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]


def spark_environment(folder: Path) -> dict[str, str]:
    """The environment of a process that uses Spark; `folder` is made."""
    installed = find_spec("pyspark")  # importing it here would not do: see expectations.run
    assert installed is not None
    assert installed.origin is not None
    folder.mkdir()
    for name in ("bin", "jars"):
        (folder / name).symlink_to(Path(installed.origin).parent / name)
    return {
        **os.environ,
        "SPARK_HOME": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "default",
    }
