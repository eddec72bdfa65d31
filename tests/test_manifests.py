"""The manifests of `deploy/`, compared with the schemas that Kubernetes, KServe and Ray Serve publish."""

import importlib
import os
import re
import sys
from types import ModuleType

import jsonschema
import kubernetes_validate
import pytest
import ray
import yaml
from kubernetes_validate.utils import schema_contents
from pydantic import ValidationError
from ray.autoscaler._private.kuberay.autoscaling_config import _derive_autoscaling_config_from_ray_cr
from ray.serve.schema import DeploymentSchema, ServeDeploySchema

from course import ROOT

KUBERNETES = "1.37"
"""Whose schemas are used."""

MANIFESTS = list(yaml.safe_load_all((ROOT / "deploy" / "torchserve.yaml").read_text()))


@pytest.fixture(scope="module")
def validate():
    return lambda manifest: kubernetes_validate.validate(manifest, KUBERNETES, strict=True)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda manifest: manifest["kind"])
def test_a_manifest_is_what_kubernetes_takes(validate, manifest):
    validate(manifest)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda manifest: manifest["kind"])
def test_the_schema_notices_a_key_that_kubernetes_does_not_know(validate, manifest):
    with pytest.raises(Exception, match="replikas"):
        validate(manifest | {"spec": manifest["spec"] | {"replikas": 3}})


def test_the_service_leads_to_the_deployments_pods_and_port():
    deployment, service = MANIFESTS
    pod = deployment["spec"]["template"]
    assert service["spec"]["selector"].items() <= pod["metadata"]["labels"].items()
    ports = {port["name"] for port in pod["spec"]["containers"][0]["ports"]}
    assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports


# ---- KServe: its SDK carries the schema, as classes generated from it --------------------------------------------

KSERVE = yaml.safe_load((ROOT / "deploy" / "kserve.yaml").read_text())
SDK = ROOT / ".beside" / "tests" / "kserve"
PLAIN = {"str": "string", "int": "integer", "bool": "boolean"}


@pytest.fixture(scope="module")
def kserve_models():
    """Import the SDK's models alone: the rest of it is a server, with packages that this course has no use for."""
    if not SDK.exists() and not os.environ.get("COURSE_CI"):
        pytest.skip("KServe's SDK is not installed; `make test` installs it where there is a network")
    package = ModuleType("kserve")
    package.__path__ = [str(SDK)]
    sys.modules["kserve"] = package
    yield importlib.import_module("kserve.models")
    for name in [name for name in sys.modules if name.split(".")[0] == "kserve"]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def inference_service(kserve_models):
    kubernetes = schema_contents(f"kubernetes-json-schema/v{KUBERNETES}.0-local-strict/_definitions.json", KUBERNETES)

    def schema(kind):
        """Return the JSON schema of `kind`, a type as the SDK writes it: its own or one of Kubernetes."""
        if found := re.fullmatch(r"list\[(.+)\]", kind):
            return {"type": "array", "items": schema(found[1])}
        if found := re.fullmatch(r"dict\(str, (.+)\)", kind):
            return {"type": "object", "additionalProperties": schema(found[1])}
        if kind in PLAIN:
            return {"type": PLAIN[kind]}
        if model := getattr(kserve_models, kind, None):
            fields = {model.attribute_map[name]: schema(its) for name, its in model.openapi_types.items()}
            return {"type": "object", "properties": fields, "additionalProperties": False}
        name = kind.removeprefix("V1")
        theirs = [key for key in kubernetes["$defs"] if key.endswith((f"core.v1.{name}", f"meta.v1.{name}"))]
        return {"$ref": f"#/$defs/{theirs[0]}"} if theirs else False  # what is unknown here must not be in the file

    whole = schema("V1beta1InferenceService") | {"$defs": kubernetes["$defs"]}
    return jsonschema.Draft202012Validator(whole)


def test_the_inferenceservice_is_what_kserve_takes(inference_service):
    inference_service.validate(KSERVE)
    assert (KSERVE["apiVersion"], KSERVE["kind"]) == ("serving.kserve.io/v1beta1", "InferenceService")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["spec", "predictor", "minReplikas"], 1, "'minReplikas' was unexpected"),
        (["spec", "predictor", "maxReplicas"], "three", "'three' is not of type 'integer'"),
        (["spec", "predictor", "model", "modelFormat"], "pytorch", "'pytorch' is not of type 'object'"),
        (["spec", "predictor", "model", "resources", "request"], {"cpu": "1"}, "'request' was unexpected"),
        (["metadata", "title"], "digits", "'title' was unexpected"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_the_schema_notices_what_kserve_does_not_take(inference_service, path, value, message):
    wrong = yaml.safe_load(yaml.safe_dump(KSERVE))
    inner = wrong
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError, match=message):
        inference_service.validate(wrong)


# ---- RayService: KubeRay publishes its schema in no Python package, but Ray has a reader of its cluster ------------

RAY = yaml.safe_load((ROOT / "deploy" / "rayservice.yaml").read_text())["spec"]


def test_serve_takes_the_configuration_in_the_rayservice():
    config = yaml.safe_load(RAY["serveConfigV2"])
    [application] = ServeDeploySchema.model_validate(config).applications
    assert [(d.name, d.num_replicas, d.max_ongoing_requests) for d in application.deployments] == [
        ("DigitDeployment", 3, 32)
    ]
    written = config["applications"][0]["deployments"][0]
    assert set(written) <= set(DeploymentSchema.model_fields), "Serve drops what it does not know, without a word"
    with pytest.raises(ValidationError, match="num_replicas"):
        ServeDeploySchema.model_validate(
            {"applications": [{"import_path": "app:app", "deployments": [written | {"num_replicas": "three"}]}]}
        )
    assert RAY["rayClusterConfig"]["rayVersion"] == ray.__version__


@pytest.mark.parametrize(
    "group", [RAY["rayClusterConfig"]["headGroupSpec"], *RAY["rayClusterConfig"]["workerGroupSpecs"]]
)
def test_the_pods_in_the_rayservice_are_what_kubernetes_takes(validate, group):
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "digits"}, "spec": group["template"]["spec"]}
    validate(pod)
    with pytest.raises(Exception, match="kontainers"):
        validate(pod | {"spec": pod["spec"] | {"kontainers": []}})


def test_rays_autoscaler_reads_the_cluster_of_the_lesson_in_the_rayservice():
    cluster = {"metadata": {"name": "digits", "namespace": "default"}, "spec": RAY["rayClusterConfig"]}
    groups = _derive_autoscaling_config_from_ray_cr(cluster)["available_node_types"]
    read = {name: (group["min_workers"], group["max_workers"], group["resources"]) for name, group in groups.items()}
    assert read == {"headgroup": (0, 0, {"CPU": 0}), "nodes": (3, 3, {"CPU": 1})}
