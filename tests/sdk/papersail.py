"""A papersail process for tests, and boto3 clients of it."""

import itertools
import os
import pathlib
import re
import subprocess
import time

import boto3
from botocore.config import Config

HOME = pathlib.Path(__file__).parents[2]
BINARY = os.environ.get("PAPERSAIL", HOME / "build/release/papersail")
accounts = itertools.count(100000000001)
servers = itertools.count(1)

# Without the developer's AWS settings, and without a proxy for this machine.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_PAGER": "",
    "NO_PROXY": "127.0.0.1",
    "no_proxy": "127.0.0.1",
}


class Papersail:
    """A server on a free port, at `url`, until `stop` or `kill`. Its log is in build/."""

    def __init__(self, *arguments):
        log = HOME / f"build/server-{next(servers)}.log"
        command = [BINARY, "serve", "--port", "0", *arguments]
        with open(log, "w") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out)
        text = poll(log.read_text, lambda text: "Ready.\n" in text, seconds=10)
        self.url = re.search(r"http://\S+", text).group()

    def client(self, account=None, region="us-east-1", **config):
        """Returns a boto3 client, by default of a new account."""
        return boto3.client(
            "lightsail",
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=str(account or next(accounts)),
            aws_secret_access_key="test",
            config=Config(**config),
        )

    def stop(self):
        self.process.terminate()
        assert self.process.wait(10) == 0

    def kill(self):
        self.process.kill()
        self.process.wait(10)


def poll(ask, done, seconds=30):
    """Calls `ask` until `done` is true of its result; returns that result."""
    end = time.monotonic() + seconds
    answer = ask()
    while not done(answer):
        assert time.monotonic() < end, f"timeout after {seconds} seconds: {answer}"
        time.sleep(0.05)
        answer = ask()
    return answer


def succeed(lightsail, operations):
    """Polls operations by their ids until they end; returns the ended operations."""
    ended = []
    for operation in operations:
        ask = lambda: lightsail.get_operation(operationId=operation["id"])["operation"]
        ended.append(poll(ask, lambda answer: answer["isTerminal"]))
    assert {operation["status"] for operation in ended} == {"Succeeded"}
    return ended


def run(*command, text=None):
    """Returns the output of a command, which must succeed."""
    done = subprocess.run(
        list(map(str, command)), input=text, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# A small instance of Ubuntu in the first zone.
LAUNCH = {
    "availabilityZone": "us-east-1a",
    "blueprintId": "ubuntu_24_04",
    "bundleId": "nano_3_0",
}


def launch(lightsail, *names, **options):
    return lightsail.create_instances(instanceNames=names, **{**LAUNCH, **options})["operations"]


def instance(lightsail, name):
    return lightsail.get_instance(instanceName=name)["instance"]


def names(lightsail):
    """Returns the names in use, without the default key pair, which CreateInstances makes."""
    used = lightsail.get_active_names()["activeNames"]
    return sorted(set(used) - {"LightsailDefaultKeyPair"})
