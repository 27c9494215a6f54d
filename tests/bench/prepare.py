"""Creates the resources that the rows of tests/bench/instructions need."""

import json

from inputs import DATABASE, advance, create_disk, create_instances
from row import COUNT, SMALL, WARM_UP
from rows import LARGE, MANY, PENDING, WAITING

FEW = WARM_UP + COUNT


def prepare(server):
    """Fills the accounts. Returns the ids of operations of SMALL."""
    large(server.client(LARGE))
    create_instances(server.client(PENDING), "web", range(WAITING))
    client = server.client(SMALL)
    small(client)
    operations = json.loads(client.call("GetOperations"))["operations"]
    return [operation["id"] for operation in operations]


def small(client):
    create_instances(client, "web", range(FEW))
    for n in range(FEW):
        create_disk(client, f"disk-{n}")
        client.call("AllocateStaticIp", staticIpName=f"ip-{n}")
        client.call("CreateKeyPair", keyPairName=f"key-{n}")
        client.call("CreateRelationalDatabase", relationalDatabaseName=f"db-{n}", **DATABASE)
    advance(client)
    for n in range(FEW):
        snapshot = {"instanceSnapshotName": f"web-shot-{n}", "instanceName": f"web-{n}"}
        client.call("CreateInstanceSnapshot", **snapshot)
        snapshot = {"diskSnapshotName": f"disk-shot-{n}", "diskName": f"disk-{n}"}
        client.call("CreateDiskSnapshot", **snapshot)
    advance(client)


def large(client):
    create_instances(client, "web", range(MANY))
    for n in range(MANY):
        create_disk(client, f"disk-{n}")
        client.call("AllocateStaticIp", staticIpName=f"ip-{n}")
    advance(client)
