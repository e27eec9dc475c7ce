"""What stands in deploy/kubernetes, put together as kustomize does it, as far as we use it.

Here belongs reading it. What must hold for it does not: see the tests.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
CONTAINERFILE = ROOT / "deploy" / "Containerfile"
VERSIONS = ("1.30", "1.37")
"""The oldest and the newest Kubernetes whose schemas the manifests are held against."""

Document = dict[str, Any]


def documents(file: str) -> list[Document]:
    """All documents of a file."""
    return list(yaml.safe_load_all((FOLDER / file).read_text(encoding="utf-8")))


KUSTOMIZATION = documents("kustomization.yaml")[0]
NAMESPACE: str = KUSTOMIZATION["namespace"]
SECRETS = documents("secrets.example.yaml")


def config_maps() -> list[Document]:
    """What the generators of the kustomization make."""
    return [
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": generator["name"], "namespace": NAMESPACE},
            "data": {
                **{name: (FOLDER / name).read_text(encoding="utf-8") for name in generator.get("files", [])},
                **{name: value for file in generator.get("envs", []) for name, value in _variables(file)},
            },
        }
        for generator in KUSTOMIZATION["configMapGenerator"]
    ]


def _variables(file: str) -> Iterator[tuple[str, str]]:
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield name, value


def everything() -> list[Document]:
    """All that is applied, in the namespace; images as the files name them."""
    found = [document for file in KUSTOMIZATION["resources"] for document in documents(file)] + config_maps()
    for document in found:
        if document["kind"] != "Namespace":
            document["metadata"]["namespace"] = NAMESPACE
    return found


def of_kind(kind: str) -> dict[str, Document]:
    """The documents of a kind by name."""
    return {document["metadata"]["name"]: document for document in everything() if document["kind"] == kind}


def pods() -> dict[str, Document]:
    """The pod specification of each deployment."""
    return {name: found["spec"]["template"]["spec"] for name, found in of_kind("Deployment").items()}


def container(pod: Document) -> Document:
    """Its one container."""
    [only] = pod["containers"]
    return dict(only)


def variables_of(pod: Document) -> dict[str, str]:
    """What the environment of a pod's container gives, from maps, secrets and by itself."""
    given = {document["metadata"]["name"]: document["data"] for document in config_maps()}
    secret = {document["metadata"]["name"]: document["stringData"] for document in SECRETS}
    found: dict[str, str] = {}
    for source in container(pod).get("envFrom", []):
        if reference := source.get("configMapRef"):
            found |= given[reference["name"]]
        else:
            found |= secret[source["secretRef"]["name"]]
    return found | {one["name"]: one["value"] for one in container(pod).get("env", [])}


def parsed(text: str) -> Document:
    """A document of YAML."""
    return dict(yaml.safe_load(text))


def written(document: Document) -> str:
    """A document as YAML."""
    return str(yaml.safe_dump(document, sort_keys=False))


def check_against_the_schema(document: Document) -> None:
    """Raises where Kubernetes would refuse it, also for a field that it does not know."""
    for version in VERSIONS:
        kubernetes_validate.validate(document, version, strict=True)
