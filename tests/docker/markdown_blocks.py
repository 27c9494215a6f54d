"""The code blocks of pages, read by the parser of tests/docs."""

import sys

from docker_client import HOME

sys.path.append(str(HOME / "tests/docs"))
from markdown import Page


def blocks(page="docker/README.md"):
    return Page((HOME / page).read_text()).blocks
