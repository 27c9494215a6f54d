"""Stands for your application: makes an instance, waits until it runs, and prints it."""

import os
import time

import boto3

# Before boto3 1.31, a client does not read AWS_ENDPOINT_URL by itself.
lightsail = boto3.client("lightsail", endpoint_url=os.environ["AWS_ENDPOINT_URL"])


def find(name):
    try:
        return lightsail.get_instance(instanceName=name)["instance"]
    except lightsail.exceptions.NotFoundException:
        return None


def create(name):
    lightsail.create_instances(
        instanceNames=[name],
        availabilityZone="us-east-1a",
        blueprintId="ubuntu_24_04",
        bundleId="nano_3_0",
    )


def wait_until_running(name):
    while find(name)["state"]["name"] != "running":
        time.sleep(0.2)
    return find(name)


if not find("app"):
    create("app")
instance = wait_until_running("app")
print(instance["name"], instance["state"]["name"], instance["publicIpAddress"])
