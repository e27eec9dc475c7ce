"""The role of daemon and webserver is what Dagster's launcher asks of the cluster, and nothing else."""

import ast
import inspect
import re

import dagster_k8s.client
import dagster_k8s.launcher

from tests.deploy.manifests import of_kind

_REQUEST = re.compile(
    r"(?P<verb>create|delete|list|patch|read|replace)_namespaced_(?P<kind>job|pod|event)(?P<part>_log|_status)?"
)
_GROUPS = {"job": "batch", "pod": "", "event": ""}
_VERBS = {"read": "get", "replace": "update"}


def _calls(source: object, owner: str) -> dict[str, set[str]]:
    """The methods of a module's classes, each with what it calls of `self.<owner>`, dots and all."""
    found: dict[str, set[str]] = {}
    for function in ast.walk(ast.parse(inspect.getsource(source))):  # type: ignore[arg-type]
        if isinstance(function, ast.FunctionDef):
            called = [ast.unparse(node) for node in ast.walk(function) if isinstance(node, ast.Attribute)]
            uses = [re.fullmatch(rf"self\.{owner}([a-z_.]+)", name) for name in called]
            found[function.name] = {use[1] for use in uses if use}
    return found


def _requests() -> set[str]:
    """The requests of the client's methods that the launcher uses, directly and through others."""
    client = _calls(dagster_k8s.client, "")
    waiting = {name for names in _calls(dagster_k8s.launcher, r"_api_client\.").values() for name in names}
    seen: set[str] = set()
    while waiting:
        method = waiting.pop()
        seen.add(method)
        waiting |= {name for name in client.get(method, set()) if name in client} - seen
    return {
        name.rpartition(".")[2]
        for method in seen
        for name in client.get(method, set())
        if name.startswith(("batch_api.", "core_api."))
    }


def test_the_role_is_what_the_launcher_asks() -> None:
    needed = set()
    requests = _requests()
    assert "create_namespaced_job" in requests
    for request in requests:
        parts = _REQUEST.fullmatch(request)
        assert parts is not None, f"Dagster's launcher asks something new: {request}"
        resource = f"{parts['kind']}s" + (parts["part"] or "").replace("_", "/")
        needed.add((_GROUPS[parts["kind"]], resource, _VERBS.get(parts["verb"], parts["verb"])))
    assert needed == {
        (group, resource, verb)
        for rule in of_kind("Role")["launcher"]["rules"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }
