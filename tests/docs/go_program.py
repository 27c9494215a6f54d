"""Runs code blocks in Go, which may import the modules of go/go.mod."""

import functools
import os
import re
import shlex
import shutil
import subprocess

from session import HERE


def go(text, path):
    caches = build_modules()
    path.mkdir()
    for name in "go.mod", "go.sum":
        shutil.copy(HERE / "go" / name, path)
    (path / "main.go").write_text(text)
    return f"(cd {shlex.quote(str(path))} && {caches} GOPROXY=off GOTOOLCHAIN=local go run .)"


@functools.cache
def build_modules():
    """Downloads and compiles the modules before the session, which has no network. This takes a
    minute the first time. Returns an `env` command that sets the caches' folders."""
    local = {**os.environ, "GOTOOLCHAIN": "local"}
    subprocess.run(["go", "build", "-o", os.devnull, "."], cwd=HERE / "go", env=local, check=True)
    names = ["GOMODCACHE", "GOCACHE"]
    shown = subprocess.run(["go", "env", *names], capture_output=True, text=True, check=True).stdout
    return shlex.join(["env", *map("=".join, zip(names, shown.splitlines()))])


def missing_go():
    if not shutil.which("go"):
        return "go is not installed"
    return "go is older than tests/docs/go/go.mod requires" if installed() < required() else ""


def installed():
    shown = subprocess.run(["go", "version"], capture_output=True, text=True, check=True).stdout
    return version_in(shown, r"\bgo(\d+)\.(\d+)")


def required():
    return version_in((HERE / "go/go.mod").read_text(), r"^go (\d+)\.(\d+)")


def version_in(text, pattern):
    return tuple(map(int, re.search(pattern, text, re.MULTILINE).groups()))
