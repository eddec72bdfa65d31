"""The manifests of `deploy/`, compared with the schemas that Kubernetes and Ray Serve publish."""

import kubernetes_validate
import pytest
import ray
import yaml
from pydantic import ValidationError
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


# ---- RayService: what lies in it has published schemas; that of KubeRay itself is not on Python's index -----------

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
