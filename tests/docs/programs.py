"""Returns the command that runs a code block in the session of its page."""

import re
import shlex

from go_program import go, missing_go
from session import HOME

NODE_MODULES = HOME / "tests/sdk/node_modules"
RUN = re.compile(r"(?<![\w/.])\./run\b")
BUILT = re.compile(r"(?<![\w/.])(\./)?build/release/papersail\b")
BACKGROUND = re.compile(r"(papersail serve\b(?:\\\n|>&|[^\n&])*)&[ \t]*(?=#|$)", re.MULTILINE)


def written(text, path, suffix):
    """Writes the text to a file and returns the quoted name of the file."""
    path.with_suffix(suffix).write_text(text)
    return shlex.quote(str(path.with_suffix(suffix)))


def shell(text, path):
    """The session sources the block, so that variables and functions are kept."""
    return f". {written(as_session(text), path, '.sh')}"


def as_session(text):
    """Removes "&" after `papersail serve`, which session.sh starts in the background."""
    text = BUILT.sub("papersail", RUN.sub("papersail serve", text))
    return BACKGROUND.sub(r"\1", text)


def python(text, path):
    return f"python {written(text, path, '.py')}"


def node(text, path):
    modules = path.parent / "node_modules"
    if not modules.exists():
        modules.symlink_to(NODE_MODULES)
    return f"node {written(text, path, '.mjs')}"


def missing_for(language):
    """Returns why this machine cannot run programs in a language; empty if it can."""
    if language == "js" and not (NODE_MODULES / "@aws-sdk/client-lightsail").exists():
        return "@aws-sdk/client-lightsail is not installed in tests/sdk"
    return missing_go() if language == "go" else ""


PROGRAMS = {"sh": shell, "python": python, "js": node, "go": go}
