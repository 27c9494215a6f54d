"""`cmake --install` and the packages: the commands of docs/install.md, the files, and a server."""

import os
import re
import shutil
import subprocess

import base_image
import pytest
from docker_client import HOME, lightsail, run
from engine import CACHE
from markdown_blocks import blocks

BUILD = HOME / "build/release"
VERSION = re.search(r"project\(papersail VERSION (\S+)", (HOME / "CMakeLists.txt").read_text())[1]
FILES = [
    "bin/papersail",
    "lib/systemd/system/papersail.service",
    "share/bash-completion/completions/papersail",
    "share/doc/papersail/LICENSE",
    "share/doc/papersail/docs/cli.md",
    "share/fish/vendor_completions.d/papersail.fish",
    "share/man/man1/papersail.1",
    "share/zsh/vendor-completions/_papersail",
]
# In the new Debian, the package exists already, sudo is not needed, and systemd does not run.
STAND_INS = """
cpack() { true; }
sudo() { "$@"; }
systemctl() { test -e "/usr/lib/systemd/system/${*: -1}.service"; }
"""
SEED = '{"action": "CreateKeyPair", "input": {"keyPairName": "seeded"}}\n'


def succeed(*command):
    """Returns the output of a command, which must succeed."""
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def package(generator, folder):
    """Makes a package by cpack and returns its path."""
    succeed("cpack", "--config", BUILD / "CPackConfig.cmake", "-G", generator, "-B", folder)
    (made,) = [path for path in folder.iterdir() if path.is_file()]
    return made


def documented(command):
    """Returns the block of docs/install.md that contains the command."""
    (block,) = [block for block in blocks("docs/install.md") if command in block.text]
    return block.text


@pytest.fixture(scope="module")
def debian(tmp_path_factory):
    """Returns a folder with a new Debian, in which the .deb is installed as documented."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("needs root and debootstrap")
    cache = CACHE / "papersail/docker"
    cache.mkdir(parents=True, exist_ok=True)
    root = tmp_path_factory.mktemp("debian")
    succeed("tar", "--directory", root, "--extract", "--file", base_image.make_archive(cache))
    shutil.copy(package("DEB", tmp_path_factory.mktemp("deb")), root)
    succeed("chroot", root, "bash", "-euc", STAND_INS + documented("-G DEB"))
    return root


def test_cmake_install_installs_every_file(tmp_path):
    (command,) = re.findall(r"sudo (cmake --install .*)", documented("cmake --install"))
    succeed(*command.replace("/usr/local", str(tmp_path)).split())
    assert [name for name in FILES if not (tmp_path / name).is_file()] == []
    assert (tmp_path / "etc/papersail/init.d").is_dir()
    assert succeed(tmp_path / "bin/papersail", "version").startswith(f"papersail {VERSION}")


def test_the_archive_contains_one_folder_with_a_binary_that_runs(tmp_path):
    archive = package("TGZ", tmp_path)
    succeed("tar", "--directory", tmp_path, "--extract", "--file", archive)
    folder = tmp_path / archive.name.removesuffix(".tar.gz")
    assert re.fullmatch(rf"papersail-{re.escape(VERSION)}-linux-\w+", folder.name)
    assert [name for name in FILES if not (folder / name).is_file()] == []
    assert succeed(folder / "bin/papersail", "version").startswith(f"papersail {VERSION}")


def test_the_deb_needs_no_other_package(debian):
    fields = succeed(
        "chroot",
        debian,
        "dpkg-query",
        "--show",
        "--showformat",
        "${Version}|${Depends}",
        "papersail",
    )
    assert fields == f"{VERSION}|"


def test_the_deb_installs_every_file(debian):
    assert [name for name in FILES if not (debian / "usr" / name).is_file()] == []
    assert (debian / "etc/papersail/init.d").is_dir()
    assert not (debian / "usr/etc").exists()


def test_the_deb_serves_and_applies_the_seeds_of_its_folder(debian):
    (debian / "etc/papersail/init.d/keys.jsonl").write_text(SEED)
    command = [
        "chroot",
        debian,
        "papersail",
        "serve",
        "--port",
        "0",
        "--data",
        "/var/lib/papersail",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = server.stdout.readline().split()[-1]
            assert "Ready.\n" in iter(server.stdout.readline, "")
            pairs = lightsail(url).get_key_pairs()["keyPairs"]
            assert [pair["name"] for pair in pairs] == ["seeded"]
        finally:
            server.terminate()
    assert server.returncode == 0
    assert list((debian / "var/lib/papersail").glob("*.sqlite"))


def test_the_deb_completes_commands_in_bash(debian):
    words = "COMP_WORDS=(papersail clo); COMP_CWORD=1; _papersail; echo ${COMPREPLY[@]}"
    script = f". /usr/share/bash-completion/completions/papersail; {words}"
    assert succeed("chroot", debian, "bash", "-c", script) == "clock\n"


def test_systemd_accepts_the_unit(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    text = (HOME / "cmake/papersail.service").read_text()
    unit = tmp_path / "papersail.service"
    # systemd-analyze requires a program that exists.
    unit.write_text(text.replace("ExecStart=papersail", "ExecStart=/bin/echo"))
    succeed("systemd-analyze", "verify", "--man=no", "--recursive-errors=yes", unit)


def test_dpkg_remove_deletes_every_installed_file(debian):
    succeed("chroot", debian, "dpkg", "--remove", "papersail")
    assert [name for name in FILES if (debian / "usr" / name).exists()] == []
