import os

import pytest
from docker_client import Container, docker
from engine import Engine, Unavailable

skipped = pytest.StashKey()
MINUTES = 60


def pytest_terminal_summary(terminalreporter, config):
    if skipped in config.stash:
        terminalreporter.write_line(f"docker: skipped: {config.stash[skipped]}")


@pytest.fixture(scope="session")
def engine(request):
    """The engine that all tests share. The clients of this process and its children use it."""
    if skipped in request.config.stash:
        pytest.skip(request.config.stash[skipped])
    try:
        with Engine() as running:
            os.environ.update(running.environment())
            running.prepare()
            yield running
    except Unavailable as reason:
        request.config.stash[skipped] = str(reason)
        pytest.skip(str(reason))


def build(name, *options):
    options = ["--pull=false", "--tag", name, "--file", "docker/Dockerfile", *options]
    docker("build", *options, ".", timeout=20 * MINUTES)
    return name


@pytest.fixture(scope="session")
def image(engine):
    return build("papersail")


@pytest.fixture(scope="session")
def compat(engine):
    return build("papersail-compat", "--target", "compat")


@pytest.fixture(scope="session")
def arm64(engine):
    return build("papersail-arm64", "--platform", "linux/arm64")


@pytest.fixture
def start(image):
    """Starts containers. Removes them after the test."""
    started = []

    def starts(*options, **others):
        started.append(Container(*options, **others))
        return started[-1]

    yield starts
    for container in started:
        container.remove()


@pytest.fixture
def serve(start):
    """Starts a server with its port published, and waits until it is ready."""

    def serves(*options, **others):
        server = start("--publish", "127.0.0.1::4566", *options, **others)
        server.wait_until_ready()
        return server

    return serves


@pytest.fixture
def volume(engine):
    name = docker("volume", "create")
    yield name
    docker("volume", "rm", "--force", name)
