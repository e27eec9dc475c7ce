"""The manifests: what Kubernetes accepts, names that exist, and pods that may do little."""

import shutil
import subprocess
from copy import deepcopy

import pytest
import yaml  # type: ignore[import-untyped]

from tests.deploy.manifests import (
    FOLDER,
    KUSTOMIZATION,
    NAMESPACE,
    SECRETS,
    Document,
    check_against_the_schema,
    config_maps,
    container,
    everything,
    of_kind,
    parsed,
    pods,
    variables_of,
)
from tests.deploy.runs import job_of_a_run


def _all_pods() -> dict[str, Document]:
    """The specification of each deployment's pod, and of a run's."""
    return {**pods(), "run": job_of_a_run()["spec"]["template"]["spec"]}


def _called(document: Document) -> str:
    return f"{document['kind']}/{document['metadata']['name']}"


@pytest.mark.parametrize("document", [*everything(), *SECRETS], ids=_called)
def test_kubernetes_knows_every_field(document: Document) -> None:
    check_against_the_schema(document)


def test_kubernetes_knows_every_field_of_a_runs_job() -> None:
    check_against_the_schema(job_of_a_run())


def test_a_wrong_field_is_noticed() -> None:
    job = deepcopy(job_of_a_run())
    job["spec"]["template"]["spec"]["containers"][0]["enviroment"] = []
    with pytest.raises(Exception, match="enviroment"):
        check_against_the_schema(job)


def test_kustomize_puts_the_same_together() -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("There is no kubectl on this machine.")
    built = subprocess.run(["kubectl", "kustomize", str(FOLDER)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    documents = {_called(document): document for document in yaml.safe_load_all(built.stdout)}
    [image] = KUSTOMIZATION["images"]
    pinned = f"{image['newName']}:{image['newTag']}"
    expected = {_called(document): document for document in everything()}
    for deployment in of_kind("Deployment"):
        only = container(expected[f"Deployment/{deployment}"]["spec"]["template"]["spec"])
        only["image"] = pinned
        for variable in only.get("env", []):
            if variable["name"] == "DAGSTER_CURRENT_IMAGE":
                variable["value"] = pinned
        expected[f"Deployment/{deployment}"]["spec"]["template"]["spec"]["containers"] = [only]
    assert documents == expected


def test_everything_that_is_named_exists() -> None:
    maps = {document["metadata"]["name"]: document["data"] for document in config_maps()}
    secrets = {document["metadata"]["name"] for document in SECRETS}
    for name, pod in _all_pods().items():
        assert pod["serviceAccountName"] in of_kind("ServiceAccount"), name
        volumes = {volume["name"]: volume for volume in pod["volumes"]}
        for mount in container(pod)["volumeMounts"]:
            volume = volumes[mount["name"]]
            if "configMap" in volume and "subPath" in mount:
                assert mount["subPath"] in maps[volume["configMap"]["name"]]
        for source in container(pod)["envFrom"]:
            if "secretRef" in source:
                assert source["secretRef"]["name"] in secrets
            else:
                assert source["configMapRef"]["name"] in maps
        for argument in container(pod)["args"]:
            if argument.startswith("--workspace="):
                folder, _, file = argument.removeprefix("--workspace=").rpartition("/")
                [mount] = [found for found in container(pod)["volumeMounts"] if found["mountPath"] == folder]
                assert file in maps[volumes[mount["name"]]["configMap"]["name"]]
    binding, role = of_kind("RoleBinding")["launcher"], of_kind("Role")["launcher"]
    assert binding["roleRef"]["name"] == role["metadata"]["name"]
    for subject in binding["subjects"]:
        assert subject["name"] in of_kind("ServiceAccount")
        assert subject["namespace"] == NAMESPACE
    assert {document["metadata"]["namespace"] for document in SECRETS} == {NAMESPACE}
    assert list(of_kind("Namespace")) == [NAMESPACE]


def test_services_lead_to_the_ports_of_their_pods() -> None:
    deployments = of_kind("Deployment")
    for name, service in of_kind("Service").items():
        deployment = deployments[name]
        template = deployment["spec"]["template"]
        assert service["spec"]["selector"] == template["metadata"]["labels"]
        ports = {port["name"]: port["containerPort"] for port in container(template["spec"])["ports"]}
        for port in service["spec"]["ports"]:
            assert port["port"] == ports[port["targetPort"]]
            assert f"--port={port['port']}" in container(template["spec"])["args"]
    for deployment in deployments.values():
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        assert deployment["spec"]["selector"]["matchLabels"] == labels


def test_probes_ask_a_port_that_listens() -> None:
    for name, pod in pods().items():
        only = container(pod)
        listening = {
            value for port in only.get("ports", []) for value in (port["name"], port["containerPort"])
        }
        probes = [value for key, value in only.items() if key.endswith("Probe")]
        assert probes, name
        for probe in probes:
            asked = probe.get("grpc") or probe.get("httpGet")
            assert asked is None or asked["port"] in listening


def test_the_workspace_leads_to_the_code_server() -> None:
    workspace = parsed((FOLDER / "workspace.yaml").read_text(encoding="utf-8"))
    [server] = [entry["grpc_server"] for entry in workspace["load_from"]]
    service = of_kind("Service")[server["host"]]
    assert [port["port"] for port in service["spec"]["ports"]] == [server["port"]]
    assert f"--location-name={server['location_name']}" in container(pods()["code-server"])["args"]


@pytest.mark.parametrize("name", [*pods(), "run"])
def test_a_pod_may_do_little(name: str) -> None:
    pod = _all_pods()[name]
    only = container(pod)
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert only["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod["enableServiceLinks"] is False
    assert only["resources"]["requests"]["memory"]
    assert only["resources"]["limits"]["memory"]
    writable = {volume["name"] for volume in pod["volumes"] if "emptyDir" in volume}
    for mount in only["volumeMounts"]:
        assert mount.get("readOnly", False) is (mount["name"] not in writable)


def test_only_those_that_start_runs_may_ask_the_cluster() -> None:
    [subject] = of_kind("RoleBinding")["launcher"]["subjects"]
    for name, pod in _all_pods().items():
        asks = name in ("daemon", "webserver")
        assert (pod["serviceAccountName"] == subject["name"]) is asks
        assert pod.get("automountServiceAccountToken", True) is asks


def test_only_code_sees_the_keys_of_the_bucket() -> None:
    for name, pod in _all_pods().items():
        has_keys = any(variable.startswith("AWS_") for variable in variables_of(pod))
        assert has_keys is (name in ("code-server", "run"))


def test_nothing_leads_in_from_outside() -> None:
    kinds = {document["kind"] for document in everything()}
    assert "Ingress" not in kinds
    assert all(
        service["spec"].get("type", "ClusterIP") == "ClusterIP" for service in of_kind("Service").values()
    )


def test_there_is_one_daemon_at_a_time() -> None:
    daemon = of_kind("Deployment")["daemon"]["spec"]
    assert (daemon["replicas"], daemon["strategy"]["type"]) == (1, "Recreate")


def test_runs_get_the_image_of_the_code_server() -> None:
    only = container(pods()["code-server"])
    assert {one["name"]: one["value"] for one in only["env"]}["DAGSTER_CURRENT_IMAGE"] == only["image"]
    assert container(_all_pods()["run"])["image"] == only["image"]
