"""Code blocks of pages, read as tests/docs reads them."""

import sys

from docker_client import HOME

sys.path.append(str(HOME / "tests/docs"))
from markdown import Page


def blocks(page="docker/README.md"):
    return Page((HOME / page).read_text()).blocks
