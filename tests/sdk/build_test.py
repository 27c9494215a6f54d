"""What ./run and ./test do before anything is built: tests/build.sh, in a shell as theirs."""
import pathlib
import shutil
import subprocess

import pytest

BUILD = pathlib.Path(__file__).resolve().parents[1] / "build.sh"

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-query"), reason="needs Debian or its kin")


def told_by(shell):
    command = ["bash", "-euo", "pipefail", "-c", f'. "$0"; {shell}', BUILD]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_packages_that_nobody_has_heard_of_are_missing():
    shell = 'mapfile -t missing < <(missing_packages bash no-such-package); echo "${missing[@]}"'
    assert told_by(shell) == ["no-such-package"]


def test_nothing_is_missing_if_all_is_installed():
    assert told_by("missing_packages bash coreutils") == []


def test_a_package_that_others_provide_has_no_version_and_is_not_available():
    assert told_by("is_available c-compiler || echo no; is_available bash && echo yes") == ["no", "yes"]
