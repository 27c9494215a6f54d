"""The AWS CLI as a client."""

import json
import os
import subprocess
import sys

import pytest
from papersail import accounts, poll


@pytest.fixture
def aws(fast):
    """Runs `aws --endpoint-url URL lightsail ...`; returns its output, or its error text."""
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": str(next(accounts)),
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }

    def run(*arguments):
        command = [sys.executable, "-m", "awscli", "--endpoint-url", fast.url, "lightsail"]
        done = subprocess.run(
            [*command, *arguments], env=environment, capture_output=True, text=True, timeout=60
        )
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr

    return run


def test_aws_creates_polls_and_deletes_an_instance(aws):
    created = aws(
        *("create-instances", "--instance-names", "web", "--availability-zone", "us-east-1a"),
        *("--blueprint-id", "ubuntu_24_04", "--bundle-id", "nano_3_0"),
    )
    (operation,) = created["operations"]
    assert operation["status"] == "Started" and operation["resourceName"] == "web"
    ended = poll(
        lambda: aws("get-operation", "--operation-id", operation["id"])["operation"],
        lambda shown: shown["status"] == "Succeeded",
        seconds=10,  # each poll starts a new process
    )
    assert ended["statusChangedAt"] - ended["createdAt"] < 2
    web = aws("get-instance", "--instance-name", "web")["instance"]
    assert web["state"]["name"] == "running"
    assert {port["fromPort"] for port in web["networking"]["ports"]} == {22, 80}
    assert "web" in aws("delete-instance", "--instance-name", "web")["operations"][0].values()


def test_aws_prints_the_exception_and_the_message(aws):
    message = aws("get-instance", "--instance-name", "nobody")
    assert "(NotFoundException)" in message
    assert "The Instance does not exist: nobody" in message


def test_aws_follows_all_pages(aws):
    assert len(aws("get-bundles", "--query", "bundles[].bundleId")) > 20
