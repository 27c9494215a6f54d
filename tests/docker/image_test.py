"""The contents and the metadata of the image."""

import gzip
import re
import subprocess

from conftest import build
from docker_client import HOME, docker, inspect, run

MB = 1_000_000


def files(image):
    container = docker("create", image)
    try:
        command = f"docker export {container} | tar --list"
        return run("bash", "-o", "pipefail", "-c", command).stdout.splitlines()
    finally:
        docker("rm", container)


def test_the_image_takes_at_most_12_megabytes(image):
    assert 1 * MB < inspect(image)["Size"] <= 12 * MB


def test_the_image_takes_at_most_5_megabytes_compressed(image):
    saved = subprocess.run(["docker", "save", image], check=True, capture_output=True).stdout
    size = len(gzip.compress(saved, 6))
    assert 1 * MB < size <= 5 * MB


def test_the_image_contains_the_binary_and_no_other_program(image):
    made_by_the_engine = (".dockerenv", "dev/", "proc/", "sys/")
    own = [name for name in files(image) if not name.startswith(made_by_the_engine)]
    etc = {"group", "passwd", "papersail/", "papersail/init.d/"}
    engines = {"hostname", "hosts", "mtab", "resolv.conf"}
    assert set(own) == {"papersail", "data/", "etc/"} | {f"etc/{name}" for name in etc | engines}


def test_the_image_sets_user_command_port_volume_and_health_check(image):
    config = inspect(image)["Config"]
    assert config["User"] == "65532:65532"
    assert config["Entrypoint"] == ["/papersail"]
    assert config["Cmd"] == ["serve"]
    assert config["ExposedPorts"] == {"4566/tcp": {}}
    assert config["Volumes"] == {"/data": {}}
    assert config["StopSignal"] == "SIGTERM"
    assert config["Healthcheck"]["Test"][:3] == ["CMD", "/papersail", "wait"]


def test_the_label_has_the_version_of_cmakelists(image):
    labels = inspect(image)["Config"]["Labels"]
    project = re.search(
        r"project\(papersail VERSION ([\d.]+)", (HOME / "CMakeLists.txt").read_text()
    )
    assert labels["org.opencontainers.image.version"] == project[1]
    assert labels["org.opencontainers.image.licenses"] == "Apache-2.0"


def test_the_label_has_the_source_that_the_build_names(image):
    build("papersail-labels", "--build-arg", "SOURCE=https://example.com/papersail")
    labels = inspect("papersail-labels")["Config"]["Labels"]
    assert labels["org.opencontainers.image.source"] == "https://example.com/papersail"


def test_version_prints_the_version_of_the_label(image):
    version = inspect(image)["Config"]["Labels"]["org.opencontainers.image.version"]
    assert docker("run", "--rm", image, "version").split()[:2] == ["papersail", version]
