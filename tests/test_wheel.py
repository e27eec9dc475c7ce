"""The package as it is installed where there is no checkout: everything is in it, and it starts."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assets", "expectations", "pipeline")
_NOT_SOURCES = shutil.ignore_patterns("__pycache__", "*.pyc")
_FOREIGN_MODULES = """
import sys
from pathlib import Path
from assets.definitions import defs
defs.resolve_all_job_defs()
place = Path(sys.argv[1])
ours = {name: module.__file__ for name, module in sys.modules.items() if name.split(".")[0] in PACKAGES}
print([name for name, file in ours.items() if file and not Path(file).is_relative_to(place)])
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources and installed by itself into an empty directory."""
    source, wheels, place = (tmp_path_factory.mktemp(name) for name in ("source", "wheels", "installed"))
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=_NOT_SOURCES)
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    alone = ["--no-deps", "--no-index", "--quiet"]
    _pip("wheel", *alone, "--no-build-isolation", "--wheel-dir", str(wheels), str(source))
    [wheel] = wheels.iterdir()
    _pip("install", *alone, "--target", str(place), str(wheel))
    return place


def _pip(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _run(installed: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """A command that finds the installed package first, in a directory with nothing in it but a home."""
    away = installed.parent / "away"
    away.mkdir(exist_ok=True)
    return subprocess.run(
        command,
        cwd=away,
        env={**os.environ, "PYTHONPATH": str(installed), "EXIT_CHARGES_HOME": str(away / "home")},
        capture_output=True,
        text=True,
        check=False,
    )


def _sources(folder: Path) -> Iterator[str]:
    for package in PACKAGES:
        for file in (folder / package).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(folder).as_posix()


def test_every_file_of_the_packages_is_in_it(installed: Path) -> None:
    assert set(_sources(installed)) == set(_sources(ROOT))


def test_the_command_starts(installed: Path) -> None:
    done = _run(installed, str(installed / "bin" / "exit-charges"), "--help")
    assert done.returncode == 0, done.stderr
    assert "materialize" in done.stdout


def test_the_instance_is_made(installed: Path) -> None:
    done = _run(installed, sys.executable, "-m", "assets.instance")
    assert done.returncode == 0, done.stderr
    assert "WatchingRunLauncher" in Path(done.stdout.strip(), "dagster.yaml").read_text(encoding="utf-8")


def test_the_definitions_load_from_it_alone(installed: Path) -> None:
    code = f"PACKAGES = {PACKAGES}{_FOREIGN_MODULES}"
    done = _run(installed, sys.executable, "-c", code, str(installed))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("[]")
