"""The base image, made from Debian packages, so that the engine needs no registry."""

import pathlib
import subprocess
import tempfile

NAME = "debian:bookworm-slim"


def make_archive(cache):
    """Returns an archive of the base image's files. Makes it if it is not in the cache."""
    archive = cache / "bookworm.tar"
    if not archive.exists():
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            _debootstrap(folder + "/root", folder + "/tar")
            pathlib.Path(folder, "tar").rename(archive)
    return archive


def _debootstrap(root, archive):
    quietly("debootstrap", "--variant=minbase", "bookworm", root)
    quietly("chroot", root, "apt-get", "clean")
    quietly("tar", "--directory", root, "--create", "--file", archive, ".")


def quietly(*command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
