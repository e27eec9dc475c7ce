"""The Job that a run becomes, as Dagster's launcher makes it from our dagster.yaml, without a cluster."""

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg
from dagster._core.code_pointer import ModuleCodePointer
from dagster._core.launcher import LaunchRunContext
from dagster._core.origin import DEFAULT_DAGSTER_ENTRY_POINT, JobPythonOrigin, RepositoryPythonOrigin
from dagster_k8s import K8sRunLauncher
from kubernetes.client import ApiClient  # type: ignore[import-untyped]

from assets.definitions import defs
from tests.deploy.manifests import FOLDER, Document, container, parsed, pods, written

KUBECONFIG = """\
apiVersion: v1
kind: Config
clusters: [{{name: here, cluster: {{server: "{server}"}}}}]
contexts: [{{name: here, context: {{cluster: here, user: nobody, namespace: exit-charges}}}}]
users: [{{name: nobody, user: {{}}}}]
current-context: here
"""


class _Noting:
    """In place of the client: keeps the Job instead of asking a cluster for it."""

    job: Any = None

    def create_namespaced_job_with_retries(self, body: Any, namespace: str) -> None:
        self.job = body


def instance_outside(home: Path, server: str) -> Document:
    """Our dagster.yaml for a cluster at the URL `server` that is asked from outside of it; `home` is for
    its kubeconfig."""
    (home / "kubeconfig").write_text(KUBECONFIG.format(server=server), encoding="utf-8")
    configuration = parsed((FOLDER / "dagster.yaml").read_text(encoding="utf-8"))
    configuration["run_launcher"]["config"] |= {
        "load_incluster_config": False,
        "kubeconfig_file": str(home / "kubeconfig"),
    }
    return configuration


@cache
def job_of_a_run() -> Document:
    """The manifest of the Job of a run of a month. Runs of other jobs differ in names only."""
    image = container(pods()["code-server"])["image"]
    origin = JobPythonOrigin(
        "month",
        RepositoryPythonOrigin(
            executable_path="python",
            code_pointer=ModuleCodePointer("assets.definitions", "defs"),
            container_image=image,
            entry_point=DEFAULT_DAGSTER_ENTRY_POINT,
            container_context=None,
        ),
    )
    with TemporaryDirectory() as folder:
        configuration = instance_outside(Path(folder), "http://127.0.0.1:1")
        del configuration["storage"]
        Path(folder, "dagster.yaml").write_text(written(configuration), encoding="utf-8")
        with dg.DagsterInstance.from_config(folder) as instance:
            launcher = instance.run_launcher
            assert isinstance(launcher, K8sRunLauncher)
            launcher._api_client = noting = _Noting()
            run = instance.create_run_for_job(defs.resolve_job_def("month"), job_code_origin=origin)
            launcher.launch_run(LaunchRunContext(run, workspace=None))
    return dict(ApiClient().sanitize_for_serialization(noting.job))


def environment_without_settings() -> dict[str, str]:
    """The environment, without settings of ours and Dagster's."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("EXIT_", "DAGSTER_", "AWS_"))
    }
