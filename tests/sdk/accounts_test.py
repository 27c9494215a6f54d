"""Accounts and regions are isolated from each other. A data folder keeps them after a kill."""

import threading

import pytest
from papersail import accounts, instance, launch, names, poll


def test_an_account_sees_only_its_own_resources(instant):
    mine, yours = instant.client(), instant.client()
    operation = launch(mine, "web")[0]
    assert names(yours) == []
    launch(yours, "web")
    assert instance(mine, "web")["arn"] != instance(yours, "web")["arn"]
    with pytest.raises(yours.exceptions.NotFoundException):
        yours.get_operation(operationId=operation["id"])


def test_the_access_key_selects_the_account(instant):
    account = next(accounts)
    lightsail = instant.client(account)
    launch(lightsail, "web")
    assert instance(lightsail, "web")["arn"].split(":")[4] == str(account)


def test_a_region_has_only_its_own_resources(instant):
    account = next(accounts)
    east, west = instant.client(account), instant.client(account, "us-west-2")
    launch(east, "web")
    launch(west, "web", availabilityZone="us-west-2a")
    assert instance(west, "web")["arn"].startswith(f"arn:aws:lightsail:us-west-2:{account}:")
    east.delete_instance(instanceName="web")
    assert (names(east), names(west)) == ([], ["web"])


def test_the_data_folder_keeps_every_answered_change_after_a_kill(start, tmp_path):
    account = next(accounts)
    server = start("--data", tmp_path)
    lightsail = server.client(account)
    made = lightsail.create_key_pair(keyPairName="mine")["keyPair"]
    started = launch(lightsail, "web", keyPairName="mine", tags=[{"key": "a", "value": "b"}])
    server.kill()

    lightsail = start("--data", tmp_path).client(account)
    ended = poll(
        lambda: lightsail.get_operation(operationId=started[0]["id"])["operation"],
        lambda operation: operation["status"] == "Succeeded",
    )
    assert ended["createdAt"] == started[0]["createdAt"]
    web = instance(lightsail, "web")
    assert web["state"]["name"] == "running" and web["tags"] == [{"key": "a", "value": "b"}]
    assert lightsail.get_key_pair(keyPairName="mine")["keyPair"]["arn"] == made["arn"]
    assert names(lightsail) == ["mine", "web"]


def test_create_instances_succeeds_for_one_of_eight_clients_with_one_name(instant):
    account, outcomes = next(accounts), []

    def claim(lightsail):
        try:
            launch(lightsail, "web")
            outcomes.append("made")
        except lightsail.exceptions.InvalidInputException as refused:
            outcomes.append(refused.response["code"])

    clients = [instant.client(account) for _ in range(8)]
    threads = [threading.Thread(target=claim, args=[one]) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["NameExists"] * 7 + ["made"]
