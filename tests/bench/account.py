"""The account that tests/bench/scale measures."""

from inputs import advance, create_disk, create_instances

INSTANCES, IPS, DISKS, KEYS = 600, 200, 190, 10  # of a thousand resources


def numbers(thousand, count):
    return range(thousand * count, (thousand + 1) * count)


def fill(client, thousands):
    """Creates thousands of resources, none of which has a transition left."""
    for thousand in range(thousands):
        create_instances(client, "web", numbers(thousand, INSTANCES))
        for n in numbers(thousand, IPS):
            client.call("AllocateStaticIp", staticIpName=f"ip-{n}")
        for n in numbers(thousand, DISKS):
            create_disk(client, f"disk-{n}")
        for n in numbers(thousand, KEYS):
            client.call("CreateKeyPair", keyPairName=f"key-{n}")
        advance(client)
