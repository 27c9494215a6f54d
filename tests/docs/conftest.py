import pathlib

import pytest

from session import BINARY, HOME, refusal

SKIPPED = pytest.StashKey[list]()


def pytest_addoption(parser):
    group = parser.getgroup("docs")
    group.addoption("--page", action="append", help="run this page only; may be repeated")
    group.addoption("--tree", default=HOME, help="take the pages of this copy of the project")


def pytest_configure(config):
    config.stash[SKIPPED] = []


@pytest.fixture(scope="session")
def tree(pytestconfig):
    return pathlib.Path(pytestconfig.getoption("--tree")).resolve()


@pytest.fixture(scope="session")
def runnable():
    """Fails the test without the binary, and skips it without namespaces."""
    assert BINARY.exists(), f"{BINARY} is not built"
    if refusal():
        pytest.skip(f"namespaces are not available: {refusal()}")


@pytest.fixture(scope="session")
def skipped(pytestconfig):
    """Returns the list of blocks that did not run, which the summary prints."""
    return pytestconfig.stash[SKIPPED]


def pytest_terminal_summary(terminalreporter, config):
    if config.stash[SKIPPED]:
        terminalreporter.section("blocks that did not run")
    for line in config.stash[SKIPPED]:
        terminalreporter.write_line(line)


def pages_of(tree):
    return sorted(tree.glob("*.md")) + sorted(tree.glob("docs/**/*.md"))


def name_of(page, tree):
    return str(page.relative_to(tree) if page.is_relative_to(tree) else page)


def pytest_generate_tests(metafunc):
    """Runs a test with an argument `page` once for each page whose blocks run here. An argument
    `linked_page` adds docker/README.md, whose blocks tests/docker runs."""
    tree = pathlib.Path(metafunc.config.getoption("--tree")).resolve()
    chosen = [pathlib.Path(page).resolve() for page in metafunc.config.getoption("--page") or []]
    others = sorted(tree.glob("docker/*.md"))
    for argument, more in ("page", []), ("linked_page", others):
        if argument in metafunc.fixturenames:
            pages = chosen or pages_of(tree) + more
            metafunc.parametrize(argument, pages, ids=[name_of(page, tree) for page in pages])
