"""Commands of the Docker client, and containers of the images under test."""

import json
import pathlib
import subprocess
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError, ReadTimeoutError

HOME = pathlib.Path(__file__).parents[2]


def run(*command, **options):
    """Returns the finished process, with any exit code."""
    options = {"capture_output": True, "text": True, "timeout": 300, "cwd": HOME, **options}
    return subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, check=False, **options)


def docker(*arguments, **options):
    """Returns the output of the Docker client, which must succeed."""
    done = run("docker", *arguments, **options)
    assert done.returncode == 0, f"docker {arguments[0]}: {last_lines(done)}"
    return done.stdout.strip()


def last_lines(done, count=30):
    """Returns the last lines of a process's output, which contain the reason of a failed build."""
    return "\n".join((done.stdout + done.stderr).splitlines()[-count:])


def inspect(name):
    return json.loads(docker("inspect", name))[0]


def poll(ask, done, seconds=10):
    """Calls `ask` until `done` is true of its result; returns that result."""
    end = time.monotonic() + seconds
    answer = ask()
    while not done(answer):
        assert time.monotonic() < end, f"timeout after {seconds} seconds: {answer}"
        time.sleep(0.02)
        answer = ask()
    return answer


class Container:
    """A container that runs in the background. Options are those of `docker run`."""

    def __init__(self, *options, image="papersail", command=()):
        self.name = docker("run", "--detach", *options, image, *command)

    def logs(self):
        done = run("docker", "logs", self.name)
        return done.stdout + done.stderr

    def wait_until_ready(self):
        return poll(self.logs, lambda logs: "Ready.\n" in logs)

    def wait_for_end(self):
        return int(docker("wait", self.name, timeout=20))

    def state(self):
        return inspect(self.name)["State"]

    def health(self):
        return self.state()["Health"]["Status"]

    def url(self):
        return "http://" + docker("port", self.name, "4566/tcp").splitlines()[0]

    def client(self):
        return lightsail(self.url())

    def remove(self):
        docker("rm", "--force", "--volumes", self.name)


def lightsail(url):
    """Returns a boto3 client that does not retry."""
    return boto3.client(
        "lightsail",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"max_attempts": 0}, connect_timeout=5, read_timeout=10),
    )


def launch(client, name):
    client.create_instances(
        instanceNames=[name],
        availabilityZone="us-east-1a",
        blueprintId="ubuntu_24_04",
        bundleId="nano_3_0",
    )


def names(client):
    return sorted(instance["name"] for instance in client.get_instances()["instances"])


def names_when_up(client):
    """Returns the names of the instances. Waits until the server accepts connections."""
    return poll(lambda: _names_or_none(client), lambda found: found is not None)


def _names_or_none(client):
    try:
        return names(client)
    except (EndpointConnectionError, ConnectionClosedError, ReadTimeoutError):
        return None
