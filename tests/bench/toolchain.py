"""The compiler and the libraries of the binary. The number of its instructions depends on them."""

import platform
import re
import subprocess

from server import BINARY

PACKAGES = [
    "libboost1.*-dev",
    "libc6-dev",
    "libjemalloc-dev",
    "libsqlite3-dev",
    "nlohmann-json3-dev",
    "valgrind",
]


def toolchain():
    return {"architecture": platform.machine(), "compiler": compiler(), "packages": packages()}


def difference(earlier):
    """Returns how the toolchain differs from an earlier one; nothing if it is the same."""
    now = toolchain()
    return ", ".join(
        f"{name}: {value}, not {earlier.get(name)}"
        for name, value in now.items()
        if value != earlier.get(name)
    )


def compiler():
    """Returns the compiler that the binary names, else the installed one."""
    found = re.findall(r"] +(.*)", output("readelf", "-p", ".comment", BINARY))
    return "; ".join(found) or output("g++", "--version").split("\n")[0]


def packages():
    """Returns the versions of the installed packages, without Debian's revisions."""
    lines = output("dpkg-query", "-W", "-f", "${Package} ${Version}\n", *PACKAGES).splitlines()
    pairs = [line.split() for line in lines if " " in line.strip()]
    return {name: re.sub(r"-[^-]*$", "", version) for name, version in sorted(pairs)}


def output(*command):
    """Returns the output of a command, also if it fails; nothing if it is not installed."""
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout
    except FileNotFoundError:
        return ""
