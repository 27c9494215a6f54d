"""The image for LocalStack's Testcontainers modules."""

from docker_client import docker, launch, names, poll
from testcontainers.community.localstack import LocalStackContainer


def test_the_python_module_starts_the_image_and_returns_a_client(compat):
    with LocalStackContainer(compat, region_name="us-east-1") as localstack:
        client = localstack.get_client("lightsail")
        launch(client, "web")
        assert names(client) == ["web"]


def test_the_java_module_starts_the_image(compat, start, tmp_path):
    """The module's entrypoint is a shell that waits for a script, which the module copies."""
    script = tmp_path / "starter.sh"
    script.write_text(
        "#!/bin/bash\nexport LAMBDA_DOCKER_FLAGS=x\n/usr/local/bin/docker-entrypoint.sh\n"
    )
    script.chmod(0o777)
    wait = "while [ ! -f /starter.sh ]; do sleep 0.1; done; /starter.sh"
    server = start(
        "--publish=127.0.0.1::4566", "--entrypoint=sh", image=compat, command=["-c", wait]
    )
    docker("cp", script, f"{server.name}:/starter.sh")
    server.wait_until_ready()
    assert names(server.client()) == []


def test_the_container_becomes_healthy_and_stops_in_time(compat, start):
    server = start(image=compat)
    poll(server.health, lambda health: health == "healthy")
    docker("stop", "--time", "5", server.name)
    assert server.wait_for_end() == 0
