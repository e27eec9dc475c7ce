"""The container file: the pins, nothing of any machine, and only what it copies gets past the ignore file."""

import re
from fnmatch import fnmatch

import pytest

from tests.deploy.manifests import CONTAINERFILE, KUSTOMIZATION, ROOT, of_kind
from tests.test_packaging import INDEX_OR_HOST, OPTIONAL, PROJECT

TEXT = CONTAINERFILE.read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
LET_IN = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
_COPIED = [
    source for line in re.findall(r"^COPY (?!--from)(.+)$", TEXT, re.M) for source in line.split()[:-1]
]


def test_it_names_no_host_and_no_index() -> None:
    assert not INDEX_OR_HOST.search(TEXT)
    assert re.search(r"^ARG BASE=[a-z]+:[a-z0-9.-]+$", TEXT, re.M)


def test_it_installs_the_pins_with_the_extras() -> None:
    runs = re.split(r"&&|^RUN ", re.sub(r"\\\n", " ", TEXT), flags=re.M)
    installing = [command for command in runs if re.search(r"\binstall\b", command)]
    assert len(installing) == 3
    assert all("--constraint constraints.txt" in one or "--no-index" in one for one in installing)
    [extras] = re.findall(r"\.whl\)\[([a-z0-9,]+)\]", TEXT)
    assert set(extras.split(",")) == set(OPTIONAL) - {"dev", "engines", "spark"}


@pytest.mark.parametrize("source", _COPIED)
def test_what_it_copies_is_there_and_not_ignored(source: str) -> None:
    assert (ROOT / source).exists()
    assert any(fnmatch(source, name) or name.startswith(f"{source}/") for name in LET_IN)


def test_nothing_else_is_let_in() -> None:
    assert IGNORED[1] == "*"
    for name in LET_IN:
        assert (ROOT / name).exists()
        assert any(name == source or name.startswith(f"{source}/") for source in _COPIED)


def test_its_version_is_that_of_the_project() -> None:
    [image] = KUSTOMIZATION["images"]
    assert image["newTag"] == PROJECT["version"]
    assert f"--tag {image['name']}:{PROJECT['version']}" in TEXT


def test_what_the_pods_start_is_installed() -> None:
    from importlib.metadata import entry_points

    commands = {script.name for script in entry_points(group="console_scripts")}
    for deployment in of_kind("Deployment").values():
        [only] = deployment["spec"]["template"]["spec"]["containers"]
        assert only["args"][0] in commands
        assert "command" not in only, "the image has no entry point: args are the command"
    assert "ENTRYPOINT" not in TEXT
