"""docker/compose.yaml with the commands of a user."""

import re

import pytest
from docker_client import docker, last_lines, launch, lightsail, names_when_up, run

COMPOSE = ["docker", "compose", "--file", "docker/compose.yaml"]


@pytest.fixture
def project(image):
    yield
    run(*COMPOSE, "down", "--volumes", "--timeout", "2")


def compose(*arguments):
    done = run(*COMPOSE, *arguments)
    assert done.returncode == 0, last_lines(done)
    return done.stdout


def test_compose_up_runs_the_application_which_creates_an_instance(project):
    printed = compose("up", "--no-color", "--exit-code-from", "app")
    assert re.search(r"app_1 +\| app running \d+\.\d+\.\d+\.\d+$", printed, re.MULTILINE)


def test_the_volume_keeps_instances_after_kill_9_of_the_server(project):
    compose("up", "--detach", "papersail")
    client = lightsail("http://127.0.0.1:4566")
    launch(client, "kept")
    docker("kill", "--signal", "KILL", compose("ps", "--quiet", "papersail").strip())
    compose("up", "--no-color", "--exit-code-from", "app")
    compose("start", "papersail")
    assert names_when_up(client) == ["app", "kept", "web"]
