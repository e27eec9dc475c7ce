"""The settings of the pods, and Dagster's configuration in them: known, and the one that a home has."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from dagster._config import process_config
from dagster._core.instance.config import dagster_instance_config
from dagster_k8s import K8sRunLauncher

from assets.instance import prepare_instance
from pipeline.settings import load_settings
from tests.deploy.manifests import (
    CONTAINERFILE,
    FOLDER,
    ROOT,
    Document,
    container,
    parsed,
    pods,
    variables_of,
)
from tests.deploy.runs import job_of_a_run

OURS: Document = parsed((ROOT / "assets" / "dagster.yaml").read_text(encoding="utf-8"))
THERE: Document = parsed((FOLDER / "dagster.yaml").read_text(encoding="utf-8"))
OF_THE_CLUSTER = {"run_launcher", "storage", "compute_logs"}
"""What the cluster has to have otherwise."""
_OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
_KNOWN = set(re.findall(r"^\| `(EXIT_CHARGES_[A-Z_]+)` \|", _OPERATING, re.M))
_CONTAINERFILE = CONTAINERFILE.read_text(encoding="utf-8")
_IMAGE = dict(re.findall(r"^(?:ENV| +) ([A-Z_]+)=(\S+?)(?: \\)?$", _CONTAINERFILE, re.M))


def _pods() -> dict[str, Document]:
    return {**pods(), "run": job_of_a_run()["spec"]["template"]["spec"]}


def test_it_is_the_instance_of_a_home_but_for_what_the_cluster_needs() -> None:
    assert {name: value for name, value in THERE.items() if name not in OF_THE_CLUSTER} == {
        **{name: value for name, value in OURS.items() if name not in OF_THE_CLUSTER},
        "run_monitoring": {**OURS["run_monitoring"], "start_timeout_seconds": 600},
    }


def test_dagster_understands_it(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "dagster.yaml", tmp_path)
    read, _ = dagster_instance_config(str(tmp_path))
    assert read["storage"]["custom"]["class"] == "StorageOfTheSetting"
    launcher = THERE["run_launcher"]
    assert (launcher["module"], launcher["class"]) == ("dagster_k8s", K8sRunLauncher.__name__)
    schema = K8sRunLauncher.config_type()  # type: ignore[no-untyped-call]
    processed = process_config(schema, launcher["config"])
    assert processed.success, processed.errors


def test_our_commands_leave_it_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pod it is a file that cannot be written."""
    shutil.copy(FOLDER / "dagster.yaml", tmp_path)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    prepare_instance(load_settings(variables_of(pods()["daemon"])))
    assert (tmp_path / "dagster.yaml").read_text() == (FOLDER / "dagster.yaml").read_text()


def test_every_variable_is_a_setting() -> None:
    for name, pod in _pods().items():
        for variable in variables_of(pod):
            known = variable in _KNOWN or variable.startswith(("AWS_", "DAGSTER_"))
            assert known, f"{name}: {variable}"


def test_the_settings_are_accepted() -> None:
    settings = load_settings(variables_of(pods()["code-server"]))
    assert settings.home.protocol == "s3"
    assert settings.source == "live"
    assert settings.identity
    assert settings.dagster_storage


def test_runs_have_the_settings_of_the_code_server() -> None:
    def settings(pod: Document) -> dict[str, Any]:
        return {name: value for name, value in variables_of(pod).items() if not name.startswith("DAGSTER_")}

    assert settings(_pods()["run"]) == settings(_pods()["code-server"])


def test_the_instance_lies_where_the_image_has_its_home() -> None:
    assert _IMAGE["DAGSTER_HOME"] == _IMAGE["HOME"] == variables_of(_pods()["run"])["DAGSTER_HOME"]
    for pod in _pods().values():
        mounted = {mount["mountPath"]: mount["name"] for mount in container(pod)["volumeMounts"]}
        assert mounted[_IMAGE["HOME"]] == "home"
        assert mounted[f"{_IMAGE['DAGSTER_HOME']}/dagster.yaml"] == "dagster"
        user = f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}"
        assert f"\nUSER {user}\n" in _CONTAINERFILE
