"""The image for arm64, cross-compiled, and its binary in an emulator (QEMU)."""

import re
import subprocess

import pytest
from docker_client import docker, inspect, launch, lightsail


@pytest.fixture
def binary(arm64, tmp_path):
    container = docker("create", "--platform", "linux/arm64", arm64)
    docker("cp", f"{container}:/papersail", tmp_path / "papersail")
    docker("rm", container)
    return tmp_path / "papersail"


def test_the_image_is_for_arm64(arm64):
    assert inspect(arm64)["Architecture"] == "arm64"


class Emulated:
    """A server in the emulator."""

    def __init__(self, binary, data):
        command = ["qemu-aarch64", binary, "serve", "--port", "0", "--data", data]
        self.process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
        self.client = lightsail(re.search(r"http://\S+", self.process.stdout.readline())[0])

    def stop(self):
        self.process.terminate()
        self.process.stdout.close()
        assert self.process.wait(10) == 0


def test_the_data_folder_keeps_an_instance_over_a_restart(binary, tmp_path):
    first = Emulated(binary, tmp_path / "data")
    launch(first.client, "kept")
    first.stop()
    second = Emulated(binary, tmp_path / "data")
    assert second.client.get_instance(instanceName="kept")["instance"]["name"] == "kept"
    second.stop()
