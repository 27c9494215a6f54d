import re

import pytest
from papersail import instance, launch, names, succeed


def snapshot(lightsail, name):
    return lightsail.get_instance_snapshot(instanceSnapshotName=name)["instanceSnapshot"]


def disk(lightsail, name):
    return lightsail.get_disk(diskName=name)["disk"]


def make_disk(lightsail, name, size=8):
    return lightsail.create_disk(
        diskName=name, availabilityZone="us-east-1a", sizeInGb=size
    )["operations"]


def test_create_instances_from_snapshot_restores_a_deleted_instance(fast):
    lightsail = fast.client()
    succeed(lightsail, launch(lightsail, "web") + make_disk(lightsail, "data"))
    succeed(
        lightsail,
        lightsail.attach_disk(diskName="data", instanceName="web", diskPath="/dev/xvdf")[
            "operations"
        ],
    )
    taken = lightsail.create_instance_snapshot(
        instanceName="web", instanceSnapshotName="web-1", tags=[{"key": "no_delete"}]
    )["operations"]
    assert [(op["resourceName"], op["operationDetails"]) for op in taken] == [
        ("web-1", "web"),
        ("web", "web-1"),
    ]
    assert snapshot(lightsail, "web-1")["state"] == "pending"
    with pytest.raises(lightsail.exceptions.OperationFailureException):
        lightsail.export_snapshot(sourceSnapshotName="web-1")
    succeed(lightsail, taken)
    made = snapshot(lightsail, "web-1")
    assert made["state"] == "available" and made["sizeInGb"] == 28
    assert [one["name"] for one in made["fromAttachedDisks"]] == ["data"]

    lightsail.delete_instance(instanceName="web")
    started = lightsail.create_instances_from_snapshot(
        instanceNames=["web"],
        instanceSnapshotName="web-1",
        availabilityZone="us-east-1b",
        bundleId="micro_3_0",
        attachedDiskMapping={"web": [{"originalDiskPath": "/dev/xvdf", "newDiskName": "data-2"}]},
    )["operations"]
    assert [op["operationType"] for op in started] == ["CreateInstancesFromSnapshot"]
    succeed(lightsail, started)
    assert instance(lightsail, "web")["state"]["name"] == "running"
    assert instance(lightsail, "web")["bundleId"] == "micro_3_0"
    assert disk(lightsail, "data-2")["attachedTo"] == "web"

    lightsail.delete_instance_snapshot(instanceSnapshotName="web-1")
    with pytest.raises(lightsail.exceptions.NotFoundException):
        snapshot(lightsail, "web-1")


def test_copy_snapshot_copies_to_another_region(instant):
    lightsail = instant.client(123456789012)
    elsewhere = instant.client(123456789012, region="eu-west-1")
    launch(lightsail, "web")
    lightsail.create_instance_snapshot(instanceName="web", instanceSnapshotName="web-1")
    copied = elsewhere.copy_snapshot(
        sourceSnapshotName="web-1", sourceRegion="us-east-1", targetSnapshotName="web-1"
    )["operations"]
    assert copied[0]["operationType"] == "CopySnapshot"
    assert copied[0]["operationDetails"] == "us-east-1:web-1"
    succeed(elsewhere, copied)
    assert snapshot(elsewhere, "web-1")["location"]["regionName"] == "eu-west-1"
    assert snapshot(elsewhere, "web-1")["arn"] != snapshot(lightsail, "web-1")["arn"]
    elsewhere.create_instances_from_snapshot(
        instanceNames=["web"],
        instanceSnapshotName="web-1",
        availabilityZone="eu-west-1a",
        bundleId="nano_3_0",
    )
    assert instance(elsewhere, "web")["publicIpAddress"]


def test_create_disk_from_snapshot_refuses_a_smaller_size(lightsail):
    make_disk(lightsail, "data", 16)
    lightsail.create_disk_snapshot(diskName="data", diskSnapshotName="data-1")
    made = lightsail.get_disk_snapshot(diskSnapshotName="data-1")["diskSnapshot"]
    assert (made["state"], made["progress"], made["sizeInGb"]) == ("completed", "100%", 16)
    larger = {"diskSnapshotName": "data-1", "availabilityZone": "us-east-1a"}
    with pytest.raises(lightsail.exceptions.InvalidInputException):
        lightsail.create_disk_from_snapshot(diskName="small", sizeInGb=8, **larger)
    lightsail.create_disk_from_snapshot(diskName="large", sizeInGb=32, **larger)
    assert disk(lightsail, "large")["sizeInGb"] == 32
    pages = lightsail.get_paginator("get_disk_snapshots").paginate()
    assert [one["name"] for page in pages for one in page["diskSnapshots"]] == ["data-1"]


def test_automatic_snapshots_are_taken_daily_and_seven_are_kept(start, tmp_path):
    def on(day, hour=12):
        clock = f"2026-01-{day:02}T{hour:02}:00:00Z"
        return start("--data", tmp_path, "--lifecycle", "instant", "--clock", clock)

    def dates():
        answer = lightsail.get_auto_snapshots(resourceName="web")
        assert {one["status"] for one in answer["autoSnapshots"]} <= {"Success"}
        return [one["date"] for one in answer["autoSnapshots"]]

    server = on(1, hour=0)
    lightsail = server.client("123456789012")
    launch(lightsail, "web")
    enabled = lightsail.enable_add_on(
        resourceName="web",
        addOnRequest={
            "addOnType": "AutoSnapshot",
            "autoSnapshotAddOnRequest": {"snapshotTimeOfDay": "05:00"},
        },
    )["operations"]
    succeed(lightsail, enabled)
    assert instance(lightsail, "web")["addOns"] == [
        {
            "name": "AutoSnapshot",
            "status": "Enabled",
            "snapshotTimeOfDay": "05:00",
            "nextSnapshotTimeOfDay": "05:00",
        }
    ]
    assert dates() == []
    server.stop()

    server = on(10)
    lightsail = server.client("123456789012")
    assert dates() == [f"2026-01-{day:02}" for day in range(10, 3, -1)]
    deleted = lightsail.delete_auto_snapshot(resourceName="web", date="2026-01-09")["operations"]
    assert deleted[0]["operationDetails"] == "DeleteAutoSnapshot-2026-01-09"
    assert "statusChangedAt" not in deleted[0]
    kept = lightsail.copy_snapshot(
        sourceResourceName="web",
        restoreDate="2026-01-04",
        sourceRegion="us-east-1",
        targetSnapshotName="kept",
    )["operations"]
    succeed(lightsail, kept)
    assert snapshot(lightsail, "kept")["isFromAutoSnapshot"]
    lightsail.create_instances_from_snapshot(
        instanceNames=["again"],
        sourceInstanceName="web",
        useLatestRestorableAutoSnapshot=True,
        availabilityZone="us-east-1a",
        bundleId="nano_3_0",
    )
    lightsail.disable_add_on(resourceName="web", addOnType="AutoSnapshot")
    server.stop()

    server = on(31)
    lightsail = server.client("123456789012")
    assert dates() == [f"2026-01-{day:02}" for day in (10, 8, 7, 6, 5, 4)]
    assert instance(lightsail, "web")["addOns"][0]["status"] == "Disabled"
    lightsail.delete_instance(instanceName="web")
    with pytest.raises(lightsail.exceptions.NotFoundException):
        dates()
    assert names(lightsail) == ["again", "kept"]


def test_export_snapshot_and_create_cloud_formation_stack_succeed(lightsail):
    launch(lightsail, "web")
    lightsail.create_instance_snapshot(instanceName="web", instanceSnapshotName="web-1")
    succeed(lightsail, lightsail.export_snapshot(sourceSnapshotName="web-1")["operations"])
    record = lightsail.get_export_snapshot_records()["exportSnapshotRecords"][0]
    assert record["state"] == "Succeeded" and record["sourceInfo"]["name"] == "web-1"
    assert record["destinationInfo"]["service"] == "Aws::EC2::Image"
    entry = {
        "sourceName": record["name"],
        "instanceType": "t3.micro",
        "portInfoSource": "DEFAULT",
        "availabilityZone": "us-east-1a",
    }
    succeed(lightsail, lightsail.create_cloud_formation_stack(instances=[entry])["operations"])
    stack = lightsail.get_cloud_formation_stack_records()["cloudFormationStackRecords"][0]
    identity = stack["name"].removeprefix("CloudFormationStackRecord-")
    assert re.fullmatch(rf"arn:.*:stack/Lightsail-Stack-{identity}/.*", stack["destinationInfo"]["id"])
