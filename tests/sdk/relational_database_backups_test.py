import datetime

import pytest
from papersail import succeed
from relational_databases_test import create, database, password

MINUTE = datetime.timedelta(minutes=1)


def snapshot(lightsail, name):
    answer = lightsail.get_relational_database_snapshot(relationalDatabaseSnapshotName=name)
    return answer["relationalDatabaseSnapshot"]


def messages(lightsail, name):
    pages = lightsail.get_paginator("get_relational_database_events").paginate(
        relationalDatabaseName=name, durationInMinutes=60
    )
    return [event["message"] for page in pages for event in page["relationalDatabaseEvents"]]


def parameters(lightsail, name):
    pages = lightsail.get_paginator("get_relational_database_parameters").paginate(
        relationalDatabaseName=name
    )
    return {one["parameterName"]: one for page in pages for one in page["parameters"]}


def change(lightsail, name, parameter, value, method):
    return lightsail.update_relational_database_parameters(
        relationalDatabaseName=name,
        parameters=[
            {"parameterName": parameter, "parameterValue": value, "applyMethod": method}
        ],
    )["operations"]


def test_a_database_is_restored_from_a_snapshot_and_to_a_point_in_time(lightsail):
    succeed(lightsail, create(lightsail, "shop-db", masterUserPassword="first-secret"))

    made = lightsail.create_relational_database_snapshot(
        relationalDatabaseName="shop-db",
        relationalDatabaseSnapshotName="shop-snap",
        tags=[{"key": "team", "value": "shop"}],
    )["operations"]
    assert [(op["resourceType"], op["operationDetails"]) for op in made] == [
        ("RelationalDatabaseSnapshot", "shop-db"),
        ("RelationalDatabase", "shop-snap"),
    ]
    succeed(lightsail, made)
    kept = snapshot(lightsail, "shop-snap")
    assert kept["state"] == "available" and kept["sizeInGb"] == 40
    assert kept["fromRelationalDatabaseName"] == "shop-db"

    # A larger bundle from the snapshot.
    with pytest.raises(lightsail.exceptions.NotFoundException):
        lightsail.create_relational_database_from_snapshot(
            relationalDatabaseName="shop-db-2", relationalDatabaseSnapshotName="no-snap"
        )
    succeed(
        lightsail,
        lightsail.create_relational_database_from_snapshot(
            relationalDatabaseName="shop-db-2",
            relationalDatabaseSnapshotName="shop-snap",
            relationalDatabaseBundleId="small_2_0",
        )["operations"],
    )
    restored = database(lightsail, "shop-db-2")
    assert restored["state"] == "available" and restored["hardware"]["diskSizeInGb"] == 80
    assert restored["masterUsername"] == "keeper"
    assert password(lightsail, "shop-db-2") == "first-secret"
    assert "Restored from snapshot shop-snap" in messages(lightsail, "shop-db-2")

    # The source database at a point in time.
    latest = database(lightsail, "shop-db")["latestRestorableTime"]
    for moment in (latest - 60 * MINUTE, latest + 10 * MINUTE):
        with pytest.raises(lightsail.exceptions.InvalidInputException):
            lightsail.create_relational_database_from_snapshot(
                relationalDatabaseName="shop-db-3",
                sourceRelationalDatabaseName="shop-db",
                restoreTime=moment,
            )
    restoring = lightsail.create_relational_database_from_snapshot(
        relationalDatabaseName="shop-db-3",
        sourceRelationalDatabaseName="shop-db",
        restoreTime=latest,
    )["operations"]
    assert restoring[0]["operationType"] == "CreateRelationalDatabaseFromSnapshot"
    succeed(lightsail, restoring)

    deleted = lightsail.delete_relational_database_snapshot(
        relationalDatabaseSnapshotName="shop-snap"
    )["operations"]
    assert deleted[0]["status"] == "Succeeded"
    assert not lightsail.get_relational_database_snapshots()["relationalDatabaseSnapshots"]


def test_a_database_is_stopped_and_started(fast):
    lightsail = fast.client()
    succeed(lightsail, create(lightsail, "shop-db"))
    name = {"relationalDatabaseName": "shop-db"}
    succeed(lightsail, lightsail.stop_relational_database(**name)["operations"])
    assert database(lightsail, "shop-db")["state"] == "stopped"
    with pytest.raises(lightsail.exceptions.OperationFailureException):
        lightsail.reboot_relational_database(**name)
    succeed(lightsail, lightsail.start_relational_database(**name)["operations"])
    rebooted = lightsail.reboot_relational_database(**name)["operations"]
    assert rebooted[0]["operationDetails"] == ""
    succeed(lightsail, rebooted)
    assert database(lightsail, "shop-db")["state"] == "available"
    happened = messages(lightsail, "shop-db")
    assert happened[:3] == [
        "Relational Database created",
        "Backing up Relational Database",
        "Finished Relational Database backup",
    ]
    assert happened[-1] == "Relational Database restarted"

    assert lightsail.get_relational_database_log_streams(**name)["logStreams"] == [
        "audit",
        "error",
        "general",
        "slowquery",
    ]
    log = lightsail.get_relational_database_log_events(
        **name, logStreamName="error", startFromHead=True
    )
    assert "starting as process" in log["resourceLogEvents"][0]["message"]
    assert log["nextForwardToken"] and log["nextBackwardToken"]


def test_update_relational_database_parameters_applies_at_once_or_at_a_reboot(lightsail):
    succeed(lightsail, create(lightsail, "shop-db"))
    known = parameters(lightsail, "shop-db")
    assert len(known) > 500
    assert known["max_connections"]["parameterValue"] == "{DBInstanceClassMemory/12582880}"

    done = change(lightsail, "shop-db", "long_query_time", "2.5", "immediate")
    assert done[0]["status"] == "Succeeded" and done[0]["operationDetails"] == ""
    assert parameters(lightsail, "shop-db")["long_query_time"]["parameterValue"] == "2.5"
    with pytest.raises(lightsail.exceptions.InvalidInputException):
        change(lightsail, "shop-db", "performance_schema", "1", "immediate")

    def status():
        return database(lightsail, "shop-db")["parameterApplyStatus"]

    change(lightsail, "shop-db", "performance_schema", "1", "pending-reboot")
    assert status() == "pending-reboot"
    rebooted = lightsail.reboot_relational_database(relationalDatabaseName="shop-db")
    succeed(lightsail, rebooted["operations"])
    assert status() == "in-sync"
