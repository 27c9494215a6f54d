"""The blocks of README.md and docs/install.md that build and run the image."""

import subprocess

import pytest
from docker_client import HOME, docker, lightsail, names_when_up
from markdown_blocks import blocks

PAGES = ["README.md", "docs/install.md"]


def quick_start(page):
    found = [block.text for block in blocks(page) if "docker run" in block.text]
    assert len(found) == 1, f"{page} has {len(found)} blocks that run the image"
    return found[0]


@pytest.mark.parametrize("page", PAGES)
def test_the_quick_start_runs_a_server_until_docker_stop(page, image):
    user = subprocess.Popen(
        ["bash", "-euc", quick_start(page)], cwd=HOME, stderr=subprocess.DEVNULL
    )
    try:
        assert names_when_up(lightsail("http://127.0.0.1:4566")) == []
    finally:
        docker("stop", docker("ps", "--quiet", "--filter", "publish=4566"))
    assert user.wait(10) == 0
