"""The functions of tests/build.sh, in a shell with the options of ./run and ./test."""
import pathlib
import shutil
import subprocess

import pytest

BUILD = pathlib.Path(__file__).resolve().parents[1] / "build.sh"

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-query"), reason="needs dpkg-query")


def output(shell):
    command = ["bash", "-euo", "pipefail", "-c", f'. "$0"; {shell}', BUILD]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_missing_packages_prints_unknown_packages():
    shell = 'mapfile -t missing < <(missing_packages bash no-such-package); echo "${missing[@]}"'
    assert output(shell) == ["no-such-package"]


def test_missing_packages_prints_nothing_if_all_are_installed():
    assert output("missing_packages bash coreutils") == []


def test_is_available_refuses_a_virtual_package():
    assert output("is_available c-compiler || echo no; is_available bash && echo yes") == ["no", "yes"]
