"""Dependencies: each direct one with its reason, everything pinned, no host and no path of any machine."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
OPTIONAL = PROJECT["optional-dependencies"]
DIRECT = [
    *PROJECT["dependencies"],
    *(name for extra in OPTIONAL.values() for name in extra if not name.startswith("exit-charges[")),
]
INDEX_OR_HOST = re.compile(r"(index.url|find-links|file:|https?://(?!127\.0\.0\.1))[^\s]")
_PIN = re.compile(r"([a-z0-9-]+)==[0-9][0-9a-z.]*(?: ; .+)?")


def _pinned() -> list[str]:
    return [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("name", DIRECT)
def test_a_direct_dependency_has_its_reason_and_a_pin(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", name), "versions stand in constraints.txt"
    assert re.search(rf'^\s*"{name}",\s+# \S', PYPROJECT, re.MULTILINE)
    assert any(line.startswith(f"{name}==") for line in _pinned())


def test_constraints_are_exact_pins_and_nothing_else() -> None:
    assert not [line for line in _pinned() if not _PIN.fullmatch(line)]


@pytest.mark.parametrize("file", ["constraints.txt", "Makefile", ".ci/run", "pyproject.toml"])
def test_no_index_host_and_no_path_of_a_machine(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not INDEX_OR_HOST.search(text)
    assert not re.search(r"(?<![\w./$])/(home|root|opt|work|tmp|Users)/", text)


def test_python_versions_agree() -> None:
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_imported_packages_are_declared() -> None:
    """What the code imports from outside is a direct dependency."""
    import ast
    import sys
    from importlib.metadata import packages_distributions

    imported: set[str] = set()
    for package in ("pipeline", "assets", "expectations"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    imported.add(node.module.split(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"pipeline", "assets", "expectations"}
    distributions = packages_distributions()
    direct = [
        *PROJECT["dependencies"],
        *(name for extra, names in OPTIONAL.items() if extra not in ("dev", "engines") for name in names),
    ]
    declared = {re.sub("[._]", "-", name.lower()) for name in direct}
    missing = {
        module
        for module in foreign
        if not declared & {re.sub("[._]", "-", name.lower()) for name in distributions.get(module, [])}
    }
    assert not missing
