import os

import pytest
from papersail import ENVIRONMENT, Papersail

os.environ.clear()
os.environ.update(ENVIRONMENT)


@pytest.fixture(scope="session")
def start():
    """Starts a server with these arguments. Stops all servers after the tests."""
    running = []

    def started(*arguments):
        running.append(Papersail(*arguments))
        return running[-1]

    yield started
    for server in running:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="session")
def fast(start):
    """A server with the default lifecycle, sixty times as fast as the service."""
    return start()


@pytest.fixture(scope="session")
def instant(start):
    """A server on which every transition ends before the next call."""
    return start("--lifecycle", "instant")


@pytest.fixture
def lightsail(instant):
    return instant.client()
