"""Commands of the documentation that need a container engine or a cluster, which tests have not: what can be
run without is run, and what the others name exists."""

import shutil
import subprocess
from itertools import pairwise

import pytest

from pipeline.cli import main
from tests.deploy.manifests import (
    FOLDER,
    KUSTOMIZATION,
    NAMESPACE,
    ROOT,
    Document,
    everything,
    of_kind,
)
from tests.deploy.runs import job_of_a_run
from tests.docs.test_commands import CLUSTER, Shown

[_IMAGE] = KUSTOMIZATION["images"]
_EXAMPLE = "secrets.yaml"
"""The reader's copy of the example."""


def _called(shown: Shown) -> str:
    return " ".join(shown.command)[:60]


@pytest.mark.parametrize("shown", CLUSTER, ids=_called)
def test_what_the_command_names_exists(shown: Shown) -> None:
    words = list(shown.command)
    if words[0] == "docker":
        assert f"{_IMAGE['newName']}:{_IMAGE['newTag']}" in words
    for option, value in pairwise(words):
        if option == "--namespace":
            assert value == NAMESPACE
        elif option in ("--file", "--kustomize", "--filename", "kustomize"):
            assert value == _EXAMPLE or (ROOT / value).exists()
        elif option == "--selector":
            name, _, label = value.partition("=")
            assert job_of_a_run()["spec"]["template"]["metadata"]["labels"][name] == label
    for word in words:
        kind, _, name = word.partition("/")
        if kind in ("deployment", "service"):
            assert name in of_kind(kind.capitalize())
    if "port-forward" in words:
        assert int(words[-1]) in _ports(of_kind("Service")["webserver"])
    inside = words[words.index("--") + 1 :] if "--" in words else words
    if "exit-charges" in inside and "--namespace" not in inside:
        assert inside[inside.index("exit-charges") + 1] in main.commands


def _ports(service: Document) -> list[int]:
    return [port["port"] for port in service["spec"]["ports"]]


def test_the_copy_is_one_of_a_file_that_is_there() -> None:
    assert (FOLDER / "secrets.example.yaml").exists()


@pytest.mark.parametrize("shown", [s for s in CLUSTER if s.command[0] == "kubectl"], ids=_called)
def test_kubectl_knows_the_command_and_its_options(shown: Shown) -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("There is no kubectl on this machine.")
    words = list(shown.command)
    ours = words[: words.index("--")] if "--" in words else words
    asked = subprocess.run([*ours, "--help"], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    everywhere = subprocess.run(["kubectl", "options"], capture_output=True, text=True, check=True)
    for word in ours:
        if word.startswith("--"):
            assert f"{word}=" in asked.stdout + everywhere.stdout, word


def test_kustomize_runs() -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("There is no kubectl on this machine.")
    [shown] = [shown for shown in CLUSTER if shown.command[:2] == ("kubectl", "kustomize")]
    built = subprocess.run(shown.command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert built.stdout.count("\nkind: ") == len(everything())
