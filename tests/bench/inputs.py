"""Inputs of requests, and resources that the benchmarks create."""

INSTANCE = {
    "availabilityZone": "us-east-1a",
    "blueprintId": "ubuntu_24_04",
    "bundleId": "nano_3_0",
}
DISK = {"availabilityZone": "us-east-1a", "sizeInGb": 8}
DATABASE = {
    "availabilityZone": "us-east-1a",
    "relationalDatabaseBlueprintId": "mysql_8_0",
    "relationalDatabaseBundleId": "micro_2_0",
    "masterDatabaseName": "main",
    "masterUsername": "admin1",
}
BATCH = 50  # instances in one request
ZONES = "abcdf"  # a zone has 4,091 private addresses


def create_instances(client, prefix, numbers):
    for first in range(numbers.start, numbers.stop, BATCH):
        names = [f"{prefix}-{n}" for n in numbers[first - numbers.start :][:BATCH]]
        zone = f"us-east-1{ZONES[first // BATCH % len(ZONES)]}"
        instance = INSTANCE | {"availabilityZone": zone}
        client.call("CreateInstances", instanceNames=names, **instance)


def create_disk(client, name):
    client.call("CreateDisk", diskName=name, **DISK)


def advance(client, seconds=3600):
    """Moves the clock, so that transitions happen: in an hour, those of the profile `fast`."""
    client.control("POST clock/advance", seconds=seconds)
