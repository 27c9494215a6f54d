"""Validates the files for other programs by those programs' schemas. Needs no engine."""

import pathlib
import sys

import kubernetes_validate
import pytest
import yaml
from docker_client import HOME, last_lines, run
from markdown_blocks import blocks

SCHEMAS = {
    ".github/workflows/test.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


def check(path, schema):
    tool = pathlib.Path(sys.executable).parent / "check-jsonschema"
    return run(tool, "--builtin-schema", schema, path)


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_example_of_the_readme_is_valid(name, tmp_path):
    [example] = [block for block in blocks() if block.notes.get("file") == name]
    (tmp_path / "example.yml").write_text(example.text)
    done = check(tmp_path / "example.yml", SCHEMAS[name])
    assert done.returncode == 0, last_lines(done)


def test_compose_yaml_is_valid_for_the_compose_specification():
    done = check(HOME / "docker/compose.yaml", "vendor.compose-spec")
    assert done.returncode == 0, last_lines(done)


def test_kubernetes_yaml_is_a_deployment_and_a_service():
    documents = list(yaml.safe_load_all((HOME / "docker/kubernetes.yaml").read_text()))
    for document in documents:
        kubernetes_validate.validate(document, "1.37", strict=True)
    assert [document["kind"] for document in documents] == ["Deployment", "Service"]


def test_the_service_selects_the_pods_and_their_port():
    deployment, service = yaml.safe_load_all((HOME / "docker/kubernetes.yaml").read_text())
    template = deployment["spec"]["template"]
    assert service["spec"]["selector"].items() <= template["metadata"]["labels"].items()
    [container] = template["spec"]["containers"]
    assert service["spec"]["ports"][0]["targetPort"] in [
        port["name"] for port in container["ports"]
    ]
