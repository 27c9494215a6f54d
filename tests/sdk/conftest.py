import os

import pytest
from papersail import ENVIRONMENT, Papersail

os.environ.clear()
os.environ.update(ENVIRONMENT)


@pytest.fixture(scope="session")
def start():
    """Starts a server with these arguments; it ends with the tests."""
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
    """What takes a minute in the cloud takes a second."""
    return start()


@pytest.fixture(scope="session")
def instant(start):
    """What takes its time in the cloud is done by the next call."""
    return start("--lifecycle", "instant")


@pytest.fixture
def lightsail(instant):
    return instant.client()
