"""The blocks of docker/README.md, read as tests/docs reads those of the other pages."""

import sys

from docker_client import HOME

sys.path.append(str(HOME / "tests/docs"))
from markdown import Page

README = HOME / "docker/README.md"


def blocks():
    return Page(README.read_text()).blocks
