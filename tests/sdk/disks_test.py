import ipaddress

import pytest
from papersail import instance, launch, names, succeed


def refused(lightsail, kind, call, **arguments):
    """Returns the message of the exception that the call must raise."""
    with pytest.raises(getattr(lightsail.exceptions, kind)) as error:
        call(**arguments)
    return error.value.response["Error"]["Message"]


def disk(lightsail, name):
    return lightsail.get_disk(diskName=name)["disk"]


def static_ip(lightsail, name):
    return lightsail.get_static_ip(staticIpName=name)["staticIp"]


def extra_disks(lightsail, name):
    disks = instance(lightsail, name)["hardware"]["disks"]
    return {one["name"]: one for one in disks if not one["isSystemDisk"]}


def kinds(operations):
    return [(op["operationType"], op["resourceType"], op["operationDetails"]) for op in operations]


def test_a_disk_is_created_attached_detached_and_deleted(fast):
    lightsail = fast.client()
    succeed(lightsail, launch(lightsail, "web"))
    created = lightsail.create_disk(
        diskName="data", availabilityZone="us-east-1a", sizeInGb=40, tags=[{"key": "bare"}]
    )["operations"]
    assert [op["operationType"] for op in created] == ["CreateDisk"] and not created[0]["isTerminal"]
    assert disk(lightsail, "data")["state"] == "pending"
    succeed(lightsail, created)
    fresh = disk(lightsail, "data")
    assert fresh["state"] == "available" and fresh["sizeInGb"] == 40 and fresh["iops"] == 120
    assert not fresh["isAttached"] and "attachedTo" not in fresh and fresh["tags"] == [{"key": "bare"}]

    place = {"diskName": "data", "instanceName": "web", "diskPath": "/dev/xvdf"}
    assert refused(
        lightsail, "InvalidInputException", lightsail.attach_disk, **{**place, "diskPath": "/tmp"}
    ) == "The disk path is invalid. You must specify a valid disk path."
    attached = lightsail.attach_disk(**place)["operations"]
    assert kinds(attached) == [("AttachDisk", "Disk", "web"), ("AttachDisk", "Instance", "data")]
    succeed(lightsail, attached)
    used = disk(lightsail, "data")
    assert used["isAttached"] and used["attachedTo"] == "web" and used["path"] == "/dev/xvdf"
    assert used["state"] == "in-use" and used["attachmentState"] == "attached"
    assert extra_disks(lightsail, "web") == {"data": used}

    assert refused(
        lightsail, "OperationFailureException", lightsail.detach_disk, diskName="data"
    ) == (
        "You can only detach the disk when the target instance is stopped. The current state of "
        "your instance is: running"
    )
    assert "still attached to a Lightsail instance: web" in refused(
        lightsail, "OperationFailureException", lightsail.delete_disk, diskName="data"
    )
    succeed(lightsail, lightsail.stop_instance(instanceName="web")["operations"])
    detached = lightsail.detach_disk(diskName="data")["operations"]
    assert kinds(detached) == [("DetachDisk", "Disk", "web"), ("DetachDisk", "Instance", "data")]
    succeed(lightsail, detached)
    assert disk(lightsail, "data") == fresh and extra_disks(lightsail, "web") == {}

    deleted = lightsail.delete_disk(diskName="data")["operations"]
    assert deleted[0]["status"] == "Succeeded"
    assert "does not exist" in refused(
        lightsail, "NotFoundException", lightsail.get_disk, diskName="data"
    )


def test_a_static_ip_is_allocated_attached_detached_and_released(fast):
    lightsail = fast.client()
    succeed(lightsail, launch(lightsail, "web"))
    own = instance(lightsail, "web")["publicIpAddress"]
    allocated = lightsail.allocate_static_ip(staticIpName="address")["operations"]
    assert allocated[0]["isTerminal"] and allocated[0]["location"]["availabilityZone"] == "all"
    address = static_ip(lightsail, "address")
    assert ipaddress.ip_address(address["ipAddress"]).is_global
    assert not address["isAttached"] and "attachedTo" not in address

    attached = lightsail.attach_static_ip(staticIpName="address", instanceName="web")["operations"]
    assert kinds(attached) == [
        ("AttachStaticIp", "StaticIp", "web"),
        ("AttachStaticIp", "Instance", "address"),
    ]
    assert {op["status"] for op in attached} == {"Succeeded"}
    assert static_ip(lightsail, "address")["attachedTo"] == "web"
    for change in lightsail.stop_instance, lightsail.start_instance:
        succeed(lightsail, change(instanceName="web")["operations"])
        web = instance(lightsail, "web")
        assert web["isStaticIp"] and web["publicIpAddress"] == address["ipAddress"]

    assert "still attached" in refused(
        lightsail,
        "OperationFailureException",
        lightsail.release_static_ip,
        staticIpName="address",
    )
    lightsail.detach_static_ip(staticIpName="address")
    web = instance(lightsail, "web")
    assert not web["isStaticIp"] and web["publicIpAddress"] not in (own, address["ipAddress"])
    assert static_ip(lightsail, "address") == address
    lightsail.release_static_ip(staticIpName="address")
    assert lightsail.get_static_ips()["staticIps"] == []


def test_delete_instance_detaches_disks_and_static_ip(fast):
    lightsail = fast.client()
    succeed(lightsail, launch(lightsail, "web"))
    lightsail.allocate_static_ip(staticIpName="address")
    lightsail.attach_static_ip(staticIpName="address", instanceName="web")
    for name, path in ("one", "/dev/xvdf"), ("two", "/dev/xvdg"):
        zone = {"availabilityZone": "us-east-1a", "sizeInGb": 8}
        succeed(lightsail, lightsail.create_disk(diskName=name, **zone)["operations"])
        attached = lightsail.attach_disk(diskName=name, instanceName="web", diskPath=path)
        succeed(lightsail, attached["operations"])

    deleted = lightsail.delete_instance(instanceName="web")["operations"]
    assert kinds(deleted[:-1]) == [
        ("DetachDisk", "Disk", "web"),
        ("DetachDisk", "Instance", "one"),
        ("DetachDisk", "Disk", "web"),
        ("DetachDisk", "Instance", "two"),
    ]
    assert not any(op["isTerminal"] for op in deleted[:-1])
    assert deleted[-1]["operationType"] == "DeleteInstance" and deleted[-1]["isTerminal"]
    succeed(lightsail, deleted)
    assert {one["state"] for one in lightsail.get_disks()["disks"]} == {"available"}
    assert not static_ip(lightsail, "address")["isAttached"]
    assert names(lightsail) == ["address", "one", "two"]


def test_allocate_static_ip_refuses_a_sixth_static_ip(lightsail):
    for number in range(5):
        lightsail.allocate_static_ip(staticIpName=f"address-{number}")
    assert "maximum limit of Lightsail Static IPs : 5." in refused(
        lightsail, "InvalidInputException", lightsail.allocate_static_ip, staticIpName="address-5"
    )
