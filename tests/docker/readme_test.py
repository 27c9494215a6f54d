"""Runs the blocks of docker/README.md as written, in order, in one shell."""

import os
import pathlib
import sys

import pytest
from docker_client import last_lines, run
from markdown_blocks import blocks

PROGRAMS = {"sh": "{}", "python": "python - <<'END_OF_BLOCK'\n{}END_OF_BLOCK\n"}
LEFTOVERS = """
docker compose -f docker/compose.yaml down -v
docker rm -f papersail
docker volume rm papersail-data
"""


def programs():
    return [
        block for block in blocks() if block.language in PROGRAMS and "not run" not in block.notes
    ]


def script():
    """Returns all blocks as one script, which prints the line of each block before it runs."""
    return "".join(
        f"echo 'docker/README.md:{block.line}' >&2\n{PROGRAMS[block.language].format(block.text)}"
        for block in programs()
    )


def environment():
    """Returns the environment without settings of AWS clients, with the tests' Python first."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    own["PATH"] = f"{pathlib.Path(sys.executable).parent}:{own['PATH']}"
    return {
        **own,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_PAGER": "",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@pytest.fixture
def clean(engine):
    yield
    run("bash", "-c", LEFTOVERS)


def test_all_blocks_run(image, compat, arm64, clean):
    assert len(programs()) > 10
    done = run("bash", "-euo", "pipefail", "-c", script(), env=environment(), timeout=600)
    assert done.returncode == 0, last_lines(done)
