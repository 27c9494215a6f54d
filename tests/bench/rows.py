"""The rows of tests/bench/instructions, in the order of their requests: some change what later ones
need. Each request of a row reads or changes another resource."""

from inputs import DATABASE, DISK, INSTANCE
from row import Row, one, same, web, with_web

LARGE, PENDING = "000000000002", "000000000003"
MANY, WAITING = 5_000, 500
READ, CHANGE = 80_000, 200_000  # budgets of a request that reads or changes one resource
HOUR = {
    "metricName": "CPUUtilization",
    "period": 300,
    "startTime": 1767225600,
    "endTime": 1767229200,
    "unit": "Percent",
    "statistics": ["Average"],
}
PORT = {"fromPort": 8080, "toPort": 8080, "protocol": "tcp"}
ADD_ON = {"addOnType": "AutoSnapshot"}

disk = one("diskName", "disk")
ip = one("staticIpName", "ip")
database = one("relationalDatabaseName", "db")
update = one("relationalDatabaseName", "db", publiclyAccessible=True)
new_web = one("instanceName", "new-web")
new_disk = one("diskName", "new-disk", **DISK)
new_ip = one("staticIpName", "new-ip")
new_database = one("relationalDatabaseName", "new-db", **DATABASE)
tag = one("resourceName", "web", tags=[{"key": "stage", "value": "test"}])
# Ends the transitions of the rows before. It is not counted.
settle = Row("POST clock/advance", None, lambda n: {"seconds": 3600}, warm_up=1, count=0)


def create(n):
    return {"instanceNames": [f"new-web-{n}"], **INSTANCE}


def disk_snapshot(n):
    return {"diskSnapshotName": f"new-disk-shot-{n}", "diskName": f"disk-{n}"}


def reads(operation_ids):
    return [
        Row("GetInstance", READ, web()),
        Row("GetInstance", READ, lambda n: {"instanceName": "web-0"}, "GetInstance, repeated"),
        Row("GetInstanceState", READ, web()),
        Row("GetInstancePortStates", READ, web()),
        Row("GetInstanceMetricData", READ, web(**HOUR)),
        Row("GetDisk", READ, disk),
        Row("GetStaticIp", READ, ip),
        Row("GetKeyPair", READ, one("keyPairName", "key")),
        Row("GetRelationalDatabase", READ, database),
        Row("GetInstanceSnapshot", READ, one("instanceSnapshotName", "web-shot")),
        Row("GetDiskSnapshot", READ, one("diskSnapshotName", "disk-shot")),
        Row("GetOperation", READ, lambda n: {"operationId": operation_ids[n]}),
        Row("IsVpcPeered", READ, same),
    ]


LISTS = [
    Row("GetInstances", None, same, "GetInstances, 200 instances", LARGE),
    Row("GetInstances", None, same, "GetInstances, one of 200 instances", LARGE, 200),
    Row("GetOperations", None, same, "GetOperations, 200 operations"),
    Row("GetActiveNames", None, same, "GetActiveNames, a page", LARGE),
    Row("GetRegions", None, same),
    Row("GetBundles", None, same),
]

CHANGES = [
    Row("CreateInstances", CHANGE, create),
    Row("CreateDisk", CHANGE, new_disk),
    Row("CreateKeyPair", CHANGE, one("keyPairName", "new-key")),
    Row("CreateRelationalDatabase", CHANGE, new_database),
    Row("AllocateStaticIp", CHANGE, new_ip),
    Row("CreateInstanceSnapshot", CHANGE, with_web("instanceSnapshotName", "new-web-shot")),
    Row("CreateDiskSnapshot", CHANGE, disk_snapshot),
    Row("TagResource", CHANGE, tag),
    Row("UntagResource", CHANGE, one("resourceName", "web", tagKeys=["stage"])),
    Row("OpenInstancePublicPorts", CHANGE, web(portInfo=PORT)),
    Row("CloseInstancePublicPorts", CHANGE, web(portInfo=PORT)),
    Row("PutInstancePublicPorts", CHANGE, web(portInfos=[PORT])),
    Row("AttachStaticIp", CHANGE, with_web("staticIpName", "ip")),
    Row("DetachStaticIp", CHANGE, ip),
    Row("AttachDisk", CHANGE, with_web("diskName", "disk", diskPath="/dev/xvdf")),
    settle,
    Row("RebootInstance", CHANGE, web()),
    Row("StopInstance", CHANGE, web()),
    settle,
    Row("DetachDisk", CHANGE, disk),
    Row("StartInstance", CHANGE, web()),
    Row("UpdateRelationalDatabase", CHANGE, update),
    settle,
    Row("StopRelationalDatabase", CHANGE, database),
    Row("EnableAddOn", CHANGE, one("resourceName", "web", addOnRequest=ADD_ON)),
    Row("DeleteDisk", CHANGE, disk),
    Row("DeleteInstance", CHANGE, new_web),
    Row(
        *(
            "POST clock/advance",
            None,
            lambda n: {"seconds": 60},
            f"a transition, {WAITING} at once",
        ),
        *(PENDING, WAITING, 0, 1),
    ),
]


def among_many(action, budget, input):
    """Returns the row of SMALL again, in LARGE."""
    return Row(action, budget, input, f"{action}, with {MANY:,} others", LARGE, like=action)


GROWTH = [
    among_many("GetInstance", READ, web()),
    among_many("CreateInstances", CHANGE, create),
    among_many("CreateDisk", CHANGE, new_disk),
    among_many("TagResource", CHANGE, tag),
    among_many("AllocateStaticIp", CHANGE, new_ip),
]
