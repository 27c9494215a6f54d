import datetime
import re

import pytest
from papersail import names, poll, succeed

DATABASE = {
    "relationalDatabaseBlueprintId": "mysql_8_0",
    "relationalDatabaseBundleId": "micro_2_0",
    "masterDatabaseName": "shop",
    "masterUsername": "keeper",
}


def create(lightsail, name, **options):
    return lightsail.create_relational_database(
        relationalDatabaseName=name, **{**DATABASE, **options}
    )["operations"]


def database(lightsail, name):
    return lightsail.get_relational_database(relationalDatabaseName=name)["relationalDatabase"]


def password(lightsail, name, version="CURRENT"):
    return lightsail.get_relational_database_master_user_password(
        relationalDatabaseName=name, passwordVersion=version
    )["masterUserPassword"]


def test_a_database_is_created_updated_and_deleted(fast):
    lightsail = fast.client()
    started = create(lightsail, "shop-db", publiclyAccessible=True)
    assert [op["operationType"] for op in started] == ["CreateRelationalDatabase"]
    assert started[0]["status"] == "Started"
    assert database(lightsail, "shop-db")["state"] == "creating"
    succeed(lightsail, started)

    # Terraform continues when the operation ends, and accepts only these two states then.
    made = database(lightsail, "shop-db")
    assert made["state"] in ("available", "modifying")
    endpoint = made["masterEndpoint"]
    assert endpoint["port"] == 3306
    pattern = r"ls-[0-9a-f]{40}\.[0-9a-z]{12}\.us-east-1\.rds\.amazonaws\.com"
    assert re.fullmatch(pattern, endpoint["address"])
    assert made["supportCode"].split("/")[1] == endpoint["address"].split(".")[0]
    assert made["engine"] == "mysql" and made["engineVersion"].startswith("8.0.")
    assert made["backupRetentionEnabled"] and made["publiclyAccessible"]
    assert isinstance(made["createdAt"], datetime.datetime)
    assert isinstance(made["latestRestorableTime"], datetime.datetime)

    first = password(lightsail, "shop-db")
    assert len(first) == 32 and not set(first) & set('/"@ ')
    updated = lightsail.update_relational_database(
        relationalDatabaseName="shop-db",
        masterUserPassword="another-secret",
        disableBackupRetention=True,
        applyImmediately=True,
    )["operations"]
    assert updated[0]["operationType"] == "UpdateRelationalDatabase"
    succeed(lightsail, updated)
    poll(lambda: database(lightsail, "shop-db")["state"], lambda state: state == "available")
    assert not database(lightsail, "shop-db")["backupRetentionEnabled"]
    assert password(lightsail, "shop-db") == "another-secret"
    assert password(lightsail, "shop-db", "PREVIOUS") == first

    deleted = lightsail.delete_relational_database(
        relationalDatabaseName="shop-db", skipFinalSnapshot=True
    )["operations"]
    assert [op["operationType"] for op in deleted] == ["DeleteRelationalDatabase"]
    succeed(lightsail, deleted)
    with pytest.raises(lightsail.exceptions.NotFoundException):
        database(lightsail, "shop-db")


def test_update_relational_database_defers_changes_to_the_maintenance_window(lightsail):
    create(lightsail, "shop-db", masterUserPassword="first-secret")
    database(lightsail, "shop-db")
    lightsail.update_relational_database(
        relationalDatabaseName="shop-db", disableBackupRetention=True
    )
    waiting = database(lightsail, "shop-db")
    assert waiting["backupRetentionEnabled"]
    assert waiting["pendingModifiedValues"] == {"backupRetentionEnabled": False}


def test_update_relational_database_rotates_the_password(lightsail):
    create(lightsail, "shop-db", masterUserPassword="first-secret")
    assert password(lightsail, "shop-db") == "first-secret"
    lightsail.update_relational_database(
        relationalDatabaseName="shop-db", rotateMasterUserPassword=True
    )
    assert len(password(lightsail, "shop-db")) == 32
    assert password(lightsail, "shop-db", "PREVIOUS") == "first-secret"


@pytest.mark.parametrize("name", [None, "goodbye"])
def test_delete_relational_database_makes_a_final_snapshot(lightsail, name):
    create(lightsail, "shop-db")
    database(lightsail, "shop-db")
    options = {"finalRelationalDatabaseSnapshotName": name} if name else {}
    deleted = lightsail.delete_relational_database(relationalDatabaseName="shop-db", **options)
    operations = deleted["operations"]
    assert [(op["operationType"], op["resourceType"]) for op in operations] == [
        ("DeleteRelationalDatabase", "RelationalDatabase"),
        ("CreateRelationalDatabaseSnapshot", "RelationalDatabase"),
        ("CreateRelationalDatabaseSnapshot", "RelationalDatabaseSnapshot"),
    ]
    snapshot = operations[2]["resourceName"]
    assert re.fullmatch(name or r"shop-db-FinalSnapshot-\d{13}", snapshot)
    assert operations[1]["operationDetails"] == snapshot
    assert operations[2]["operationDetails"] == "shop-db"
    succeed(lightsail, operations)
    assert names(lightsail) == [snapshot]


def test_create_relational_database_refuses_invalid_options_and_a_name_in_use(lightsail):
    for options in (
        {"masterUserPassword": "short"},
        {"masterUsername": "1st"},
        {"relationalDatabaseBundleId": "micro_ha_2_0", "availabilityZone": "us-east-1a"},
        {"availabilityZone": "us-east-1z"},
    ):
        with pytest.raises(lightsail.exceptions.InvalidInputException):
            create(lightsail, "shop-db", **options)
    create(lightsail, "shop-db")
    with pytest.raises(lightsail.exceptions.InvalidInputException) as taken:
        create(lightsail, "shop-db")
    assert taken.value.response["Error"]["Message"] == "Some names are already in use: shop-db"
