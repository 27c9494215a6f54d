"""The Debian package, installed in a fresh Debian."""

import pytest
from conftest import build
from docker_client import docker, names

FILES = """
/usr/bin/papersail
/usr/lib/systemd/system/papersail.service
/usr/share/bash-completion/completions/papersail
/usr/share/doc/papersail/README.md
/usr/share/fish/vendor_completions.d/papersail.fish
/usr/share/man/man1/papersail.1
/usr/share/zsh/vendor-completions/_papersail
/etc/papersail/init.d
""".split()


@pytest.fixture(scope="session")
def installed(image):
    build("papersail-build", "--target", "build")
    return build("papersail-package", file="tests/docker/package.Dockerfile")


def inside(installed, command):
    return docker("run", "--rm", installed, "bash", "-euc", command)


def test_the_package_has_the_files(installed):
    listed = inside(installed, "dpkg --listfiles papersail").splitlines()
    assert set(FILES) - set(listed) == set()


def test_the_package_needs_no_other(installed):
    assert "Depends:" not in inside(installed, "dpkg --status papersail")


def test_the_package_leaves_nothing_when_it_is_purged(installed):
    purge = (
        "dpkg --purge papersail >&2; find / -xdev -path /proc -prune -o -name '*papersail*' -print"
    )
    assert inside(installed, purge) == "/papersail.deb"


def test_the_installed_server_serves(installed, serve):
    server = serve(image=installed, command=["papersail", "serve", "--host", "0.0.0.0"])
    assert names(server.client()) == []
