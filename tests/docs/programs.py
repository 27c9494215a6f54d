"""What each language of a code block means: a command for the session, or a format to parse."""

import configparser
import functools
import json
import os
import re
import shutil
import subprocess

import yaml
from session import HERE, HOME

NODE_MODULES = HOME / "tests/sdk/node_modules"
RUN = re.compile(r"(?<![\w/.])\./run\b")
BUILT = re.compile(r"(?<![\w/.])(\./)?build/release/papersail\b")
BACKGROUND = re.compile(r"(papersail serve\b(?:\\\n|>&|[^\n&])*)&[ \t]*(?=#|$)", re.MULTILINE)


def shell(text, path):
    """Sourced, so that what it sets stays. `serve` starts in the background anyway: session.sh."""
    path.with_suffix(".sh").write_text(as_session(text))
    return f". {path.with_suffix('.sh')}"


def as_session(text):
    text = BUILT.sub("papersail", RUN.sub("papersail serve", text))
    return BACKGROUND.sub(r"\1", text)


def python(text, path):
    path.with_suffix(".py").write_text(text)
    return f"python {path.with_suffix('.py')}"


def node(text, path):
    modules = path.parent / "node_modules"
    if not modules.exists():
        modules.symlink_to(NODE_MODULES)
    path.with_suffix(".mjs").write_text(text)
    return f"node {path.with_suffix('.mjs')}"


def go(text, path):
    caches = build_go_modules()
    path.mkdir()
    for name in "go.mod", "go.sum":
        shutil.copy(HERE / "go" / name, path)
    (path / "main.go").write_text(text)
    return f"(cd {path} && {caches} GOPROXY=off GOTOOLCHAIN=local go run .)"


@functools.cache
def build_go_modules():
    """Downloads and compiles the modules, which takes long once; returns where they are kept."""
    local = {**os.environ, "GOTOOLCHAIN": "local"}
    subprocess.run(["go", "build", "-o", os.devnull, "."], cwd=HERE / "go", env=local, check=True)
    names = ["GOMODCACHE", "GOCACHE"]
    told = subprocess.run(["go", "env", *names], capture_output=True, text=True, check=True)
    return " ".join(map("=".join, zip(names, told.stdout.split())))


def lack(language):
    """Why programs in this language cannot run here; empty if they can."""
    if language == "js" and not (NODE_MODULES / "@aws-sdk/client-lightsail").exists():
        return "@aws-sdk/client-lightsail is not installed in tests/sdk"
    if language == "go" and not shutil.which("go"):
        return "go is not installed"
    if language == "go" and go_installed() < go_required():
        return "go is older than tests/docs/go/go.mod requires"
    return ""


def go_installed():
    told = subprocess.run(["go", "version"], capture_output=True, text=True, check=True).stdout
    return version_in(told, r"\bgo(\d+)\.(\d+)")


def go_required():
    return version_in((HERE / "go/go.mod").read_text(), r"^go (\d+)\.(\d+)")


def version_in(text, pattern):
    return tuple(map(int, re.search(pattern, text, re.MULTILINE).groups()))


def parse_lines(text):
    for line in text.splitlines():
        if line.strip() and not line.startswith(("#", "//")):
            json.loads(line)


def parse_ini(text):
    configparser.ConfigParser(strict=False, interpolation=None).read_string(text)


PROGRAMS = {"sh": shell, "python": python, "js": node, "go": go}
FORMATS = {
    "json": json.loads,
    "jsonl": parse_lines,
    "yaml": lambda text: list(yaml.safe_load_all(text)),
    "ini": parse_ini,
}
