"""The manifests of `deploy/`, compared with the schemas that Kubernetes publishes."""

import pytest
import yaml

from course import ROOT

KUBERNETES = "1.37"
"""Whose schemas are used."""

MANIFESTS = list(yaml.safe_load_all((ROOT / "deploy" / "torchserve.yaml").read_text()))


@pytest.fixture(scope="module")
def validate():
    schemas = pytest.importorskip("kubernetes_validate", reason="install kubernetes-validate to compare the manifests")
    return lambda manifest: schemas.validate(manifest, KUBERNETES, strict=True)


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
